"""After a follow-up: one thing more after good sessions, nothing more or less after others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from session_faults import faults

from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest
from screening.model.assessment import Moved
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.session import (
    Experience,
    Held,
    Phase,
    Place,
    SessionInputs,
    TrainingSession,
    UsualWeight,
)
from screening.model.vocabularies import Pace
from screening.session import SessionFacts, build_session

HURTS: dict[str, Value] = {"bend_forward": "provokes", "sitting_slouched": "provokes"}
PROGRAMME = ("back_squat", "bench_press", "lat_pulldown", "sit_up", "deadlift", "rowing_machine")
WORKED = (Phase.CONTROL, Phase.MAIN)
TIMES = 12


def facts_of(knowledge: KnowledgeBase, inputs: SessionInputs, **more: Value) -> SessionFacts:
    case = Case(with_harmless_rest(knowledge, HURTS | more), tuple(knowledge.exercises))
    return SessionFacts.of(knowledge, Assessor(knowledge).preview(case), PROGRAMME, inputs)


def followed(facts: SessionFacts, last: tuple[Held, ...], pace: Pace) -> SessionFacts:
    """Return the facts after a follow-up that says so of some category."""
    moves = (Moved("walk", pace, ("two-good-sessions",)),)
    assessment = replace(facts.concluded.assessment, moves=moves)
    return replace(facts, last=last, concluded=replace(facts.concluded, assessment=assessment))


def done(session: TrainingSession) -> tuple[Held, ...]:
    return tuple(
        Held(one.exercise, one.sets, one.amount, one.unit, one.effort) for one in session.items
    )


def worked(session: TrainingSession) -> dict[str, tuple[int, int, int]]:
    return {
        one.exercise: (one.sets, one.amount.low, one.effort.high)
        for phase in session.phases
        for one in phase.items
        if phase.phase in WORKED
    }


@pytest.fixture(scope="module", params=[Place.GYM, Place.HOME], ids=str)
def facts(request: pytest.FixtureRequest, shipped: KnowledgeBase) -> SessionFacts:
    return facts_of(shipped, SessionInputs(place=request.param), pain_worst=4, duration_weeks=9)


def test_one_thing_is_more_after_each_good_follow_up(facts: SessionFacts) -> None:
    session, moves = build_session(facts), 0
    for _ in range(TIMES):
        later = followed(facts, done(session), Pace.PROGRESS)
        after = build_session(later)
        assert not [*faults(later, after)]
        one, two = worked(session), worked(after)
        new = two.keys() - one.keys()
        other = [name for name in one.keys() & two.keys() if one[name] != two[name]]
        assert len(new) + len(other) <= 1
        moves += len(new) + len(other)
        for name in other:
            steps = [b - a for a, b in zip(one[name], two[name], strict=True)]
            assert sum(step != 0 for step in steps) == 1
            assert max(steps) > 0
        assert after.moved
        session = after
    assert moves > TIMES // 3


@pytest.mark.parametrize("pace", [Pace.HOLD, Pace.REGRESS, Pace.STOP])
def test_nothing_is_more_after_any_other(facts: SessionFacts, pace: Pace) -> None:
    session = build_session(facts)
    before = worked(session)
    later = followed(facts, done(session), pace)
    after = worked(build_session(later))
    assert set(after) <= set(before)
    assert all(a <= b for name in after for a, b in zip(after[name], before[name], strict=True))
    backs = {i.exercise for i in session.items if facts.session.slots[i.slot].back}
    fewer = {name for name in after if after[name] != before[name]}
    assert fewer == (set() if pace is Pace.HOLD else backs & set(after))


def test_a_first_screening_has_no_last_time(facts: SessionFacts) -> None:
    session = build_session(facts)
    assert session.moved == ""
    assert session.one_step is not None


def test_a_milder_stage_makes_nothing_more_by_itself(shipped: KnowledgeBase) -> None:
    hurts = facts_of(shipped, SessionInputs(), pain_worst=5, duration_weeks=9)
    mild = facts_of(shipped, SessionInputs(), pain_worst=2, duration_weeks=9)
    before = build_session(hurts)
    after = build_session(followed(mild, done(before), Pace.HOLD))
    assert mild.stage.id != hurts.stage.id
    one, two = worked(before), worked(after)
    assert all(
        b <= a for name in one.keys() & two for a, b in zip(one[name], two[name], strict=True)
    )
    assert len(two) <= len(one)


def test_a_usual_weight_begins_at_half_while_building_up(shipped: KnowledgeBase) -> None:
    weights = (UsualWeight("bench_press", 80, 5),)
    inputs = SessionInputs(experience=Experience.YEARS, weights=weights)
    facts = facts_of(shipped, inputs, pain_worst=2, duration_weeks=20)
    (bench,) = (one for one in build_session(facts).items if one.exercise == "bench_press")
    assert bench.load == "Begin with 40 kg, 50 % of 80 kg."


def test_no_more_days_than_the_client_has(shipped: KnowledgeBase) -> None:
    facts = facts_of(shipped, SessionInputs(days=1), pain_worst=2, duration_weeks=20)
    assert build_session(facts).often == "One session like this a week."


def test_rungs_ahead_are_not_what_is_left_out(facts: SessionFacts) -> None:
    session = build_session(facts)
    assert session.road
    out = [facts.knowledge.exercises[n].name for n in ("deadlift", "sit_up")]
    assert session.ahead
    assert not any(f"next is {name}" in line for line in session.ahead for name in out)
