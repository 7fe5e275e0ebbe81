"""A follow-up interview asks what no longer counts, what is new, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from simulated_clients import asked_by, gardener, harmless, random_sheet, taken

from screening.assess import Assessor
from screening.follow import earlier_from
from screening.interview.planner import Finish, Plan, Planner
from screening.interview.session import Order, Session
from screening.model.case import Case, Earlier
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.vocabularies import Level, Unknown
from screening.records.event import Answered, Skipped, TakenBack

SEEDS = st.integers(0, 2**32)
PLAN = ("back_squat", "sit_up")
ONE_WEEK: dict[str, Value] = {"weeks_since": 1}
KNOWN = (Answered("weeks_since", 1),)


@pytest.fixture(scope="module")
def planner(shipped: KnowledgeBase) -> Planner:
    return Planner(shipped)


@pytest.fixture(scope="module")
def gardened(assessor: Assessor) -> Earlier:
    """Return what the gardener's first screening left behind."""
    return left_by(assessor, gardener(assessor.knowledge))


def left_by(assessor: Assessor, sheet: dict[str, Value]) -> Earlier:
    made = assessor.preview(Case(first_answers(assessor.knowledge, sheet), PLAN))
    return earlier_from(assessor.knowledge, made.case, made.assessment)


def first_answers(knowledge: KnowledgeBase, sheet: dict[str, Value]) -> dict[str, Value]:
    follow_ups = {"follow_up", "weeks_since", "referral_seen", "done", "flares", "over_it"}
    return {
        name: value
        for name, value in sheet.items()
        if knowledge.questions[name].derived is None
        and not name.startswith("quick_")
        and name not in follow_ups
    }


def followed(
    planner: Planner, session: Session, sheet: dict[str, Value]
) -> tuple[Session, list[Plan]]:
    plans: list[Plan] = []
    while not plans or not isinstance(plans[-1].step, Finish):
        plans.append(planner.plan(session))
        session = taken(session, plans[-1], planner.knowledge, sheet, PLAN)
    return session, plans


def asked(plans: list[Plan]) -> list[str]:
    return [name for plan in plans for name in asked_by(plan.step)]


def sheet_of(planner: Planner, **answers: Value) -> dict[str, Value]:
    return {**gardener(planner.knowledge), **ONE_WEEK, **answers}


@pytest.mark.parametrize("order", list(Order))
def test_what_still_counts_is_not_asked_again(
    planner: Planner, gardened: Earlier, order: Order
) -> None:
    session, plans = followed(planner, Session(order=order, earlier=gardened), sheet_of(planner))
    questions = asked(plans)
    assert questions[0] == "weeks_since"
    assert len(questions) == len(set(questions)) < 45
    carried = session.carried(planner.knowledge)
    assert {"age", "walk"} <= set(carried)
    assert "bend_forward" in questions  # it hurt, so it is tried again
    assert not carried.keys() & set(questions)
    assert {"pain_worst", "done", "quick_private", "flares"} <= set(questions)
    assert "saddle" not in questions


def test_weeks_that_are_known_are_not_asked(planner: Planner, gardened: Earlier) -> None:
    session = Session(KNOWN, earlier=gardened)
    session, plans = followed(planner, session, sheet_of(planner))
    assert "weeks_since" not in asked(plans)
    assert session.case().answers["weeks_since"] == 1
    corrected = session.after(Answered("weeks_since", 30))
    assert corrected.case().answers["weeks_since"] == 30
    assert "bend_forward" not in corrected.carried(planner.knowledge)


def test_movements_are_asked_again_once_they_are_too_old(
    planner: Planner, gardened: Earlier
) -> None:
    session = Session((Answered("weeks_since", 5),), earlier=gardened)
    session, plans = followed(planner, session, sheet_of(planner))
    assert "bend_forward" in asked(plans)
    assert "age" not in asked(plans)


def test_weeks_not_known_or_put_off_keep_almost_nothing(
    planner: Planner, gardened: Earlier
) -> None:
    for event in (Answered("weeks_since", Unknown.DONT_KNOW), Skipped("weeks_since")):
        session = Session(earlier=gardened).after(event)
        assert "bend_forward" not in session.carried(planner.knowledge)
        assert asked([planner.plan(session)]) == ["quick_private"]


