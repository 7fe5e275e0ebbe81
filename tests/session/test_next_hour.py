"""The next hour: what must hold of it for anybody, anywhere, however long."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import pytest
from complete_clients import complete_clients

from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest
from screening.model.case import Case
from screening.model.catalogue import Exercise
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.session import Phase, Place, Planning, SessionInputs, TrainingSession
from screening.model.vocabularies import DEMANDING, Level, Verdict
from screening.session import SessionFacts, build_session, exchange

LENGTHS = (30, 45, 60, 75)
SEEDS = range(90)
EMPTY = {Phase.CHECK_IN, Phase.TAKE_HOME}


class Built(NamedTuple):
    """A client's session, and what it was built from."""

    facts: SessionFacts
    session: TrainingSession


def facts_of(case: Case, assessor: Assessor, place: Place) -> SessionFacts:
    everything = tuple(assessor.knowledge.exercises)
    made = assessor.preview(replace(case, programme=everything))
    return SessionFacts.of(assessor.knowledge, made, case.programme, SessionInputs(place=place))


@pytest.fixture(scope="module")
def sessions(shipped: KnowledgeBase) -> list[Built]:
    """Return a session for each of many clients, in each place and of each length in turn."""
    assessor, found = Assessor(shipped), []
    kinds = itertools.cycle(itertools.product(Place, LENGTHS))
    for case, (place, minutes) in zip(complete_clients(shipped, SEEDS), kinds, strict=False):
        facts = facts_of(case, assessor, place)
        facts = replace(facts, inputs=SessionInputs(minutes, place))
        found.append(Built(facts, build_session(facts)))
    return found


def here(facts: SessionFacts, exercise: Exercise) -> bool:
    """Tell from the catalogue alone whether one thing of each choice is where the session is."""
    for choice in exercise.equipment:
        things = [facts.knowledge.equipment[name] for name in choice]
        places = [{"gym": one.gym, "home": one.home, "bands": one.bands} for one in things]
        if not any(place[facts.place.value] for place in places):
            return False
    return True


def planned(sessions: list[Built]) -> Iterator[Built]:
    return (one for one in sessions if one.session.status is Planning.PLANNED)


def test_there_are_sessions_of_every_kind(sessions: list[Built]) -> None:
    assert {one.session.status for one in sessions} == set(Planning)
    assert len({one.session.stage for one in planned(sessions)}) > 2
    assert len(list(planned(sessions))) > len(SEEDS) // 4


def test_phases_are_in_order_and_make_the_length(sessions: list[Built]) -> None:
    for _, session in sessions:
        if session.status is Planning.WITHHELD:
            assert session.phases == ()
            continue
        assert [phase.phase for phase in session.phases] == list(Phase)
        assert sum(phase.minutes for phase in session.phases) == session.minutes
        assert all(not phase.items for phase in session.phases if phase.phase in EMPTY)


def test_exercises_fit_their_phase(sessions: list[Built]) -> None:
    for _, session in planned(sessions):
        for phase in session.phases:
            assert sum(one.minutes for one in phase.items) <= phase.minutes


def test_nothing_left_out_or_withheld_is_in_it_nor_named_as_another(sessions: list[Built]) -> None:
    for facts, session in sessions:
        assessment = facts.concluded.assessment
        avoided = {(a.kind, a.target) for a in assessment.avoid}
        withheld = {w.target for w in assessment.withheld}
        for one in session.items:
            for name in filter(None, (one.exercise, one.easier, one.harder, one.instead)):
                category = facts.knowledge.exercises[name].category
                assert ("exercise", name) not in avoided
                assert ("category", category) not in avoided
                assert facts.plans[name].verdict is not Verdict.AVOID
                assert name in facts.own or category not in withheld


def test_an_alternative_is_milder_where_it_hurts_and_at_hand(sessions: list[Built]) -> None:
    for facts, session in planned(sessions):
        for one in session.items:
            assert one.instead != one.exercise
            if one.instead is not None:
                ours, theirs = (facts.knowledge.exercises[n] for n in (one.exercise, one.instead))
                assert all(theirs.demands[d] <= ours.demands[d] for d in facts.sensitive)
                assert here(facts, theirs)


def test_every_exercise_says_how_much_how_and_why(sessions: list[Built]) -> None:
    for facts, session in sessions:
        for one in session.items:
            assert one.sets > 0
            assert one.cues
            assert one.because
            assert all(why.reason for why in one.because)
            rules = [why.rule for why in one.because if why.rule]
            assert set(rules) <= set(facts.knowledge.rules) & set(session.rules)


def test_a_changed_exercise_says_first_how_it_is_changed(sessions: list[Built]) -> None:
    changed = [(facts, one) for facts, session in sessions for one in session.items if one.changed]
    assert changed
    for facts, one in changed:
        plan, form = facts.plans[one.exercise], facts.form(one.exercise)
        if plan.verdict is Verdict.MODIFY:
            assert one.cues[0] == plan.instead
        else:
            assert form is not None
            assert one.cues[0] == form[0]


