"""Ladders: each begins easy, and no rung comes before a stage that lets it load so much."""

from __future__ import annotations

from dataclasses import replace

import pytest
from complete_clients import complete_clients

from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.session import Experience, Phase, Place, Planning, SessionInputs
from screening.session import build_session, exchange, facts_of

EASY, CARRIED = 1, 2  # the most a first rung may load any direction
EASILY_STIRRED: dict[str, Value] = {
    "bend_forward": "provokes",
    "sitting_slouched": "provokes",
    "pain_worst": 8,
}
SEEDS = range(5100, 5148)


def loads(knowledge: KnowledgeBase, name: str) -> int:
    return max(knowledge.exercises[name].demands.values(), default=0)


def test_every_ladder_begins_easy_and_every_rung_fits_its_stage(shipped: KnowledgeBase) -> None:
    assert shipped.session is not None
    stages = {stage.id: stage.demand for stage in shipped.session.stages}
    assert shipped.session.ladders
    for ladder in shipped.session.ladders:
        first = ladder.rungs[0].exercise
        carried = shipped.exercises[first].slot == "CA"
        assert loads(shipped, first) <= (CARRIED if carried else EASY), ladder.id
        for rung in ladder.rungs:
            assert loads(shipped, rung.exercise) <= stages[rung.stage], (ladder.id, rung.exercise)
        caps = [stages[rung.stage] for rung in ladder.rungs]
        assert caps == sorted(caps), ladder.id


def test_nothing_comes_before_its_rung(shipped: KnowledgeBase) -> None:
    """Of drawn clients: what is added, and what is named as easier, harder or instead."""
    assert shipped.session is not None
    concluding, seen = Assessor(shipped), 0
    caps = {stage.id: stage.demand for stage in shipped.session.stages}
    first: dict[str, int] = {}
    for rung in (rung for ladder in shipped.session.ladders for rung in ladder.rungs):
        first[rung.exercise] = min(caps[rung.stage], first.get(rung.exercise, caps[rung.stage]))
    for seed, case in zip(SEEDS, complete_clients(shipped, SEEDS), strict=True):
        inputs = SessionInputs(60, [*Place][seed % 3], Experience.YEARS)
        facts = facts_of(replace(case, programme=()), concluding, inputs)
        session = build_session(facts)
        if session.status is not Planning.PLANNED:
            continue
        for one in session.items:
            for name in filter(None, (one.exercise, one.easier, one.harder, one.instead)):
                assert first.get(name, 0) <= caps[session.stage], (seed, name)
                seen += name in first
    assert seen > len(SEEDS)


@pytest.mark.parametrize("place", Place)
def test_who_is_easily_stirred_up_gets_the_brace_or_no_core_at_all(
    shipped: KnowledgeBase, place: Place
) -> None:
    case = Case(with_harmless_rest(shipped, EASILY_STIRRED), ())
    facts = facts_of(case, Assessor(shipped), SessionInputs(45, place))
    for left, wanted in ((facts, ["abdominal_brace"]), (exchange(facts, "abdominal_brace"), [])):
        session = build_session(left)
        assert session.stage == "calm_stage"
        control = next(p for p in session.phases if p.phase is Phase.CONTROL)
        assert [one.exercise for one in control.items] == wanted
        conditioning = next(p for p in session.phases if p.phase is Phase.CONDITIONING)
        assert [one.exercise for one in conditioning.items] == ["treadmill_walk"]


def test_a_rung_of_a_later_stage_says_from_which_on_it_comes(shipped: KnowledgeBase) -> None:
    given: dict[str, Value] = {"pain_worst": 5, "duration_weeks": 9}
    inputs = SessionInputs(45, experience=Experience.YEARS)
    case = Case(with_harmless_rest(shipped, given), ("dumbbell_deadlift",))
    session = build_session(facts_of(case, Assessor(shipped), inputs))
    assert session.stage == "control_stage"
    (hinge,) = [line for line in session.ahead if line.startswith("Hinge:")]
    assert "from “build up” on" in hinge
