"""The worked hours of the reference: of a gardener, a runner and a lifter.

Where ours differ, docs/decisions/0173 says how and why.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from session_faults import faults

from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest
from screening.load.intake import load_intake
from screening.model.knowledge import KnowledgeBase
from screening.model.session import Experience, Phase, Place, SessionInputs, TrainingSession
from screening.model.vocabularies import FromTo
from screening.session import SessionFacts, build_session, facts_of

WORKED = Path(__file__).parent / "worked"


class Hour(NamedTuple):
    """What is said of the session, and what must come of it."""

    inputs: SessionInputs
    stage: str
    kept: set[str]
    changed: set[str]
    out: set[str]
    zones: tuple[int, int]


HOURS = {
    "gardener": Hour(
        SessionInputs(45, Place.GYM, Experience.SOME),
        "control_stage",
        {"bench_press", "lat_pulldown", "hinge_drill", "curl_up", "side_plank_knees"},
        {"back_squat"},
        {"deadlift", "sit_up", "rowing_machine"},
        (1, 2),
    ),
    "runner": Hour(
        SessionInputs(45, Place.BANDS, Experience.YEARS),
        "control_stage",
        {"pelvic_tilt", "side_plank_knees", "dumbbell_row"},
        {"plank", "hip_thrust", "push_up"},
        {"running", "overhead_press"},
        (2, 3),
    ),
    "lifter": Hour(
        SessionInputs(60, Place.GYM, Experience.YEARS),
        "build_stage",
        {"bench_press", "pull_up", "inverted_row"},
        {"deadlift"},
        {"back_squat", "bent_over_row", "overhead_press"},
        (2, 3),
    ),
}
NAMED = pytest.mark.parametrize("name", HOURS)


def built(shipped: KnowledgeBase, name: str) -> tuple[SessionFacts, TrainingSession]:
    told = load_intake(WORKED / f"{name}.yaml", shipped)
    answers = with_harmless_rest(shipped, told.answers)
    case = replace(told, answers=answers)
    facts = facts_of(case, Assessor(shipped), HOURS[name].inputs)
    return facts, build_session(facts)


@NAMED
def test_a_worked_hour_is_as_it_is_described(shipped: KnowledgeBase, name: str) -> None:
    hour, (facts, session) = HOURS[name], built(shipped, name)
    assert session.stage == hour.stage
    assert not [*faults(facts, session)]
    done = {one.exercise: one.changed for one in session.items}
    assert hour.kept <= {one for one, changed in done.items() if not changed}
    assert hour.changed <= {one for one, changed in done.items() if changed}
    left = {one.exercise for one in session.left_out}
    assert hour.out <= left
    assert left - hour.out <= {"lunge"}
    now = facts.concluded.answers["pain_now"]
    zone = session.pain[now if isinstance(now, int) else 0]
    assert (zone.green, zone.amber) == hour.zones


@NAMED
def test_the_main_part_is_filled_and_conditioning_is_not_the_rest_of_it(
    shipped: KnowledgeBase, name: str
) -> None:
    _, session = built(shipped, name)
    main = next(phase for phase in session.phases if phase.phase is Phase.MAIN)
    conditioning = next(phase for phase in session.phases if phase.phase is Phase.CONDITIONING)
    assert main.minutes > conditioning.minutes
    assert len(main.items) >= (5 if session.minutes > 45 else 3)


def test_practice_comes_first_and_the_walk_before_the_stretch(shipped: KnowledgeBase) -> None:
    _, session = built(shipped, "gardener")
    phases = {phase.phase: phase for phase in session.phases}
    assert phases[Phase.MAIN].items[0].exercise == "hinge_drill"
    warm = phases[Phase.WARM_UP].items
    assert warm[0].exercise == "treadmill_walk"
    assert warm[0].minutes >= sum(one.minutes for one in warm[1:])


@NAMED
def test_holds_are_short_and_many_with_little_rest(shipped: KnowledgeBase, name: str) -> None:
    _, session = built(shipped, name)
    for phase in session.phases:
        for one in phase.items:
            if phase.phase is Phase.CONTROL and one.unit == "seconds":
                assert one.sets >= 4
                assert one.rest <= 30


def test_what_goes_home_is_walking_the_client_does_not_do_yet(shipped: KnowledgeBase) -> None:
    first = {name: built(shipped, name)[1].take_home[0].line for name in HOURS}
    assert first["runner"] == "instead_home"
    assert not first["lifter"].startswith(("walk", "instead"))
    assert first["gardener"] in {"walk_home", "instead_home"}


def test_a_lift_that_comes_back_is_three_times_five_with_long_rests(
    shipped: KnowledgeBase,
) -> None:
    facts, session = built(shipped, "lifter")
    (lift,) = [one for one in session.items if one.exercise == "deadlift"]
    assert (lift.sets, lift.amount, lift.rest) == (3, FromTo(5, 5), 150)
    others = [one for one in session.items if one.unit == "reps" and one is not lift]
    assert all(one.amount.high > lift.amount.high for one in others)
    assert lift.effort.high <= facts.stage.back.effort


def test_a_drill_with_a_stick_is_told_nothing_of_weight(shipped: KnowledgeBase) -> None:
    """What a rule says of all of its kind is not said of what it does not fit."""
    _, session = built(shipped, "gardener")
    (drill,) = [one for one in session.items if one.exercise == "hinge_drill"]
    assert drill.cues == shipped.exercises["hinge_drill"].cues[:2]


@pytest.mark.parametrize("name", ["gardener", "runner", "lifter"])
def test_what_stands_for_an_exercise_is_not_done_as_well(
    shipped: KnowledgeBase, name: str
) -> None:
    _, session = built(shipped, name)
    done = {one.exercise for one in session.items}
    assert [one.instead for one in session.items if one.instead in done] == []


def test_a_stretch_of_one_leg_is_timed_for_both(shipped: KnowledgeBase) -> None:
    _, session = built(shipped, "gardener")
    warm = next(phase for phase in session.phases if phase.phase is Phase.WARM_UP)
    stretches = [one for one in warm.items if shipped.exercises[one.exercise].slot == "MO"]
    assert stretches
    for one in stretches:
        assert shipped.exercises[one.exercise].per_side
        assert one.minutes * 60 >= 2 * one.sets * one.amount.high
