"""Both orders end alike, emergencies come first, and the bound on what is left only shrinks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulated_clients import (
    gardener,
    harmless,
    interviewed,
    random_programme,
    random_sheet,
    taken,
)

from screening.assess import Assessor
from screening.engines.applicable import with_inapplicable
from screening.interview.planner import (
    Ask,
    AskList,
    AskProgramme,
    Finish,
    Plan,
    Planner,
    Settle,
    weight,
)
from screening.interview.session import Order, Session
from screening.model.assessment import Assessment
from screening.model.expr import Is
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Keep
from screening.model.vocabularies import Level, Unknown
from screening.records.event import Answered, Kept, Listed, Resumed, Skipped

SEEDS = st.integers(0, 2**32)


@pytest.fixture(scope="module")
def planner(shipped: KnowledgeBase) -> Planner:
    return Planner(shipped)


def asked(plans: list[Plan]) -> list[str]:
    """Return the questions in the order they are asked, those of a tick list in its own."""
    found: list[str] = []
    for plan in plans:
        match plan.step:
            case Ask(question):
                found.append(question)
            case AskList():
                found += plan.step.questions
            case _:
                pass
    return found


def conclusions(found: Assessment) -> object:
    """What a client is told; two orders may differ in anything else."""
    return (
        found.referral.level,
        found.clearance and found.clearance.id,
        [(f.id, f.strength) for f in found.findings],
        found.status,
        [(s.axis, s.id) for s in found.stage],
        [(limit.id, limit.at_most) for limit in found.limits],
        [r.category for r in found.recommend],
        [(a.kind, a.target) for a in found.avoid],
        [(p.exercise, p.verdict) for p in found.programme],
    )


@settings(max_examples=5)
@given(seed=SEEDS)
def test_both_orders_end_in_the_same_conclusions(
    planner: Planner, assessor: Assessor, seed: int
) -> None:
    sheet = random_sheet(planner.knowledge, seed)
    programme = random_programme(planner.knowledge, seed)
    adaptive, fixed = (
        assessor.preview(interviewed(planner, sheet, order, programme)[0].case()).assessment
        for order in Order
    )
    assert adaptive.referral.level is fixed.referral.level
    if adaptive.referral.level >= Level.SAME_DAY:
        assert (adaptive.recommend, adaptive.programme, adaptive.avoid) == ((), (), ())
    else:
        assert conclusions(adaptive) == conclusions(fixed)


@settings(max_examples=8)
@given(seed=SEEDS, order=st.sampled_from(Order))
def test_what_is_left_never_grows(planner: Planner, seed: int, order: Order) -> None:
    programme = random_programme(planner.knowledge, seed)
    _, plans = interviewed(planner, random_sheet(planner.knowledge, seed), order, programme)
    left = [plan.left for plan in plans]
    assert left == sorted(left, reverse=True)
    answered = [plan.answered for plan in plans]
    assert answered == sorted(answered)


def test_no_more_is_asked_than_about_said_while_answers_are_harmless(planner: Planner) -> None:
    for order in Order:
        _, plans = interviewed(planner, harmless(planner.knowledge), order)
        for done, plan in enumerate(plans):
            assert len(plans) - 1 - done <= plan.about <= plan.left
        assert plans[-1].about == 0


def test_until_the_programme_is_known_any_exercise_may_be_in_it(shipped: KnowledgeBase) -> None:
    rule = replace(
        shipped.rules["keep-the-programme"], when=Is("walk", "no_effect"), then=(Keep(),)
    )
    planner = Planner(replace(shipped, rules={rule.id: rule}))
    unknown, none = planner.plan(Session()), planner.plan(Session((Listed(),)))
    known = planner.plan(Session((Listed(tuple(shipped.exercises)),)))
    assert (unknown.left, none.left) == (known.left + 1, known.left - 1)


@settings(max_examples=8)
@given(seed=SEEDS)
def test_the_bound_holds(planner: Planner, seed: int) -> None:
    _, plans = interviewed(planner, random_sheet(planner.knowledge, seed), Order.ADAPTIVE)
    steps = [plan for plan in plans if isinstance(plan.step, Ask | AskProgramme)]
    asked_again = sum(plan.step.card for plan in steps if isinstance(plan.step, Ask))
    assert len(steps) - asked_again <= plans[0].left


@pytest.mark.parametrize("order", list(Order))
def test_every_emergency_question_comes_first_in_file_order(
    planner: Planner, order: Order
) -> None:
    _, plans = interviewed(planner, harmless(planner.knowledge), order)
    questions = asked(plans)
    first = [name for name in planner.first if name in questions]
    assert questions[: len(first)] == first
    applicable = set(planner.knowledge.emergency_questions) - {
        "trauma_assessed",
        "pain_start_when",
        "leg_weak_side",
    }
    assert applicable <= set(first)


def test_a_follow_up_comes_right_after_its_parent(planner: Planner) -> None:
    sheet = harmless(planner.knowledge) | {"trauma": "major", "saddle": "older_stable"}
    questions = asked(interviewed(planner, sheet, Order.ADAPTIVE)[1])
    assert questions[questions.index("trauma") + 1] == "trauma_assessed"
    assert questions[questions.index("saddle") + 1] == "ces_assessed"


@pytest.mark.parametrize("order", list(Order))
def test_an_emergency_stops_at_once(planner: Planner, order: Order) -> None:
    sheet = harmless(planner.knowledge) | {"saddle": "new_or_worse"}
    session, plans = interviewed(planner, sheet, order)
    assert asked(plans)[-1] == "saddle"
    assert session.listed() is None
    assert plans[-1].level is Level.EMERGENCY


@pytest.mark.parametrize("order", list(Order))
def test_same_day_asks_only_what_could_still_be_an_emergency(
    planner: Planner, order: Order
) -> None:
    sheet: dict[str, Value] = {**harmless(planner.knowledge), "bladder": Unknown.DECLINED}
    session, plans = interviewed(planner, sheet, order)
    after = [plan for plan in plans if plan.level is Level.SAME_DAY]
    assert after
    assert all(
        "emergency" in plan.step.could_change for plan in after if isinstance(plan.step, Ask)
    )
    assert set(planner.emergency) <= {*with_inapplicable(planner.knowledge, session.answers())}
    assert session.listed() is None
    assert "bend_forward" not in session.answers()
    assert (plans[-1].left, plans[-1].about) == (0, 0)


def test_unknown_emergency_answer_is_asked_again_with_the_card_once(planner: Planner) -> None:
    session = Session().after(*Session().reply(planner.knowledge, "chest", Unknown.DONT_KNOW))
    step = planner.plan(session).step
    assert isinstance(step, Ask)
    assert (step.question, step.card) == ("chest", True)
    assert session.case().answers == {}
    again = session.after(*session.reply(planner.knowledge, "chest", Unknown.DONT_KNOW))
    assert again.case().answers == {"chest": Unknown.DONT_KNOW}


def test_unknown_answer_to_another_question_is_taken(planner: Planner) -> None:
    session = Session().after(*Session().reply(planner.knowledge, "cancer", Unknown.DONT_KNOW))
    assert session.case().answers == {"cancer": Unknown.DONT_KNOW}


def test_skipped_question_is_offered_once_more_at_the_end(planner: Planner) -> None:
    sheet = harmless(planner.knowledge)
    session, skipped = Session(), []
    while not isinstance(step := planner.plan(session).step, Finish):
        if isinstance(step, Ask) and step.question in {"chest", "duration_weeks"}:
            skipped.append((step.question, step.again, len(session.answers())))
            session = session.after(Skipped(step.question))
        elif isinstance(step, Ask):
            session = session.after(Answered(step.question, sheet[step.question]))
        else:
            session = taken(session, planner.plan(session), planner.knowledge, sheet, ())
    names = [(name, again) for name, again, _ in skipped]
    assert names == [
        ("chest", False),
        ("chest", True),
        ("duration_weeks", False),
        ("duration_weeks", True),
    ]
    assert skipped[-1][2] == len(session.answers())
    assert session.after(Resumed("adaptive", "", "")).skips() == {}


def test_the_programme_is_asked_before_the_movements(planner: Planner) -> None:
    _, plans = interviewed(planner, harmless(planner.knowledge), Order.ADAPTIVE)
    steps = [plan.step for plan in plans]
    before = steps[: steps.index(AskProgramme())]
    topics = {planner.knowledge.questions[s.question].topic for s in before if isinstance(s, Ask)}
    assert topics == {"emergency", "urgent"}


def test_answers_at_odds_are_asked_about_once(planner: Planner) -> None:
    sheet = gardener(planner.knowledge) | {"constant": "yes"}
    session, plans = interviewed(planner, sheet, Order.ADAPTIVE)
    settled = [plan.step for plan in plans if isinstance(plan.step, Settle)]
    assert settled == [Settle("confirm-constant")]
    assert Kept("confirm-constant") in session.entries


def test_weightiest_question_of_a_topic_comes_first(planner: Planner) -> None:
    session, plans = interviewed(planner, harmless(planner.knowledge), Order.ADAPTIVE)
    weights = [
        weight(plan.step.could_change)
        for plan in plans
        if isinstance(plan.step, Ask)
        and planner.knowledge.questions[plan.step.question].topic == "movements"
    ]
    assert weights[0] == max(weights)
    assert len(session.answers()) < len(planner.knowledge.questions)


def test_the_gardener_is_asked_less_in_adaptive_order(
    planner: Planner, assessor: Assessor
) -> None:
    sheet = gardener(planner.knowledge)
    programme = ("back_squat", "sit_up", "rowing_machine")
    (short, _), (long, _) = (interviewed(planner, sheet, o, programme) for o in Order)
    assert len(short.answers()) < len(long.answers())
    assert {"bend_forward", "sitting_slouched"} <= set(short.answers())
    found = assessor.conclude(short.case()).assessment
    assert {f.id: f.strength.word for f in found.findings} == {"flexion_sensitive": "suspected"}
    assert {p.exercise: p.verdict.word for p in found.programme} == {
        "back_squat": "modify",
        "sit_up": "avoid",
        "rowing_machine": "avoid",
    }
