"""A draft of a table's map: it can be used as it is, and hides nothing it did not understand."""

from __future__ import annotations

import csv
from functools import cache
from io import StringIO
from pathlib import Path
from unicodedata import category

from batch_command import counts, screening, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.batch.layout import lay_out
from screening.batch.proposal import proposed_map
from screening.batch.table_source import open_table
from screening.load import load, shipped_knowledge
from screening.load.column_map import load_column_map
from screening.model.column_map import CLIENT
from screening.model.knowledge import KnowledgeBase

TABLE = """\
Member No;Gender;Age (years);Fever?;duration (days);Worst pain;walk;Bending forward;site
17;F;44;N;41;3,5;worse;better;North
18;M;51;Y;9;7;same;no_effect;South
19;M;NA;0;400;4;Not tried;unsure;North
"""
HEADERS = st.sampled_from(
    [
        "id",
        "Age",
        "age",
        "Sex",
        "fever",
        "Worst pain",
        "walk",
        "How long (weeks)",
        "Größe",
        "x",
        "",
    ]
) | st.text(max_size=12)
CELLS = st.sampled_from(["", "Y", "n", "1", "0", "44", "3,5", "NA", "worse", "F"]) | st.text(
    max_size=8
)


def drafted(tmp_path: Path, content: bytes | str, name: str = "in.csv") -> Path:
    """The draft of a table's map, saved as a person would."""
    result = screening("batch", "--propose-map", written(tmp_path, content, name))
    assert result.exit_code == 0, result.stderr
    return written(tmp_path, result.stdout, "map.yaml")


@cache
def knowledge() -> KnowledgeBase:
    """The shipped knowledge; no argument, so that a failing example is short."""
    return load(shipped_knowledge())


def test_a_draft_reads_the_table_it_was_made_of(tmp_path: Path) -> None:
    map_file, out = drafted(tmp_path, TABLE), tmp_path / "out.csv"
    result = screening("batch", tmp_path / "in.csv", out, "--map", map_file)
    assert counts(out) == (3, 2, 1)  # half a point of pain is no answer
    assert result.exit_code == 1
    first = next(csv.DictReader(StringIO(out.read_text("utf-8"))))
    assert first["client"] == "18"


def test_what_is_not_understood_is_said_and_not_guessed(tmp_path: Path) -> None:
    table = "member,fever,how bad is it\n1,perhaps,3\n"
    result = screening("batch", "--propose-map", written(tmp_path, table))
    assert '# "fever": not understood: perhaps; it takes yes, no' in result.stdout
    assert '- "how bad is it"  # holds 3' in result.stdout
    assert "2 of 3 columns understood" in result.stderr
    assert 'left out: "how bad is it"' in result.stderr


def test_a_table_without_pseudonyms_is_told_so(tmp_path: Path) -> None:
    result = screening("batch", "--propose-map", written(tmp_path, "fever\nno\n"))
    assert "no column looks like a pseudonym" in result.stderr


def test_the_same_table_in_another_encoding_has_the_same_columns(tmp_path: Path) -> None:
    plain = drafted(tmp_path, TABLE.replace("site", "Größe")).read_text("utf-8")
    latin = TABLE.replace("site", "Größe").encode("cp1252")
    assert drafted(tmp_path, latin).read_text("utf-8") == f"{plain.removesuffix(end(plain))}" + (
        'encoding: "cp1252"\n' + end(plain)
    )


def end(text: str) -> str:
    """The last line of a draft, which says how decimals are written."""
    return text.splitlines(keepends=True)[-1]


def test_a_terminal_is_sent_no_sign_that_it_obeys(tmp_path: Path) -> None:
    result = screening("batch", "--propose-map", written(tmp_path, "id,\x1b[2Jx\n1,\x9bevil\n"))
    assert not any(sign in result.output for sign in "\x1b\x9b")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    headers=st.lists(HEADERS, min_size=1, max_size=6, unique=True),
    rows=st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=4),
)
def test_any_draft_is_a_map_that_leaves_no_column_out(
    tmp_path: Path, headers: list[str], rows: list[list[str]]
) -> None:
    shipped = knowledge()
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([headers, *(row[: len(headers)] for row in rows)])
    if any(sign in text.getvalue() for sign in "\r\x00") or not all(map(str.strip, headers)):
        return
    table = written(tmp_path, text.getvalue().encode("utf-8", "replace"))
    draft = proposed_map(table, shipped)
    said = load_column_map(written(tmp_path, draft.text, "map.yaml"), shipped)
    sheet = open_table(table, said)
    steers = {name for name in sheet.names if any(category(sign) == "Cc" for sign in name)}
    assert {*said.columns, *said.ignore} == {*sheet.names} - steers
    named = {name for names in said.columns.values() for name in names}
    if not steers and CLIENT in named and draft.understood > 1:
        lay_out(sheet, shipped, said)
