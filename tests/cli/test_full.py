"""A result on 24 lines: the first screen, then the rest on Enter, or all at once with --full."""

from __future__ import annotations

from pathlib import Path

import pytest
from interview_process import Sitting, ran
from kept_cases import keep
from simulated_clients import harmless

from screening.model.knowledge import KnowledgeBase

INTAKE = str(Path(__file__).parents[1] / "intakes" / "gardener.yaml")
LAST = "WHO STANDS BEHIND THIS"


@pytest.mark.parametrize(("key", "shown"), [("", True), ("q", False)])
def test_run_shows_the_first_screen_and_the_rest_on_enter(
    tmp_path: Path, key: str, *, shown: bool
) -> None:
    sitting = Sitting(tmp_path, INTAKE, verb="run", NO_COLOR="1", rows=24)
    first = sitting.until("Enter shows the rest")
    assert "GET HELP AT ONCE" in first
    assert first.count("\n") <= 24
    assert LAST not in first
    sitting.enter(key)
    assert sitting.end() == 0
    assert (LAST in sitting.shown) is shown


def test_with_full_a_terminal_gets_all_of_it(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, INTAKE, "--full", verb="run", NO_COLOR="1", rows=24)
    assert sitting.end() == 0
    assert LAST in sitting.shown
    assert "Enter shows the rest" not in sitting.shown


def test_a_pipe_gets_all_of_it_either_way(tmp_path: Path) -> None:
    plain = ran(tmp_path, [], "run", INTAKE)
    assert LAST in plain.stdout
    assert ran(tmp_path, [], "run", INTAKE, "--full").stdout == plain.stdout


def test_an_interview_takes_it_too(tmp_path: Path, shipped: KnowledgeBase) -> None:
    keep(tmp_path, shipped, "g", harmless(shipped))
    for words, whole in (((), False), (("--full",), True)):
        sitting = Sitting(tmp_path, "--resume", "g", *words, NO_COLOR="1", rows=24)
        if not whole:
            sitting.until("current programme?")
        sitting.enter("")
        if not whole:
            sitting.until("Enter shows the rest")
            sitting.enter_now("q")
        assert sitting.end() == 0
        assert (LAST in sitting.shown) is whole


def test_an_explanation_begins_with_the_answer_and_keeps_it_on_the_screen(tmp_path: Path) -> None:
    words = (INTAKE, "--why", "sit-up")
    sitting = Sitting(tmp_path, *words, verb="explain", NO_COLOR="1", rows=24)
    first = sitting.until("Enter shows the rest")
    assert first.splitlines()[0].strip() == "SIT-UP"
    assert "Because bending forward" in first
    assert first.count("\n") <= 24
    sitting.enter("")
    assert sitting.end() == 0
    assert "No clinician has reviewed" in sitting.shown
    assert ran(tmp_path, [], "explain", *words).stdout.startswith("SIT-UP")
