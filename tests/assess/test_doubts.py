"""Answers that do not fit together, or do not apply, are said with their place and still count."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from screening.cli import main


def run(tmp_path: Path, answers: str, *words: str) -> Result:
    intake = tmp_path / "intake.yaml"
    intake.write_text(f"answers:\n{answers}", encoding="utf-8")
    return CliRunner().invoke(main, ["run", str(intake), *words])


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
    for name in ("cancer", "fever", "leg_weak"):
        text = text.replace(f"  {name}: no\n", f"  {name}: dont_know\n")
    intake = tmp_path / "unsure.yaml"
    intake.write_text(text, encoding="utf-8")
    shown = " ".join(CliRunner().invoke(main, ["run", str(intake)]).stdout.split())
    assert "I have or had cancer" not in shown
    assert "with fever" not in shown
    assert "Not known, or not said: " in shown
