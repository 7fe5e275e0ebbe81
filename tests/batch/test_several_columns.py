"""Tables that say one thing in several columns, or nothing that names a client."""

from __future__ import annotations

import csv
import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from batch_command import rejected, screening, summary, written
from hypothesis import given
from hypothesis import strategies as st

from screening.load import load, shipped_knowledge
from screening.model.units import onto, scale_of

LIST, FEVER, CONSTANT = "heat_and_rest", "fever", "constant"


def out_of(folder: Path, content: str, said: str, name: str = "in.csv") -> list[dict[str, str]]:
    """Return the rows of OUT for a table and a map; rejected rows are missing."""
    out, map_file = folder / "out.csv", written(folder, said, "map.yaml")
    result = screening("batch", written(folder, content, name), out, "--map", map_file)
    assert result.exit_code in {0, 1}, result.stderr
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{k: v for k, v in row.items() if k != "client"} for row in rows]


def test_a_table_that_names_nobody_is_numbered(tmp_path: Path) -> None:
    bare = "age,fever\n44,no\n51,yes\n"
    found = out_of(tmp_path, bare, "columns: {row number: client}\n")
    assert [row["client"] for row in found] == ["1", "2"]
    named = "client,age,fever\n1,44,no\n2,51,yes\n"
    assert found == out_of(tmp_path, named, "{}")
    shown = screening("explain", tmp_path / "in.csv", "--row", "2", "--full")
    assert shown.exit_code == 0


def test_rows_are_numbered_in_every_format(tmp_path: Path) -> None:
    said = written(tmp_path, "columns: {row number: client}\n", "map.yaml")
    pl.DataFrame({"age": [44, 51], "fever": ["no", "yes"]}).write_parquet(tmp_path / "in.parquet")
    lines = [json.dumps({"age": 44, "fever": "no"}), json.dumps({"age": 51, "fever": "yes"})]
    written(tmp_path, "\n".join(lines) + "\n", "in.jsonl")
    written(tmp_path, "age,fever\n44,no\n51,yes\n", "in.csv")
    texts = set()
    for ending in ("parquet", "jsonl", "csv"):
        out = tmp_path / f"{ending}.out.csv"
        done = screening("batch", tmp_path / f"in.{ending}", out, "--map", said)
        assert done.exit_code == 0, done.stderr
        texts.add(out.read_text("utf-8"))
        explained = screening(
            "explain", tmp_path / f"in.{ending}", "--row", "2", "--map", said, "--full"
        )
        assert explained.exit_code == 0, explained.stderr
    assert len(texts) == 1
    impact = screening("impact", "knowledge", "knowledge", tmp_path / "in.parquet", "--map", said)
    assert impact.exit_code == 0, impact.stderr


def test_a_column_of_that_name_is_the_column(tmp_path: Path) -> None:
    found = out_of(tmp_path, "row number,age\nx,44\ny,51\n", "columns: {row number: client}\n")
    assert [row["client"] for row in found] == ["x", "y"]


def test_without_a_client_the_refusal_says_how_rows_are_numbered(tmp_path: Path) -> None:
    result = screening("batch", written(tmp_path, "age\n44\n"), tmp_path / "out.csv")
    assert (result.exit_code, "`columns: {row number: client}`" in result.stderr) == (2, True)


def test_two_columns_name_a_client_together(tmp_path: Path) -> None:
    said = "columns: {patient: client, visit: client}\n"
    content = "patient,visit,fever\n7.0,1,no\n7,2,no\n8,1,no\n8,,no\n8,1.0,yes\n"
    found = out_of(tmp_path, content, said)
    assert [row["client"] for row in found] == ["7 1", "7 2"]
    assert [(why["row"], why["code"]) for why in rejected(tmp_path / "out.csv")] == [
        ("3", "duplicate_client"),
        ("4", "missing_client"),
        ("5", "duplicate_client"),
    ]


