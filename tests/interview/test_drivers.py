"""Whoever drives an interview, the session, the record and the referral are the same.

A sample of the scripts runs each time. All 300 of them, 50 of them in a real browser:

    export SCREENING_SCRIPTS=300 SCREENING_PAGES=50 SCREENING_BROWSER_TESTS=1
    python -m pytest -n 2 --dist load tests/interview/test_drivers.py
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from form_driver import by_form, said_in, taps
from interview_drivers import (
    CLIENT,
    by_machine,
    by_pipe,
    by_terminal,
    make_ready,
    opening_in,
)
from interview_scripts import script
from page_drivers import by_browser, by_page
from real_browser import Browser, browsing
from simulated_clients import harmless

from screening.app.start_interview import FollowUp, New
from screening.assess import Assessor
from screening.interview.planner import Plan, Planner
from screening.interview.session import Session
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value

COUNT = int(os.environ.get("SCREENING_SCRIPTS", "8"))
PAGES = int(os.environ.get("SCREENING_PAGES", "2"))
FOLLOW_UPS = 4  # one script in so many is a follow-up


@pytest.fixture(scope="module")
def planner(shipped: KnowledgeBase) -> Planner:
    return Planner(shipped)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for all homes, and for the knowledge as it is kept compiled."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(scope="module", autouse=True)
def _planned_once() -> Iterator[None]:
    """Let drivers in this process that are equally far share a plan, which takes most of the time.

    A session alone decides it. Terminal and browser plan in processes of their own.
    """
    plan = Planner.plan
    known: dict[object, Plan] = {}

    def remembered(self: Planner, session: Session) -> Plan:
        of = (session.entries, session.order, session.client, session.follows, session.focus)
        key = (self.knowledge.digest, of, repr(session.earlier))
        if key not in known:
            known[key] = plan(self, session)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Planner, "plan", remembered)
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as found:
        yield found


def before(knowledge: KnowledgeBase, seed: int) -> dict[str, Value] | None:
    """Return the answers of a first screening, where a script is a follow-up."""
    if seed % FOLLOW_UPS:
        return None
    named = {"weeks_since", "follow_up", "referral_seen", "done", "flares", "over_it"}
    return {
        name: value
        for name, value in harmless(knowledge).items()
        if knowledge.questions[name].derived is None
        and not name.startswith("quick_")
        and name not in named
    }


@pytest.mark.parametrize("seed", range(1000, 1000 + COUNT))
def test_every_driver_leaves_the_same(
    place: Path, planner: Planner, assessor: Assessor, seed: int
) -> None:
    first = before(planner.knowledge, seed)
    homes = [place / f"{seed}-{name}" for name in ("machine", "pipe", "terminal", "page")]
    for home in homes:
        make_ready(home, planner.knowledge, first)
    wanted = New(CLIENT) if first is None else FollowUp(CLIENT)
    typed = script(planner, opening_in(homes[0], planner.knowledge, wanted).session, seed)
    machine = by_machine(homes[0], wanted, assessor, typed)
    assert by_pipe(homes[1], wanted, typed) == machine
    assert by_terminal(homes[2], wanted, typed) == machine
    assert by_page(homes[3], wanted, typed, planner.knowledge) == machine
    if typed.session.entries:
        assert machine.entries == typed.session.entries
        found = assessor.preview(typed.session.case()).assessment
        referral = json.loads(machine.assessment)["referral"]
        assert referral["level"] == found.referral.level.word


@pytest.mark.parametrize("seed", range(1000, 1000 + PAGES))
def test_the_page_in_a_browser_leaves_the_same(
    place: Path, planner: Planner, assessor: Assessor, browser: Browser, seed: int
) -> None:
    first = before(planner.knowledge, seed)
    homes = [place / f"{seed}-{name}" for name in ("alone", "browser")]
    for home in homes:
        make_ready(home, planner.knowledge, first)
    wanted = New(CLIENT) if first is None else FollowUp(CLIENT)
    typed = script(planner, opening_in(homes[0], planner.knowledge, wanted).session, seed)
    machine = by_machine(homes[0], wanted, assessor, typed)
    assert by_browser(homes[1], wanted, typed, planner, browser) == machine


@pytest.mark.parametrize("seed", [one for one in range(1000, 1000 + COUNT) if one % FOLLOW_UPS])
def test_a_form_at_home_says_the_same(
    place: Path, planner: Planner, assessor: Assessor, browser: Browser, seed: int
) -> None:
    knowledge = planner.knowledge
    homes = [place / f"{seed}-{name}" for name in ("office", "home")]
    for home in homes:
        make_ready(home, knowledge, None)
    opening = opening_in(homes[0], knowledge, New(CLIENT))
    typed = script(planner, opening.session, seed, settled=True)
    machine = by_machine(homes[0], New(CLIENT), assessor, typed)
    tapped = taps(knowledge, machine.record)
    if not tapped:
        assert not said_in(machine, knowledge)
        return
    form = by_form(homes[1], tapped, browser)
    assert said_in(form, knowledge) == said_in(machine, knowledge)
    same = Case({name: value for name, (value, _) in said_in(machine, knowledge).items()})
    found = json.loads(form.assessment)
    assert found["referral"] == json.loads(machine.assessment)["referral"]
    assert found["referral"]["level"] == assessor.preview(same).assessment.referral.level.word


def test_planner_and_reply_alone_set_aside_what_no_longer_applies(planner: Planner) -> None:
    said = (("leg_weaker", "yes"), ("leg_weak", "new_or_worse"), ("leg_weaker", "no"))
    session = Session()
    for name, value in said:
        session = session.after(*session.reply(planner.knowledge, name, value))
    assert session.answers() == {"leg_weaker": "no"}
