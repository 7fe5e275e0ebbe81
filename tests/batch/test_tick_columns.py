"""A column of a tick list: `a;b` in a cell; own columns beside it; what does not fit together."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import polars as pl
import pytest
from batch_command import rejected, screening, written

from screening.app.audit.case_codec import case_of, text_of
from screening.assess import Assessor
from screening.batch.tick_columns import together
from screening.engines.columnar import kind_of
from screening.load import load, shipped_knowledge
from screening.load.intake import load_intake
from screening.load.tick_lists import together as of_an_intake
from screening.model.question import Question, plain
from screening.model.vocabularies import ASKED_UNKNOWNS

LIST, FEVER, CONSTANT = "heat_and_rest", "fever", "constant"


def out_of(folder: Path, rows: str, said: str = "{}") -> list[dict[str, str]]:
    """Return the rows of OUT."""
    out, map_file = folder / "out.csv", written(folder, said, "map.yaml")
    screening("batch", written(folder, rows), out, "--map", map_file)
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def concluded(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{k: v for k, v in row.items() if k not in {"row", "client"}} for row in rows]


def test_a_cell_of_a_list_is_as_a_cell_for_each_item(tmp_path: Path) -> None:
    listed = f"client,age,{LIST}\na,40,{FEVER}\nb,40,{FEVER};{CONSTANT}\nc,40,none\nd,40,\n"
    listed += f"e,40,{CONSTANT};dont_know\nf,40,declined\n"
    own = f"client,age,{FEVER},{CONSTANT}\na,40,yes,no\nb,40,yes,yes\nc,40,no,no\nd,40,,\n"
    own += "e,40,dont_know,yes\nf,40,declined,declined\n"
    (tmp_path / "own").mkdir()
    assert concluded(out_of(tmp_path, listed)) == concluded(out_of(tmp_path / "own", own))


def test_a_map_may_call_the_column_otherwise(tmp_path: Path) -> None:
    (row,) = out_of(
        tmp_path, f"client,fever_over,Ill?\na,now,{FEVER}\n", f"columns: {{Ill?: {LIST}}}\n"
    )
    assert row["referral"] == "same_day"


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("feverr", "did you mean `fever`?"),
        (f"none;{FEVER}", f"`{LIST}` takes {FEVER}, {CONSTANT}, none, dont_know, declined"),
    ],
)
def test_a_cell_that_is_no_list_rejects_its_row_alone(
    tmp_path: Path, cell: str, says: str
) -> None:
    rows = out_of(tmp_path, f"client,{LIST}\na,{cell}\nb,none\n")
    assert [row["client"] for row in rows] == ["b"]
    (bad,) = rejected(tmp_path / "out.csv")
    assert (bad["client"], bad["column"], bad["found"]) == ("a", LIST, f"`{cell}`")
    assert says in bad["expected"]


def test_a_tick_counts_against_an_own_cell_and_out_says_so(tmp_path: Path) -> None:
    cells = {"a": f"{FEVER},no", "b": "none,yes", "c": "none,no", "d": f"{FEVER},", "e": ",yes"}
    rows = "".join(f"{client},{two},now\n" for client, two in cells.items())
    found = out_of(tmp_path, f"client,{LIST},{FEVER},fever_over\n{rows}")
    assert all("fever" in row["referral_rules"] for row in found if row["client"] != "c")
    assert [row["contradictions"] for row in found] == [LIST, FEVER, "fever_over", "", ""]


def test_a_row_says_the_same_as_its_intake(tmp_path: Path) -> None:
    table = written(tmp_path, f"client,{LIST},{FEVER}\na,{CONSTANT},yes\n")
    intake = written(tmp_path, f"answers: {{{LIST}: [{CONSTANT}], {FEVER}: yes}}\n", "a.yaml")
    asked = ("--full", "--format", "json")
    of_row = json.loads(screening("explain", table, "--row", "1", *asked).stdout)
    of_intake = json.loads(screening("explain", intake, *asked).stdout)
    assert of_row == of_intake
    against = {"question": LIST, "answer": "no"}
    assert of_row["contradictions"] == [{"question": FEVER, "answer": "yes", "against": against}]


def test_a_contradiction_with_a_list_is_said_in_words(tmp_path: Path) -> None:
    intake = written(tmp_path, f"answers: {{{LIST}: [{CONSTANT}], {FEVER}: yes}}\n", "a.yaml")
    shown = screening("explain", intake, "--full").stdout
    assert "night sweats: Yes, but not ticked in the list “Fever, and pain that nothing" in (
        " ".join(shown.split())
    )
    warned = screening("run", intake).stderr
    assert f"the answers to `{FEVER}` and `{LIST}` do not fit together" in warned


def test_a_list_is_written_in_json_lines_and_parquet_too(tmp_path: Path) -> None:
    lines = written(
        tmp_path,
        json.dumps({"client": "a", "fever_over": "now", LIST: [FEVER]}) + "\n",
        "in.jsonl",
    )
    screening("batch", lines, tmp_path / "lines.csv")
    pl.DataFrame({"client": ["a"], "fever_over": ["now"], LIST: [[FEVER]]}).write_parquet(
        tmp_path / "in.parquet"
    )
    screening("batch", tmp_path / "in.parquet", tmp_path / "parquet.csv")
    texts = [(tmp_path / name).read_text("utf-8") for name in ("lines.csv", "parquet.csv")]
    assert texts[0] == texts[1]
    assert "same_day" in texts[0]


@pytest.mark.parametrize("name", [FEVER, "driving"])
def test_a_table_puts_list_and_own_answer_together_as_an_intake_does(name: str) -> None:
    question: Question = load(shipped_knowledge()).questions[name]
    kind, words = kind_of(question), (*question.words, "dont_know", "declined")
    for own in words:
        for ticks in words:
            series = (pl.Series([one], dtype=kind) for one in (own, ticks))
            found, odd = together(question, *series)
            mine, listed = (ASKED_UNKNOWNS.get(one, one) for one in (own, ticks))
            said = of_an_intake({name: mine}, {"l": {name: listed}}, {name: question})
            assert found[0] == plain(said.answers[name])
            assert odd[0] == bool(said.at_odds)


def test_what_is_on_record_keeps_the_contradiction(tmp_path: Path) -> None:
    knowledge = load(shipped_knowledge())
    intake = written(tmp_path, f"answers: {{{LIST}: [{CONSTANT}], {FEVER}: yes}}\n", "a.yaml")
    case = load_intake(intake, knowledge)
    assert case_of(text_of(case)).at_odds == case.at_odds != ()
    again = Assessor(knowledge).conclude(case_of(text_of(case))).assessment
    assert len(again.contradictions) == 1