def test_weeks_put_off_are_asked_once_more(planner: Planner, gardened: Earlier) -> None:
    session = Session(earlier=gardened).after(Skipped("weeks_since"))
    _, plans = followed(planner, session, sheet_of(planner))
    assert asked(plans).count("weeks_since") == 1


def test_news_about_health_renews_all_but_what_always_counts(
    planner: Planner, gardened: Earlier
) -> None:
    session = Session(KNOWN, earlier=gardened)
    sheet = sheet_of(planner, quick_health="yes")
    _, plans = followed(planner, session, sheet)
    assert "bend_forward" in asked(plans)


@pytest.mark.parametrize("quick", ["quick_private", "quick_legs", "quick_ill", "quick_chest"])
def test_yes_to_a_quick_question_asks_its_whole_set(
    planner: Planner, gardened: Earlier, quick: str
) -> None:
    session = Session(KNOWN, earlier=gardened)
    _, plans = followed(planner, session, sheet_of(planner, **{quick: "yes"}))
    opened = {*planner.knowledge.questions[quick].sums_up} & planner.emergency
    assert opened <= set(asked(plans))


def test_emergency_in_a_follow_up_stops_at_once(planner: Planner, gardened: Earlier) -> None:
    sheet = sheet_of(planner, quick_private="yes", saddle="new_or_worse")
    _, plans = followed(planner, Session(KNOWN, earlier=gardened), sheet)
    assert asked(plans)[-1] == "saddle"
    assert "weeks_since" not in asked(plans)
    assert plans[-1].level is Level.EMERGENCY


def test_carried_answer_can_be_changed_and_changed_back(
    planner: Planner, gardened: Earlier
) -> None:
    session = Session(KNOWN, earlier=gardened)
    assert session.standing(planner.knowledge)["bend_forward"] == "provokes"
    changed = session.after(Answered("bend_forward", "no_effect"))
    assert changed.standing(planner.knowledge)["bend_forward"] == "no_effect"
    assert "bend_forward" not in changed.carried(planner.knowledge)
    assert changed.after(TakenBack()).standing(planner.knowledge)["bend_forward"] == "provokes"


@settings(max_examples=2, phases=[Phase.generate])
@given(seed=SEEDS, weeks=st.integers(0, 60))
def test_follow_up_in_both_orders_ends_alike(
    planner: Planner, assessor: Assessor, seed: int, weeks: int
) -> None:
    before = random_sheet(planner.knowledge, seed // 2)
    earlier = left_by(assessor, before)
    sheet = random_sheet(planner.knowledge, seed) | {"weeks_since": weeks}
    found = []
    for order in Order:
        session = Session(order=order, earlier=earlier)
        found.append(assessor.preview(followed(planner, session, sheet)[0].case()).assessment)
    adaptive, fixed = found
    assert adaptive.referral.level is fixed.referral.level
    assert adaptive.status is fixed.status
    if adaptive.referral.level < Level.SAME_DAY:
        assert [p.verdict for p in adaptive.programme] == [p.verdict for p in fixed.programme]
        paces = [[(one.category, one.pace) for one in made.moves] for made in found]
        assert paces[0] == paces[1]


def test_interview_that_follows_nothing_asks_nothing_about_last_time(planner: Planner) -> None:
    _, plans = followed(planner, Session(), harmless(planner.knowledge))
    follow_ups = {"follow_up", "since_last_time"}
    assert not {planner.knowledge.questions[name].topic for name in asked(plans)} & follow_ups


def test_no_more_is_asked_than_about_said_in_a_quiet_follow_up(
    planner: Planner, gardened: Earlier
) -> None:
    session = Session(KNOWN, earlier=gardened)
    _, plans = followed(planner, session, harmless(planner.knowledge) | ONE_WEEK)
    for done, plan in enumerate(plans):
        assert len(plans) - 1 - done <= plan.about <= plan.left
