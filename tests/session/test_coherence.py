"""Rules of coherence that a client drawn at random seldom touches, each with one who does."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from session_faults import BONES, faults

from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.session import Phase, Place, Planning, SessionInputs
from screening.model.vocabularies import DEMANDING, Verdict
from screening.render.session_page import session_form
from screening.session import SessionFacts, build_session, facts_of

BENDS: dict[str, Value] = {"bend_forward": "provokes", "sitting_slouched": "provokes"}
BUILD: dict[str, Value] = {"duration_weeks": 20, "pain_worst": 2}
HARDEST = 3
PLACES = pytest.mark.parametrize("place", Place)


@pytest.fixture(scope="module")
def concluding(shipped: KnowledgeBase) -> Assessor:
    return Assessor(shipped)


def facts(
    concluding: Assessor,
    given: dict[str, Value],
    own: tuple[str, ...] = (),
    place: Place = Place.GYM,
) -> SessionFacts:
    case = Case(with_harmless_rest(concluding.knowledge, given), own)
    return facts_of(case, concluding, SessionInputs(60, place))


@pytest.mark.parametrize("avoided", ["exercise", "category"])
def test_r01_what_is_avoided_is_never_allowed_whatever_its_verdict(
    concluding: Assessor, avoided: str
) -> None:
    of = facts(concluding, BENDS | BUILD)
    left = [one for one in of.concluded.assessment.avoid if one.kind == avoided]
    kept = {name: replace(plan, verdict=Verdict.KEEP) for name, plan in of.plans.items()}
    vars(of)["plans"] = kept
    exercises = of.knowledge.exercises.values()
    named = [
        e
        for e in exercises
        if (e.id if avoided == "exercise" else e.category) in {one.target for one in left}
    ]
    assert named
    assert [one.id for one in named if of.allowed(one.id)] == []


def test_r01_what_a_rule_leaves_out_is_never_allowed(concluding: Assessor) -> None:
    of = facts(concluding, BENDS | BUILD)
    out = [name for name, plan in of.plans.items() if plan.verdict is Verdict.AVOID]
    assert out
    assert [name for name in out if of.allowed(name)] == []


@PLACES
def test_r08_nothing_is_said_with_a_gap_in_it(concluding: Assessor, place: Place) -> None:
    every: tuple[dict[str, Value], ...] = (BENDS, BUILD, {"pain_worst": 8}, {"active": "no"})
    for given in every:
        told = json.dumps(
            session_form(build_session(facts(concluding, given, (), place)), concluding.knowledge)
        )
        words = json.loads(told)
        assert not [text for text in _texts(words) if "{" in text or "None" in text]


def _texts(told: object) -> list[str]:
    if isinstance(told, str):
        return [told]
    inside = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    return [text for one in inside for text in _texts(one)]


def test_r12_nothing_goes_back_into_a_direction_that_hurts(concluding: Assessor) -> None:
    hurts, free = (facts(concluding, given | BUILD) for given in (BENDS, {}))
    graded = [
        one
        for one in concluding.knowledge.exercises.values()
        if one.slot
        and hurts.session.slots[one.slot].graded
        and one.demands["flexion"] >= DEMANDING
    ]
    assert graded
    for one in graded:
        assert "flexion" in hurts.sensitive
        assert not hurts.allowed(one.id)
        assert free.allowed(one.id)


@pytest.mark.parametrize("said", ["pregnant", "birth", "might_be"])
def test_r20_who_is_pregnant_or_has_a_small_baby_walks(concluding: Assessor, said: str) -> None:
    session = build_session(facts(concluding, {"pregnant": said}, ("plank", "bench_press")))
    assert session.status is not Planning.PLANNED
    assert all(concluding.knowledge.exercises[one.exercise].light for one in session.items)


@PLACES
@pytest.mark.parametrize("question", BONES)
def test_r20_weak_bones_are_not_bent_far_nor_bent_and_turned(
    concluding: Assessor, question: str, place: Place
) -> None:
    assert question in concluding.knowledge.questions
    exercises = concluding.knowledge.exercises
    of = facts(concluding, BUILD | {question: "yes", "age": 70}, tuple(exercises), place)
    session = build_session(of)
    assert session.status is Planning.PLANNED
    assert not [one for one in faults(of, session) if one.startswith("R20")]
    named = {n for i in session.items for n in (i.exercise, i.easier, i.harder, i.instead)}
    for name in named - {None}:
        demands = exercises[name or ""].demands
        assert demands["flexion"] < HARDEST, name
        assert demands["impact"] < DEMANDING, name
        assert not (demands["flexion"] >= DEMANDING and demands["rotation"] >= DEMANDING), name


def test_r22_no_conditioning_is_said(concluding: Assessor) -> None:
    of = facts(concluding, BENDS | BUILD, (), Place.HOME)
    gait = frozenset(e.id for e in concluding.knowledge.exercises.values() if e.slot == "GA")
    session = build_session(replace(of, without=gait))
    part = next(phase for phase in session.phases if phase.phase is Phase.CONDITIONING)
    assert not part.minutes
    assert any("No conditioning" in line for line in session.says)
    assert not [one for one in faults(of, session) if one.startswith("R22")]
