"""More that hurts never makes a session bolder, and the order of what was said changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from complete_clients import complete_clients

from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.session import Place, Planning, SessionInputs
from screening.model.vocabularies import Verdict
from screening.session import build_session, facts_of

HURTS: dict[str, Value] = {"bend_forward": "provokes", "sitting_slouched": "provokes"}
MORE: tuple[tuple[str, Value], ...] = (
    ("bend_backward", "provokes"),
    ("rotate_l", "provokes"),
    ("lift_floor", "provokes"),
    ("run", "provokes"),
    ("gardening_floor_work", "provokes"),
    ("pain_worst", 9),
)
PROGRAMME = ("back_squat", "sit_up", "deadlift", "plank", "lunge", "push_up", "running")
SEEDS = range(3300, 3306)


@pytest.fixture(scope="module")
def concluding(shipped: KnowledgeBase) -> Assessor:
    return Assessor(shipped)


def case(knowledge: KnowledgeBase, **more: Value) -> Case:
    return Case(with_harmless_rest(knowledge, HURTS | more), PROGRAMME)


@pytest.mark.parametrize(("question", "answer"), MORE, ids=[name for name, _ in MORE])
def test_what_was_left_out_stays_out_when_more_hurts(
    concluding: Assessor, question: str, answer: Value
) -> None:
    knowledge = concluding.knowledge
    before = facts_of(case(knowledge), concluding, SessionInputs())
    after = facts_of(case(knowledge, **{question: answer}), concluding, SessionInputs())
    for name, plan in before.plans.items():
        if plan.verdict is Verdict.AVOID or before.avoided(name):
            assert after.plans[name].verdict is Verdict.AVOID or after.avoided(name), name
    assert after.effort(10) <= before.effort(10)
    one, two = build_session(before), build_session(after)
    if two.status is Planning.PLANNED:
        worse = zip(one.pain, two.pain, strict=True)
        assert all(b.green <= a.green and b.amber <= a.amber for a, b in worse)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_the_answers_changes_nothing(concluding: Assessor, seed: int) -> None:
    (one,) = complete_clients(concluding.knowledge, range(seed, seed + 1))
    turned = replace(one, answers=dict(reversed([*one.answers.items()])))
    sessions = [build_session(facts_of(c, concluding, SessionInputs(60))) for c in (one, turned)]
    assert sessions[0] == sessions[1]


def test_who_trains_already_is_told_no_number_of_minutes_to_walk(concluding: Assessor) -> None:
    knowledge = concluding.knowledge
    for active in ("yes", "no"):
        facts = facts_of(
            case(knowledge, active=active), concluding, SessionInputs(place=Place.HOME)
        )
        told = [one.text for one in build_session(facts).take_home if one.text.startswith("Walk ")]
        assert bool(told) == (active == "no")
        assert all("or your usual if that is more" in line for line in told)
