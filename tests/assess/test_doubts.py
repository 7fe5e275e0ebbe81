"""Answers that do not fit together, or do not apply, are said with their place and still count."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screening.cli import main
from screening.records import Protection, create_store


def run(tmp_path: Path, answers: str, *words: str) -> Result:
    intake = tmp_path / "intake.yaml"
    intake.write_text(f"answers:\n{answers}", encoding="utf-8")
    return CliRunner().invoke(main, ["run", str(intake), *words])


def shown(result: Result) -> str:
    return " ".join(result.stdout.lower().split())


def test_contradictory_answers_are_said_and_the_more_urgent_is_kept(tmp_path: Path) -> None:
    result = run(tmp_path, "  leg_weak: no\n  foot: new_or_worse\n", "--format", "json")
    assert result.exit_code == 0
    assert "intake.yaml:3:3: contradictory_answers: " in result.stderr
    assert "`foot` and `leg_weak`" in result.stderr
    assert '"level": "same_day"' in result.stdout


def test_answer_to_a_question_that_does_not_apply_is_said_and_still_counts(tmp_path: Path) -> None:
    result = run(tmp_path, "  trauma: no\n  trauma_assessed: no\n")
    assert result.exit_code == 0
    assert "intake.yaml:3:3: inapplicable_answer: " in result.stderr


def test_answers_that_fit_are_not_doubted(tmp_path: Path) -> None:
    result = run(tmp_path, "  trauma: major\n  trauma_assessed: no\n  foot: new_or_worse\n")
    assert result.stderr == ""


def test_what_was_not_known_is_not_reported_as_a_symptom(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    text = (root / "tests/intakes/gardener.yaml").read_text(encoding="utf-8")
    for name in ("sexual", "chest", "fever"):
        text = text.replace(f"  {name}: no\n", f"  {name}: dont_know\n")
    intake = tmp_path / "unsure.yaml"
    intake.write_text(text, encoding="utf-8")
    shown = " ".join(CliRunner().invoke(main, ["run", str(intake)]).stdout.split())
    assert "passed out, with back pain" not in shown
    assert "with fever" not in shown
    assert "Not known, or not said: " in shown


@pytest.mark.parametrize(
    ("answers", "pairs"),
    [
        ("  groin_sign: no\n  groin: testicle\n", [("groin", "testicle", "groin_sign", "no")]),
        ("  leg_weak: no\n  foot: new_or_worse\n", [("foot", "new_or_worse", "leg_weak", "no")]),
        ("  constant: yes\n  walk: relieves\n", [("constant", "yes", "walk", "relieves")]),
        ("  quick_ill: no\n  fever: yes\n", [("fever", "yes", "quick_ill", "no")]),
        ("  groin_sign: yes\n  groin: testicle\n", []),
        ("  groin_sign: no\n  groin: none\n", []),
    ],
)
def test_a_contradiction_is_told_in_every_path(
    tmp_path: Path,
    answers: str,
    pairs: list[tuple[str, str, str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In the result and its JSON, in explanations, on record, and in tables and their counts."""
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    create_store(tmp_path / "records.db", Protection.NONE, str).close()
    intake, table = tmp_path / "intake.yaml", tmp_path / "in.csv"
    found = json.loads(run(tmp_path, answers, "--format", "json").stdout)
    odd = found.get("contradictions", [])
    assert [
        (o["question"], o["answer"], o["against"]["question"], o["against"]["answer"]) for o in odd
    ] == pairs
    ask_again = "ask again: these answers do not fit together"
    assert (ask_again in shown(run(tmp_path, answers))) is bool(pairs)
    asked = CliRunner().invoke(main, ["explain", str(intake), "--format", "json"])
    assert json.loads(asked.stdout).get("contradictions", []) == odd
    kept = run(tmp_path, answers, "--client", "ann", "--format", "json").stdout
    assert json.loads(kept).get("contradictions", []) == odd
    cells = dict(line.strip().split(": ") for line in answers.splitlines())
    table.write_text(f"client,{','.join(cells)}\nx,{','.join(cells.values())}\n", "utf-8")
    CliRunner().invoke(main, ["batch", str(table), str(tmp_path / "out.csv")])
    (row,) = csv.DictReader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines())
    said = [one.split(":")[0] for one in row["contradictions"].split("; ") if one]
    assert said == [question for question, *_ in pairs]
    summary = json.loads((tmp_path / "out.summary.json").read_text("utf-8"))
    told = [name for name in summary["concluded"] if name.startswith("contradictions ")]
    assert told == [f"contradictions {question}" for question in said]
