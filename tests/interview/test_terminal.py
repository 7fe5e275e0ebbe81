"""Interviews on a real terminal: keys, width, colour, and ends that come without warning."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest
from interview_process import Sitting, piped, script
from kept_cases import answered, kept
from simulated_clients import gardener, harmless, interviewed

from screening.interview.planner import Ask, Planner
from screening.interview.session import Order
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Kind, Unknown


@pytest.fixture(scope="module")
def planner(shipped: KnowledgeBase) -> Planner:
    return Planner(shipped)


def typed_through(sitting: Sitting, lines: list[str]) -> None:
    """Answer everything."""
    for line in lines:
        sitting.enter(line)


def test_the_gardener_on_a_terminal(tmp_path: Path, planner: Planner) -> None:
    sitting = Sitting(tmp_path, "--client", "g", NO_COLOR="1")
    typed_through(sitting, script(planner, gardener(planner.knowledge)))
    first = sitting.until("Enter shows the rest").split("NO REFERRAL FROM")[1]
    assert "GET HELP AT ONCE" in first
    assert "TELL THE CLIENT" in first
    sitting.enter("")
    assert sitting.end() == 0
    assert "squat" in sitting.shown
    assert "\x1b[1m" not in sitting.shown
    assert max(len(line) for line in sitting.shown.splitlines()) <= 80
    assert "--why" in sitting.shown
    assert kept(tmp_path, "g").status == "complete"


def at_first_movement(tmp_path: Path, planner: Planner) -> Sitting:
    sheet = harmless(planner.knowledge)
    _, plans = interviewed(planner, sheet, Order.ADAPTIVE)
    moving = [
        isinstance(plan.step, Ask)
        and planner.knowledge.questions[plan.step.question].kind is Kind.MOVEMENT
        for plan in plans
    ]
    piped(tmp_path, script(planner, sheet)[: moving.index(True)], "--client", "m")
    sitting = Sitting(tmp_path, "--resume", "m")
    sitting.until("p brings it on")
    return sitting


def test_a_word_at_a_movement_is_one_answer_never_several_keys(
    tmp_path: Path, planner: Planner
) -> None:
    sitting = at_first_movement(tmp_path, planner)
    first = len(answered(tmp_path, "m"))
    for line in ("pns", "not tried", "z", "?", "", "back", "don't know", "hurts", "quit"):
        sitting.enter(line)
    assert sitting.end() == 0
    assert "`z` is not an answer here" in sitting.shown
    assert "Expected p, r, n or t" in sitting.shown
    session = kept(tmp_path, "m").session
    assert list(session.answers().values())[first:] == [
        Unknown.DECLINED,
        Unknown.DONT_KNOW,
        "provokes",
    ]
    for echo in ("= prefers not to say", "= not tried", "= don't know", "= brings it on"):
        assert echo in sitting.shown


def test_what_is_typed_ahead_or_pasted_answers_no_later_question(
    tmp_path: Path, planner: Planner
) -> None:
    plans = interviewed(planner, harmless(planner.knowledge), Order.ADAPTIVE)[1]
    sitting = Sitting(tmp_path, "--client", "fast")
    sitting.until("> ")
    sitting.press_now("n\ny\nn\n2")
    sitting.until("so not taken: `y")
    sitting.enter("n")
    sitting.enter("quit")
    assert sitting.end() == 0
    assert len(kept(tmp_path, "fast").session.answers()) == plans[2].answered
    assert set(kept(tmp_path, "fast").session.answers().values()) == {"no"}


def test_wide_terminal_wraps_at_100(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, "--client", "w", columns=200, NO_COLOR="1")
    sitting.enter("?")
    sitting.enter("quit")
    assert sitting.end() == 0
    widths = [len(line) for line in sitting.shown.splitlines()]
    assert 80 < max(widths) <= 100


def test_colour_unless_told_otherwise(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, "--client", "w", TERM="xterm")
    sitting.enter("quit")
    sitting.end()
    assert ("\x1b[1m" in sitting.shown) is True


def test_the_card_clears_the_screen_and_shows_only_the_question(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, "--client", "w", NO_COLOR="1")
    sitting.enter("c")
    shown = sitting.until("answered")
    card = shown.split("\x1b[2J")[1]
    assert "pain or pressure in your chest" in card
    assert "Emergency" not in card
    sitting.enter("quit")
    assert sitting.end() == 0


@pytest.mark.parametrize("at", ["first", "movement"])
def test_ctrl_c_loses_no_answer(tmp_path: Path, planner: Planner, at: str) -> None:
    if at == "movement":
        sitting = at_first_movement(tmp_path, planner)
        case, before = "m", len(answered(tmp_path, "m"))
        sitting.enter("p")
    else:
        sitting = Sitting(tmp_path, "--client", "c")
        case, before = "c", 0
        sitting.enter("n")
    sitting.press("\x03")
    assert sitting.end() == 130
    assert f"--resume {case}" in sitting.shown
    assert len(answered(tmp_path, case)) == before + 1
    assert not list((tmp_path / "records.db-open").iterdir())


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_a_killed_interview_loses_no_answer(
    tmp_path: Path, number: signal.Signals, planner: Planner
) -> None:
    sheet = harmless(planner.knowledge)
    lines = script(planner, sheet)[:7]
    given = interviewed(planner, sheet, Order.ADAPTIVE)[1][len(lines)].answered
    sitting = Sitting(tmp_path, "--client", "k")
    for line in lines:
        sitting.enter(line)
    sitting.until(f"{given} answered")
    sitting.signal(number)
    assert sitting.end() in {128 + number, -number}
    assert len(answered(tmp_path, "k")) == given
    done = piped(tmp_path, ["quit"], "--resume", "k")
    assert done.returncode == 0
    assert f"{given} answered" in done.stderr


def test_a_case_open_elsewhere_is_refused(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, "--client", "two")
    sitting.enter("n")
    sitting.until("1 answered")
    done = piped(tmp_path, ["n"], "--resume", "two")
    assert done.returncode == 2
    assert f"process {sitting.pid}" in done.stderr
    sitting.press_now("\x04")
    assert sitting.end() == 0


def test_ctrl_d_shows_what_there_is(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, "--client", "d")
    sitting.enter("n")
    sitting.press("\x04")
    assert sitting.end() == 0
    assert "No exercise is suggested" in re.sub(r"\s+", " ", sitting.shown)
    assert "--resume d" in sitting.shown


def test_the_first_interview_asks_once_for_a_passphrase(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, "--client", "new", first=True)
    for typed in ("short", "four words that differ", "other words that differ"):
        sitting.until(": ")
        sitting.enter_now(typed)
    sitting.until("differ; again")
    for _ in range(2):
        sitting.until(": ")
        sitting.enter_now("four words that differ")
    sitting.enter("n")
    sitting.enter("quit")
    assert sitting.end() == 0
    assert "Too short" in sitting.shown
    assert "--resume new-1" in sitting.shown
    assert "four words" not in sitting.shown
    again = Sitting(tmp_path, "--resume", "new", first=True)
    again.until(": ")
    again.enter_now("the wrong words here")
    again.until("try again")
    again.until(": ")
    again.enter_now("four words that differ")
    again.until("1 answered")
    again.enter("quit")
    assert again.end() == 0


def test_enter_instead_of_a_passphrase_goes_on_unsaved(tmp_path: Path) -> None:
    sitting = Sitting(tmp_path, first=True)
    sitting.until("Passphrase: ")
    sitting.enter_now("")
    sitting.enter("n")
    sitting.enter("quit")
    assert sitting.end() == 0
    assert "Nothing is saved this time." in sitting.shown
    assert "--resume" not in sitting.shown
    assert not (tmp_path / "records.db").exists()


@pytest.mark.parametrize("last", ["q", ""])
def test_the_decision_and_the_plan_stay_on_a_screen_of_24_lines(
    tmp_path: Path, planner: Planner, last: str
) -> None:
    sheet = gardener(planner.knowledge)
    sitting = Sitting(tmp_path, "--client", "g", NO_COLOR="1", rows=24)
    lines = script(planner, sheet)
    place = lines.index("")
    lines[place : place + 1] = ["back squat, sit-up, rower, deadlift, plank, zumba", ""]
    for line in lines:
        sitting.enter(line)
    screen = sitting.until("Enter shows the rest").replace("\r", "").split("\n")[-24:]
    shown = "\n".join(screen)
    for words in ("NO REFERRAL FROM", "Not yet", "core control: ", "GET HELP AT ONCE"):
        assert words in shown, words
    sitting.enter(last)
    assert sitting.end() == 0
    assert ("TELL THE CLIENT" in sitting.shown) is (last == "")
