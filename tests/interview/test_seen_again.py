"""Clients seen again, on real processes and a real store."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from interview_process import listed, piped, ran, typed
from kept_cases import happened, keep, kept
from simulated_clients import gardener, harmless, taken

from screening.app.start_interview import followed
from screening.interview.planner import Ask, AskList, Finish, Planner
from screening.interview.session import Order
from screening.interview.wording import ago
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.records import Store, open_store
from screening.records.event import Answered, Closed, Listed

LONG_AGO = "2026-01-05T10:00:00.000Z"


@pytest.fixture(scope="module")
def planner(shipped: KnowledgeBase) -> Planner:
    return Planner(shipped)


@pytest.fixture
def home(tmp_path: Path, shipped: KnowledgeBase) -> Path:
    """Return a home where the gardener was screened once."""
    first = {
        name: value
        for name, value in gardener(shipped).items()
        if shipped.questions[name].derived is None and not name.startswith("quick_")
    }
    del first["weeks_since"]
    plan = Listed(("back_squat", "sit_up"), ("croquet",))
    keep(tmp_path, shipped, "gina", first, plan, Closed("complete"))
    return tmp_path


def at(home: Path, time: str) -> Store:
    return open_store(home / "records.db", str, clock=lambda: time)


def later(home: Path, days: int) -> str:
    """Return the time so many days after the last screening of Gina."""
    with open_store(home / "records.db", str) as store:
        (day,) = store.row("SELECT julianday(last, ?) FROM clients", f"{days} days") or (0,)
        (text,) = store.row("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', ?)", day) or ("",)
    return str(text)


def sheet(knowledge: KnowledgeBase, **answers: Value) -> dict[str, Value]:
    return harmless(knowledge) | answers


def script(planner: Planner, home: Path, answers: dict[str, Value]) -> Iterator[str]:
    """Yield what a trainer types in Gina's follow-up."""
    with open_store(home / "records.db", str) as store:
        session = followed(planner.knowledge, store, "gina", Order.ADAPTIVE).session
    while not isinstance((plan := planner.plan(session)).step, Finish):
        step = plan.step
        if isinstance(step, Ask):
            yield typed(planner.knowledge.questions[step.question], answers[step.question])
        elif isinstance(step, AskList):
            yield listed(planner.knowledge, step, answers)
        else:
            yield ""
        session = taken(session, plan, planner.knowledge, answers, ("back_squat", "sit_up"))


def test_a_follow_up_asks_little_and_shows_how_it_went(home: Path, planner: Planner) -> None:
    lines = [*script(planner, home, sheet(planner.knowledge, pain_worst=1))]
    assert len(lines) < 35
    done = ran(home, lines, "followup", "gina")
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stderr.split())
    assert "Case gina-2: each answer is saved." in said
    assert "Last screening: today, by the records." in said
    assert "answers. `review` shows them" in said
    assert "Last time: back squat, sit-up, croquet." in said
    assert "HOW IT WENT" in done.stdout
    assert "One step on" in done.stdout or "one step on" in done.stdout
    again = kept(home, "gina-2")
    assert again.status == "complete"
    assert again.session.case().programme == ("back_squat", "sit_up")
    assert again.session.case().other_exercises == ("croquet",)
    assert again.session.answers()["weeks_since"] == 0
    assert again.session.answers()["bend_forward"] == "no_effect"  # tried again, as promised
    assert "walk" not in again.session.answers()


def test_an_interrupted_follow_up_goes_on_with_what_was_carried(
    home: Path, planner: Planner
) -> None:
    lines = [*script(planner, home, sheet(planner.knowledge))]
    ran(home, [*lines[:5], "quit"], "followup", "gina")
    done = piped(home, lines[5:], "--resume", "gina", "--format", "json")
    assert json.loads(done.stdout)["status"] == "complete", done.stderr
    assert json.loads(done.stdout)["progress"]
    assert kept(home, "gina-2").session.case().programme == ("back_squat", "sit_up")


def test_carried_answers_are_reviewed_and_changed(home: Path) -> None:
    lines = ["review", "change bend_forward", "n", "change walk", "", "review", "quit"]
    done = ran(home, lines, "followup", "gina")
    said = " ".join(done.stderr.split())
    assert "bending forward: brings it on (this week)".lower() in said.lower()
    assert "Last time: brings it on. Enter keeps it." in said
    answers = kept(home, "gina").session.answers()
    assert (answers["bend_forward"], answers["walk"]) == ("no_effect", "no_effect")


@pytest.mark.parametrize(("days", "weeks"), [(0, 0), (6, 0), (7, 1), (30, 4), (9999, 520)])
def test_weeks_are_known_from_the_records(
    home: Path, shipped: KnowledgeBase, days: int, weeks: int
) -> None:
    with at(home, later(home, days)) as store:
        opening = followed(shipped, store, "gina", Order.ADAPTIVE)
    (given,) = (one for one in opening.first if isinstance(one, Answered))
    assert (given.question, given.value) == ("weeks_since", weeks)
    assert opening.session.earlier is not None
    assert opening.session.earlier.days == days


def test_a_clock_moved_back_asks_for_the_weeks(home: Path, planner: Planner) -> None:
    with at(home, LONG_AGO) as store:
        opening = followed(planner.knowledge, store, "gina", Order.ADAPTIVE)
    assert opening.days is None
    step = planner.plan(opening.session).step
    assert isinstance(step, Ask)
    assert step.question == "weeks_since"


@pytest.mark.parametrize("days", [14, 15])
def test_more_than_14_days_ask_for_everything_again(
    tmp_path: Path, shipped: KnowledgeBase, days: int
) -> None:
    then = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days)
    first: dict[str, Value] = {"age": 40, "pain_worst": 5}
    keep(tmp_path, shipped, "old", first, Closed("complete"), at=f"{then:%Y-%m-%dT%H:%M:%S}Z")
    done = ran(tmp_path, ["quit"], "followup", "old")
    assert f"{days} days ago, by the records" in done.stderr
    assert ("all questions are due again" in " ".join(done.stderr.split())) is (days > 14)


def test_a_case_is_open_only_after_the_first_answer(home: Path) -> None:
    done = ran(home, ["quit"], "followup", "gina")
    assert "Nothing was answered" in done.stderr
    assert kept(home, "gina").status == "complete"
    ran(home, ["n", "quit"], "followup", "gina")
    assert happened(home, "gina")[:4] == ["Started", "Answered", "Asked", "Answered"]
    done = ran(home, ["n"], "followup", "gina")
    assert done.returncode == 2
    assert "--resume gina-2" in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("followup", "nobody"), "no client `nobody`"),
        (("interview", "--resume", "gina-7"), "no case `gina-7`"),
        (("explain", "gina-7"), "no case `gina-7`"),
    ],
)
def test_who_is_not_there_is_said(home: Path, words: tuple[str, ...], says: str) -> None:
    done = ran(home, [], *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("days", "words"),
    [(-400, "today"), (-1, "today"), (0, "today"), (1, "yesterday"), (2, "2 days ago")],
)
def test_how_long_ago_is_said_also_when_the_clock_was_set_back(days: int, words: str) -> None:
    assert ago(days) == words
