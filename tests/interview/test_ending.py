"""A rule that ends the interview: whom to see is said at once, and nothing more is asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from interview_process import Sitting, piped
from kept_cases import kept
from page_client import PageClient, answer, met, site_in
from simulated_clients import harmless, interviewed

from screening.assess import Assessor
from screening.interview.planner import Ask, AskList, Finish, Planner
from screening.interview.session import Order
from screening.model.assessment import Progress
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.vocabularies import Level, Unknown
from screening.render.assessment_page import assessment_page
from screening.render.formats import unrecorded_output
from screening.render.page import Format, Shape

TABLE = Shape(Format.TABLE, 80)


@pytest.fixture
def child(shipped: KnowledgeBase) -> dict[str, Value]:
    return harmless(shipped) | {"age": 15}


def prompts(planner: Planner, sheet: dict[str, Value], order: Order) -> int:
    """Return with how many prompts a client of this sheet is asked; a tick list is one."""
    plans = interviewed(planner, sheet, order)[1]
    return sum(isinstance(plan.step, Ask | AskList) for plan in plans)


def asked(planner: Planner, sheet: dict[str, Value], order: Order) -> list[str]:
    """Return the questions that a client of this sheet is asked."""
    found: list[str] = []
    for plan in interviewed(planner, sheet, order)[1]:
        if isinstance(plan.step, Ask):
            found.append(plan.step.question)
        elif isinstance(plan.step, AskList):
            found += plan.step.questions
    return found


@pytest.mark.parametrize("order", Order)
def test_nothing_but_emergencies_is_asked_once_it_ends(
    shipped: KnowledgeBase, child: dict[str, Value], order: Order
) -> None:
    planner = Planner(shipped)
    names = asked(planner, child, order)
    after = names[names.index("age") + 1 :]
    assert set(shipped.emergency_questions) - set(names) == set(shipped.emergency_questions) - set(
        asked(planner, child | {"age": 40}, order)
    )
    assert planner.emergency.issuperset(after)
    assert prompts(planner, child, order) < 20 < prompts(planner, child | {"age": 40}, order)


def test_an_emergency_question_put_off_is_asked_before_it_ends(
    shipped: KnowledgeBase, child: dict[str, Value]
) -> None:
    session = interviewed(Planner(shipped), child, Order.ADAPTIVE)[0]
    left = replace(
        session,
        entries=tuple(e for e in session.entries if getattr(e, "question", "") != "chest"),
    )
    step = Planner(shipped).plan(left).step
    assert isinstance(step, Ask)
    assert step.question == "chest"


def test_it_says_whom_to_see_and_offers_no_exercise(
    assessor: Assessor, child: dict[str, Value]
) -> None:
    session = interviewed(Planner(assessor.knowledge), child, Order.ADAPTIVE)[0]
    found = assessor.conclude(session.case()).assessment
    assert found.status is Progress.STOPPED
    assert found.referral.level is Level.WITHIN_DAYS
    assert not found.recommend
    assert not found.programme
    shown = unrecorded_output(found, assessor.knowledge, TABLE, "")
    flat = " ".join(shown.split())
    assert "NOT FINISHED" not in shown
    assert "tell a parent or carer and go to a doctor together" in flat
    assert "GET HELP AT ONCE" in shown


def test_an_emergency_goes_before_it(assessor: Assessor, child: dict[str, Value]) -> None:
    session = interviewed(
        Planner(assessor.knowledge), child | {"saddle": "new_or_worse"}, Order.ADAPTIVE
    )[0]
    found = assessor.conclude(session.case()).assessment
    assert found.referral.level is Level.EMERGENCY
    assert "age" not in session.answers()


@pytest.mark.parametrize("age", [16, Unknown.DECLINED, Unknown.DONT_KNOW])
def test_at_sixteen_or_unsaid_it_goes_on(
    shipped: KnowledgeBase, child: dict[str, Value], age: Value
) -> None:
    assert len(asked(Planner(shipped), child | {"age": age}, Order.ADAPTIVE)) > 25


def test_without_all_emergency_questions_it_is_not_over(assessor: Assessor) -> None:
    found = assessor.conclude(Case({"age": 15})).assessment
    assert found.status is Progress.INCOMPLETE
    page = assessment_page(found, assessor.knowledge, "")
    assert "Not finished" in str(page)


def lines(shipped: KnowledgeBase, child: dict[str, Value]) -> list[str]:
    planner, typed = Planner(shipped), []
    for plan in interviewed(planner, child, Order.ADAPTIVE)[1]:
        if isinstance(plan.step, Ask):
            value = child[plan.step.question]
            question = shipped.questions[plan.step.question]
            typed.append(str(value) if question.is_number else question.said(value))
        elif isinstance(plan.step, AskList):
            typed.append("n")
        else:
            assert isinstance(plan.step, Finish)
    return typed


def test_it_ends_on_a_terminal_and_a_slip_can_be_corrected(
    tmp_path: Path, shipped: KnowledgeBase, child: dict[str, Value]
) -> None:
    sitting = Sitting(tmp_path, "--client", "young", NO_COLOR="1", rows=40)
    for line in lines(shipped, child):
        sitting.enter(line)
    assert sitting.end() == 0
    assert "go to a doctor together" in " ".join(sitting.shown.split())
    assert "then `change age`" in sitting.shown
    assert kept(tmp_path, "young").status == "stopped"
    again = Sitting(tmp_path, "--resume", "young", NO_COLOR="1", rows=40)
    again.enter("change age")
    again.enter("51")
    again.until("left > ")
    again.enter_now("quit")
    assert again.end() == 0


def test_it_ends_on_piped_lines(
    tmp_path: Path, shipped: KnowledgeBase, child: dict[str, Value]
) -> None:
    done = piped(tmp_path, lines(shipped, child), "--client", "young")
    assert done.returncode == 0, done.stderr
    assert "go to a doctor together" in " ".join(done.stdout.split())


def test_it_ends_on_the_page(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    shipped: KnowledgeBase,
    child: dict[str, Value],
) -> None:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    piped(tmp_path, [], "--client", "nobody")  # a store
    browser = PageClient(site_in(tmp_path, shipped)).open()
    met(browser)
    answer(browser, shipped, child)
    assert "go to a doctor together" in browser.text
    assert "No exercise is suggested until" not in browser.text
