"""A cap on what is offered: it names what it holds back, and touches nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import cases, intakes, knowledge_bases

from screening.assess import Assessor, ConcludedCase
from screening.engines.applicable import with_harmless_rest
from screening.model.assessment import Assessment
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Head, OfferOnly
from screening.model.vocabularies import Unknown

CAP = {"walk", "strength_around", "motor_control_core", "posture_breaks"}
BENDING = dict.fromkeys(("bend_forward", "sitting_slouched", "gardening_floor_work"), "provokes")
SORE: dict[str, Value] = {"pain_worst": 5, "minutes_to_settle": 20, **BENDING}
RULE = "basic-trainer-starts-gently"


def concluded(assessor: Assessor, given: dict[str, Value]) -> Assessment:
    answers = with_harmless_rest(assessor.knowledge, {**SORE, **given})
    return assessor.conclude(Case(answers, ("back_squat",))).assessment


def offered(found: Assessment) -> set[str]:
    return {one.category for one in found.recommend}


@pytest.mark.parametrize("level", ["basic", Unknown.DONT_KNOW])
def test_basic_trainer_is_offered_no_more_than_the_cap(assessor: Assessor, level: Value) -> None:
    free = concluded(assessor, {"trainer_level": "advanced"})
    capped = concluded(assessor, {"trainer_level": level})
    assert offered(free) - CAP
    assert offered(capped) == offered(free) & CAP
    held = {w.target: w.by for w in capped.withheld}
    assert {c for c, by in held.items() if by == (RULE,)} == offered(free) - CAP
    assert "involve-a-physiotherapist" in {a.id for a in capped.advice}


def test_the_cap_touches_neither_referral_nor_programme(assessor: Assessor) -> None:
    free = concluded(assessor, {"trainer_level": "advanced", "leg_pain": "numb"})
    capped = concluded(assessor, {"trainer_level": "basic", "leg_pain": "numb"})
    assert capped.referral == free.referral
    assert capped.programme == free.programme


def test_basic_trainer_of_a_client_who_is_little_sore_is_not_capped(assessor: Assessor) -> None:
    little: dict[str, Value] = {"pain_worst": 3, "minutes_to_settle": 10}
    free = concluded(assessor, {**little, "trainer_level": "advanced"})
    assert concluded(assessor, {**little, "trainer_level": "basic"}) == free


@pytest.mark.parametrize(("pain", "asked"), [(3, False), (4, True)])
def test_the_trainer_is_asked_only_where_it_matters(
    assessor: Assessor,
    pain: int,
    asked: bool,  # noqa: FBT001 - a table
) -> None:
    given: dict[str, Value] = {**BENDING, "pain_worst": pain}
    answers = with_harmless_rest(assessor.knowledge, given)
    del answers["trainer_level"]
    open_ = {o.question: o.could_change for o in assessor.conclude(Case(answers)).assessment.open}
    assert ("trainer_level" in open_) is asked
    if asked:
        assert "hinge_squat" in open_["trainer_level"]
        assert "walk" not in open_["trainer_level"]


def caps(found: ConcludedCase, knowledge: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    return {
        rule.id: c.categories
        for rule in knowledge.live_rules
        for c in rule.then
        if isinstance(c, OfferOnly) and found.outcome.fired(Head(rule.id))
    }


def assert_within(found: ConcludedCase, knowledge: KnowledgeBase) -> None:
    made = found.assessment
    for rule, categories in caps(found, knowledge).items():
        assert offered(made) <= set(categories), rule
    for held in made.withheld:
        for rule in held.by:
            if rule in caps(found, knowledge) and held.by == (rule,):
                assert held.target not in offered(made)


@settings(max_examples=150)
@given(data=st.data())
def test_what_is_offered_is_within_every_cap(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    assert_within(Assessor(knowledge).preview(data.draw(cases(knowledge))), knowledge)


@settings(max_examples=60)
@given(data=st.data())
def test_what_is_offered_to_any_client_is_within_the_trainers_cap(
    assessor: Assessor, shipped: KnowledgeBase, data: st.DataObject
) -> None:
    case = data.draw(intakes(shipped))
    basic = replace(case, answers={**case.answers, **SORE, "trainer_level": "basic"})
    found = assessor.preview(basic)
    assert RULE in caps(found, shipped)
    assert_within(found, shipped)
    advanced = replace(case, answers={**basic.answers, "trainer_level": "advanced"})
    assert found.assessment.referral == assessor.preview(advanced).assessment.referral