def test_exercises_in_several_columns_are_one_programme(tmp_path: Path) -> None:
    asked = load(shipped_knowledge()).questions.values()
    harmless = {one.id: str(one.harmless) for one in asked if one.derived is None}
    head, row = ",".join(harmless), ",".join(harmless.values())
    said = "columns: {Main: programme, Second: programme}\n"
    apart = f"client,{head},Main,Second\na,{row},plank,deadlift\nb,{row},plank,\n"
    both, alone = out_of(tmp_path, apart, said)
    one = f"client,{head},programme\na,{row},plank;deadlift\nb,{row},plank\n"
    assert [both, alone] == out_of(tmp_path, one, "{}")
    assert "plank" in alone["programme"]
    assert ("deadlift" in both["programme"], "deadlift" in alone["programme"]) == (True, False)


def test_ticks_in_several_columns_are_one_list(tmp_path: Path) -> None:
    said = f"columns: {{Sign 1: {LIST}, Sign 2: {LIST}}}\n"
    content = f"client,Sign 1,Sign 2\na,{FEVER},{CONSTANT}\nb,,{FEVER}\nc,none,\nd,,\n"
    found = out_of(tmp_path, content, said)
    listed = f"client,{LIST}\na,{FEVER};{CONSTANT}\nb,{FEVER}\nc,none\nd,\n"
    assert found == out_of(tmp_path, listed, "{}")


def test_the_words_of_a_list_may_be_other_ones(tmp_path: Path) -> None:
    said = f'columns: {{Signs: {LIST}}}\nvalues: {{{LIST}: {{"Feels hot, shivers": {FEVER}, '
    said += f"Never stops: {CONSTANT}, Nothing: none}}}}\n"
    content = 'client,Signs\na,"Feels hot, shivers;Never stops"\nb,Nothing\nc,Never stops\n'
    content += f'd,"Never stops, {FEVER}"\n'
    found = out_of(tmp_path, content, said)
    listed = f"client,{LIST}\na,{FEVER};{CONSTANT}\nb,none\nc,{CONSTANT}\nd,{CONSTANT};{FEVER}\n"
    assert found == out_of(tmp_path, listed, "{}")
    bad = written(tmp_path, f"values: {{{LIST}: {{Hot: feverr}}}}\n", "bad.yaml")
    result = screening("batch", tmp_path / "in.csv", tmp_path / "o.csv", "--map", bad)
    assert (result.exit_code, "did you mean `fever`" in result.stderr) == (2, True)


def test_the_summary_counts_what_stands_in_out(tmp_path: Path) -> None:
    content = "client,age,fever,leg_trouble,sex\n"
    content += "".join(
        f"{n},{18 + n},{('no', 'yes')[n % 2]},{('no', 'yes', '')[n % 3]},male\n" for n in range(60)
    )
    found = out_of(tmp_path, content, "{}")
    said = summary(tmp_path / "out.csv")["concluded"]
    for column in ("could_be", "referral"):
        counted = {k.partition(" ")[2]: v for k, v in said.items() if k.startswith(f"{column} ")}
        assert counted == dict(Counter(row[column] for row in found if row[column]))


ONE_HOT = "columns: {Sudden: onset is sudden, Slowly: onset is gradual}\n"


def test_an_answer_may_have_a_column_of_its_own(tmp_path: Path) -> None:
    content = "client,Sudden,Slowly\na,1,0\nb,No,YES\nc,0,0\nd,,x\n"
    found = out_of(tmp_path, content, ONE_HOT)
    assert found == out_of(tmp_path, "client,onset\na,sudden\nb,gradual\nc,\nd,gradual\n", "{}")


def test_two_answers_ticked_at_once_reject_the_row(tmp_path: Path) -> None:
    found = out_of(tmp_path, "client,Sudden,Slowly\na,1,1\nb,maybe,0\nc,1,0\n", ONE_HOT)
    assert [row["client"] for row in found] == ["c"]
    said = [
        (why["client"], why["column"], why["expected"]) for why in rejected(tmp_path / "out.csv")
    ]
    assert said == [
        ("a", "Slowly", "`onset` has one answer, and `Sudden` is ticked too"),
        ("b", "Sudden", "a tick, such as yes or 1, or none, such as no or 0"),
    ]


