"""Tables as people have them: other signs, encodings, units and words for nothing."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from batch_command import counts, rejected, screening, summary, written
from hypothesis import given
from hypothesis import strategies as st

from screening.model.units import TIMES, turned

PLAIN = "client,age,fever,pain_worst\njürgen,44,no,3\nzoë,51,dont_know,\n"


def out_of(tmp_path: Path, content: bytes | str, said: str = "", name: str = "in.csv") -> str:
    """Return OUT for a table and a map."""
    out, map_file = tmp_path / "out.csv", written(tmp_path, said or "{}", "map.yaml")
    result = screening("batch", written(tmp_path, content, name), out, "--map", map_file)
    assert result.exit_code == 0, result.stderr
    return out.read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-16", "utf-16-be", "utf-8-sig"])
@pytest.mark.parametrize(("separator", "named"), [(";", ";"), ("\t", "tab"), ("|", "|")])
def test_another_encoding_and_separator_are_read_as_the_same_table(
    tmp_path: Path, encoding: str, separator: str, named: str
) -> None:
    plain = out_of(tmp_path, PLAIN)
    content = PLAIN.replace(",", separator).replace("\n", "\r\n").encode(encoding)
    said = f'separator: "{named}"\nencoding: {encoding}\n'
    assert out_of(tmp_path, content, said) == plain


def test_a_byte_that_the_encoding_lacks_rejects_its_row_alone(tmp_path: Path) -> None:
    content = "client;age;fever\na;44;no\n".encode("cp1252") + b"b\x81;44;no\n"
    out, said = tmp_path / "out.csv", 'separator: ";"\nencoding: cp1252\n'
    table, map_file = written(tmp_path, content), written(tmp_path, said, "map.yaml")
    assert screening("batch", table, out, "--map", map_file).exit_code == 1
    assert counts(out) == (2, 1, 1)
    assert rejected(out)[0]["found"] == "byte 0x81"


def test_the_refusal_names_the_key_that_helps(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    semicolons = screening("batch", written(tmp_path, PLAIN.replace(",", ";")), out)
    assert '`separator: ";"`' in semicolons.stderr
    wide = screening("batch", written(tmp_path, PLAIN.encode("utf-16")), out)
    assert "`encoding: utf-16`" in wide.stderr
    latin = screening("batch", written(tmp_path, "client,âge\na,1\n".encode("latin-1")), out)
    assert "`encoding: cp1252`" in latin.stderr


def test_words_for_nothing_are_not_asked_in_every_column(tmp_path: Path) -> None:
    content = "client,age,fever,pain_worst,programme\na,NA,-,NA,NA\nb, NA ,no,4,\n"
    found = out_of(tmp_path, content, "empty: [NA, '-']\n")
    assert found == out_of(tmp_path, "client,age,fever,pain_worst,programme\na,,,,\nb,,no,4,\n")


def test_a_decimal_comma_is_read_and_a_point_is_then_no_decimal(tmp_path: Path) -> None:
    said = 'separator: ";"\ndecimal: ","\n'
    found = out_of(tmp_path, "client;age;pain_worst\na;44,0;3,0\n", said)
    assert found == out_of(tmp_path, "client,age,pain_worst\na,44,3\n")
    bad = written(tmp_path, "client;age;pain_worst\na;1.000;3\n", "bad.csv")
    written(tmp_path, said, "map.yaml")
    result = screening("batch", bad, tmp_path / "bad_out.csv", "--map", tmp_path / "map.yaml")
    assert result.exit_code == 1


def test_numbers_for_words_match_with_and_without_decimals(tmp_path: Path) -> None:
    said = 'columns: {Sex: sex}\nvalues: {sex: {"0": female, "1": male}}\n'
    found = out_of(tmp_path, "client,Sex,age\na,1.0,49.0\nb,0,47\n", said)
    assert found == out_of(tmp_path, "client,sex,age\na,male,49\nb,female,47\n")


def test_one_column_answers_several_questions(tmp_path: Path) -> None:
    said = "columns: {Pain: [pain_now, pain_worst]}\n"
    found = out_of(tmp_path, "client,Pain\na,9\n", said)
    assert found == out_of(tmp_path, "client,pain_now,pain_worst\na,9,9\n")


DAYS = "client,Dauer\na,41\nb,42\nc,800\n"
WEEKS = "client,duration_weeks\na,5\nb,6\nc,114\n"


def test_a_renamed_number_needs_its_unit_and_is_converted(tmp_path: Path) -> None:
    out, said = tmp_path / "out.csv", "columns: {Dauer: duration_weeks}\n"
    words = ("batch", written(tmp_path, DAYS), out, "--map", written(tmp_path, said, "map.yaml"))
    result = screening(*words)
    assert result.exit_code == 2
    assert "`Dauer` is to fill `duration_weeks`, and its unit is not said" in result.stderr
    assert not out.exists()
    converted = out_of(tmp_path, DAYS, said + "units: {duration_weeks: days}\n")
    numbers = {"duration_weeks": {"least": 5, "median": 6, "most": 114}}
    assert summary(out)["numbers"] == numbers
    assert converted == out_of(tmp_path, WEEKS)
    named = DAYS.replace("Dauer", "Dauer (days)")
    assert out_of(tmp_path, named, said.replace("Dauer", '"Dauer (days)"')) == converted


@given(st.integers(0, 10**6), st.sampled_from(sorted(TIMES)), st.sampled_from(sorted(TIMES)))
def test_a_unit_turned_and_turned_back_is_the_same(number: int, one: str, other: str) -> None:
    there = turned(Fraction(number), f"{one}s", other)
    assert there is not None
    assert turned(there, other, one) == number
    assert turned(there, other, "points") is None


def test_what_can_be_read_of_a_rejected_row_is_judged(tmp_path: Path) -> None:
    content = (
        "client,saddle,age\nbad,new_or_worse,old\nquiet,no,old\n"
        "twice,new_or_worse,40\ntwice,no,40\nwide,no,40,x\n"
    )
    out = tmp_path / "out.csv"
    result = screening("batch", written(tmp_path, content), out)
    levels = [(why["client"], why["referral"]) for why in rejected(out)]
    assert levels == [
        ("bad", "emergency"), ("quiet", "open"), ("twice", "emergency"), ("twice", "open"),
        ("", ""),
    ]  # fmt: skip
    assert summary(out)["rejected_referred"] == {"emergency": 2}
    assert "Rejected rows that already refer: emergency 2." in result.stdout


def test_a_client_about_whom_nothing_can_be_said_yet_is_open(tmp_path: Path) -> None:
    content = "client,saddle,fever\na,,no\nb,new_or_worse,no\n"
    out_of(tmp_path, content)
    assert pl.read_csv(tmp_path / "out.csv")["referral"].to_list() == ["open", "emergency"]
    assert summary(tmp_path / "out.csv")["concluded"]["referral open"] == 1


SPELLINGS = [("José", "Jose\u0301"), ("anna", "an\u200bna"), ("7", "7.0"), (" a", "a")]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_one_client_in_two_forms_is_one_client(tmp_path: Path, one: str, other: str) -> None:
    content = f"client,fever\n{one},no\n{other},no\n"
    out = tmp_path / "out.csv"
    screening("batch", written(tmp_path, content), out)
    assert [why["code"] for why in rejected(out)] == ["duplicate_client"] * 2


def test_a_workbook_is_read_as_the_same_table(tmp_path: Path) -> None:
    pl.DataFrame(
        {
            "client": ["jürgen", "zoë"],
            "age": [44.0, 51.0],
            "fever": ["no", "dont_know"],
            "pain_worst": [3, None],
        }
    ).write_excel(tmp_path / "in.xlsx")
    out = tmp_path / "out.csv"
    assert screening("batch", tmp_path / "in.xlsx", out).exit_code == 0
    from_workbook = out.read_text(encoding="utf-8")
    assert from_workbook == out_of(tmp_path, PLAIN)
    assert screening("explain", tmp_path / "in.xlsx", "--row", "2").exit_code == 0


def test_a_workbook_that_is_none_and_one_as_out_are_refused(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    result = screening("batch", written(tmp_path, b"PK\x03\x04no", "in.xlsx"), out)
    assert (result.exit_code, "the workbook cannot be read" in result.stderr) == (2, True)
    result = screening("batch", written(tmp_path, PLAIN), tmp_path / "out.xlsx")
    assert (result.exit_code, "expected one of: .csv" in result.stderr) == (2, True)