def test_effort_is_never_above_the_strictest_cap(sessions: list[Built]) -> None:
    for facts, session in planned(sessions):
        stage = facts.stage
        for phase in session.phases:
            for one in phase.items:
                work = stage.back if facts.session.slots[one.slot].back else stage.other
                most = (
                    max(stage.conditioning, work.effort) if one.unit == "minutes" else work.effort
                )
                assert one.effort.high <= facts.effort(most)


def test_effort_stays_below_that_of_a_gate(shipped: KnowledgeBase) -> None:
    given: dict[str, Value] = {
        "heart_kidney": "disease",
        "cleared": "no",
        "active": "yes",
        "duration_weeks": 20,
    }
    case = Case(with_harmless_rest(shipped, given), ("back_squat", "bench_press"))
    facts = facts_of(case, Assessor(shipped), Place.GYM)
    (gate,) = (gate for gate in facts.gates if gate.effort)
    session = build_session(replace(facts, inputs=SessionInputs(60)))
    assert facts.stage.other.effort > gate.effort
    assert max(one.effort.high for one in session.items) == gate.effort


def test_an_added_exercise_loads_no_more_than_the_stage_allows(sessions: list[Built]) -> None:
    for facts, session in planned(sessions):
        for one in session.items:
            exercise = facts.knowledge.exercises[one.exercise]
            if one.exercise not in facts.own:
                assert max(exercise.demands.values()) <= facts.stage.demand
                assert not exercise.own_only
            assert here(facts, exercise)


def test_neighbours_do_not_load_one_direction(sessions: list[Built]) -> None:
    for facts, session in planned(sessions):
        main = next(p for p in session.phases if p.phase is Phase.MAIN).items
        for one, other in itertools.pairwise(main):
            a, b = (facts.knowledge.exercises[i.exercise].demands for i in (one, other))
            assert not any(a[d] >= DEMANDING and b[d] >= DEMANDING for d in a)


def test_legs_pull_and_push_are_there_where_anything_is_left_of_them(
    sessions: list[Built],
) -> None:
    for facts, session in planned(sessions):
        if session.minutes < 45:
            continue
        main = next(p for p in session.phases if p.phase is Phase.MAIN).items
        slots = facts.session.slots
        families = {slots[one.slot].family for one in main}
        open_ = {slots[s].family for s in facts.stage.main if facts.candidates(s)} - {"carry"}
        assert len(families & {"legs", "pull", "push"}) >= min(len(open_), len(main))


def test_a_programme_exercise_is_in_it_or_its_absence_is_explained(sessions: list[Built]) -> None:
    for facts, session in planned(sessions):
        done = {one.exercise for one in session.items}
        said = {one.exercise for one in session.left_out}
        assert set(facts.own) == (done & set(facts.own)) | said
        assert not done & said


def test_pain_numbers_never_rise_above_five_and_go_with_the_pain_at_rest(
    sessions: list[Built],
) -> None:
    for _, session in planned(sessions):
        assert [zone.rest for zone in session.pain] == list(range(6))
        assert all(zone.rest <= zone.green <= 5 and zone.amber <= 5 for zone in session.pain)


def test_only_walking_within_days_and_nothing_sooner(sessions: list[Built]) -> None:
    for facts, session in sessions:
        level = facts.concluded.assessment.referral.level
        if level >= Level.SAME_DAY:
            assert session.status is Planning.WITHHELD
        if level is Level.WITHIN_DAYS:
            assert session.status is not Planning.PLANNED
        if session.status is not Planning.PLANNED:
            assert all(facts.knowledge.exercises[i.exercise].light for i in session.items)


def test_an_unanswered_emergency_question_withholds_it(shipped: KnowledgeBase) -> None:
    assessor, harmless = Assessor(shipped), with_harmless_rest(shipped, {})
    for question in (q for q in shipped.emergency_questions if q in harmless):
        answers = {name: value for name, value in harmless.items() if name != question}
        facts = facts_of(Case(answers), assessor, Place.GYM)
        session = build_session(facts)
        assert session.status is Planning.WITHHELD
        assert shipped.questions[question].short in " ".join(session.says)


def test_at_most_five_lines_and_two_exercises_go_home(sessions: list[Built]) -> None:
    for facts, session in sessions:
        assert len(session.take_home) <= 5
        names = [facts.knowledge.exercises[i.exercise].name.lower() for i in session.items]
        home = " ".join(one.text for one in session.take_home).lower()
        assert sum(name in home for name in dict.fromkeys(names)) <= 4  # walking, and words within


def test_the_same_client_gets_the_same_session(sessions: list[Built]) -> None:
    for facts, session in sessions[:20]:
        backwards = dict(reversed([*facts.concluded.answers.items()]))
        again = replace(facts, concluded=replace(facts.concluded, answers=backwards))
        assert build_session(again) == session


def test_leaving_out_never_reaches_what_is_avoided_and_ends(sessions: list[Built]) -> None:
    for facts, session in list(planned(sessions))[:6]:
        left, now = facts, session
        while now.items:
            gone = now.items[-1].exercise
            left = exchange(left, gone)
            now = build_session(left)
            names = {n for i in now.items for n in (i.exercise, i.instead, i.easier, i.harder)}
            assert not names & left.without
            assert all(left.plans[n].verdict is not Verdict.AVOID for n in names if n)
        assert sum(phase.minutes for phase in now.phases) == session.minutes