def test_a_tick_of_a_list_or_of_two_answers_says_the_other_one_too(tmp_path: Path) -> None:
    said = f"columns: {{Hot___1: {LIST} is {FEVER}, Female: sex is female}}\n"
    said += "values: {every_question: {J: 'yes', N: 'no', '?': dont_know}}\n"
    content = "client,Hot___1,Female\na,J,J\nb,N,N\nc,?,\n"
    found = out_of(tmp_path, content, said)
    own = f"client,{FEVER},sex\na,yes,female\nb,no,male\nc,dont_know,\n"
    assert found == out_of(tmp_path, own, "{}")


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("onset is suden", "did you mean `sudden`"),
        ("onst is sudden", "did you mean `onset`"),
        ("age is 44", "`age` takes a number"),
        (f"{LIST} is fevr", "did you mean `fever`"),
    ],
)
def test_a_tick_of_what_is_not_there_is_refused(tmp_path: Path, target: str, says: str) -> None:
    said = written(tmp_path, f"columns: {{A: {target}}}\n", "map.yaml")
    table = written(tmp_path, "client,A\na,1\n")
    result = screening("batch", table, tmp_path / "out.csv", "--map", said)
    assert result.exit_code == 2
    assert says in result.stderr


def test_a_question_with_a_column_takes_no_ticks_beside_it(tmp_path: Path) -> None:
    said = written(tmp_path, "columns: {A: onset is sudden}\n", "map.yaml")
    table = written(tmp_path, "client,A,onset\na,1,gradual\n")
    result = screening("batch", table, tmp_path / "out.csv", "--map", said)
    assert result.exit_code == 2
    assert "`onset` and `A` both stand for `onset`" in result.stderr


HUNDRED = "columns: {VAS: pain_worst}\nunits: {pain_worst: 0-100}\n"


def test_another_scale_is_turned_into_the_questions_points(tmp_path: Path) -> None:
    content = "client,VAS\na,0\nb,41\nc,40\nd,100\ne,6.14285714285714\nf,101\n"
    found = out_of(tmp_path, content, HUNDRED)
    asked = "client,pain_worst\na,0\nb,5\nc,4\nd,10\ne,1\n"
    assert plain(found) == plain(out_of(tmp_path, asked, "{}"))


def test_what_is_beyond_the_scale_is_rejected_and_told(tmp_path: Path) -> None:
    out_of(tmp_path, "client,VAS\na,41\nf,101\ng,bad\n", HUNDRED)
    assert [why["client"] for why in rejected(tmp_path / "out.csv")] == ["f", "g"]
    assert summary(tmp_path / "out.csv")["numbers"]["pain_worst"]["most"] == 5


def test_only_points_have_another_scale(tmp_path: Path) -> None:
    for said in ("duration_weeks: 0-100", "pain_worst: 100-0", "pain_worst: percent"):
        map_file = written(tmp_path, f"units: {{{said}}}\n", "map.yaml")
        table = written(tmp_path, "client,fever\na,no\n")
        result = screening("batch", table, tmp_path / "out.csv", "--map", map_file)
        assert result.exit_code == 2
        assert "wrong_unit" in result.stderr


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_more_on_another_scale_is_never_less_in_points(one: int, other: int) -> None:
    scale = scale_of("0 to 1000")
    assert scale is not None
    less, more = sorted((one, other))
    assert onto(Fraction(less), scale, (0, 10)) <= onto(Fraction(more), scale, (0, 10))
    assert onto(Fraction(more), scale, (0, 10)) >= Fraction(more, 100)


def test_a_map_renames_keys_of_json_lines(tmp_path: Path) -> None:
    lines = '{"who": "a", "Hot?": "Y"}\n{"client": "b"}\n'
    said = 'columns: {who: client, "Hot?": fever}\nvalues: {fever: {Y: "yes"}}\n'
    assert [row["client"] for row in out_of(tmp_path, lines, said, "in.jsonl")] == ["a"]
    assert "the key `client`" in rejected(tmp_path / "out.csv")[0]["found"]
