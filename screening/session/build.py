"""From the facts to a session: gate, stage, slots, order, doses, minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from screening.model.assessment import Progress
from screening.model.expr import named_questions
from screening.model.session import (
    HomeLine,
    Minutes,
    Phase,
    Planning,
    SessionGate,
    SessionItem,
    SessionPhase,
    TrainingSession,
)
from screening.model.vocabularies import FromTo, Level, Verdict
from screening.session.ahead import often, rungs_ahead
from screening.session.around import at_home, left_out, pain_class, take_home, unfilled, zone
from screening.session.exercises_of_a_phase import balanced, filled, in_order, whole
from screening.session.facts import SessionFacts
from screening.session.items import item
from screening.session.steps import moved, next_step

BOUTS = FromTo(3, 10)  # minutes of usual walking at a time, where walking is all that is left
MOST_MOBILITY = 2
LAST_REST = 6


def build_session(facts: SessionFacts) -> TrainingSession:
    """Return the next session, or what holds it back."""
    status, by, says = _held(facts)
    made = TrainingSession(facts.inputs.minutes, facts.place, status, by, says)
    if status is Planning.WITHHELD:
        text = facts.session.lines["withheld"].text
        return replace(made, says=(*says, text))
    table = _table(facts, made.minutes)
    if status is Planning.WALKING_ONLY:
        return _walking(facts, table, made)
    return _planned(facts, table, made)


def _held(facts: SessionFacts) -> tuple[Planning, tuple[str, ...], tuple[str, ...]]:
    """Return whether there is a session, the rules that hold it back, and what is said of it."""
    combined = facts.combined
    gates = tuple(dict.fromkeys(_gate_says(facts, gate) for gate in facts.gates))
    leaving = {gate.leaves for gate in facts.gates}
    clearance = combined.effects.clearance
    asked = () if clearance is None else clearance.rules
    if combined.blocked is not None:
        return Planning.WITHHELD, combined.blocked, tuple(_stopping(facts))
    if Planning.WITHHELD in leaving:
        return Planning.WITHHELD, asked, gates
    if combined.only_light or Planning.WALKING_ONLY in leaving:
        return Planning.WALKING_ONLY, combined.only_light or asked, (*_referred(facts), *gates)
    if facts.concluded.assessment.status is Progress.INCOMPLETE:
        return Planning.PLANNED, (), (*gates, facts.session.lines["still_open"].text)
    return Planning.PLANNED, (), gates


def _gate_says(facts: SessionFacts, gate: SessionGate) -> str:
    """Return what a gate says; nothing of the reason where that is a private answer."""
    asked = () if gate.when is None else named_questions(gate.when)
    questions = facts.knowledge.questions
    private = any(name in questions and questions[name].intimate for name in asked)
    return facts.session.lines["held_private"].text if private else gate.say


def _stopping(facts: SessionFacts) -> Iterator[str]:
    """Yield what comes before any exercise: what to do now, or the questions to answer first."""
    yield from _referred(facts)
    open_ = facts.combined.unasked_emergencies
    if open_:
        named = ", ".join(facts.knowledge.questions[name].short for name in open_)
        yield facts.session.lines["answer_first"].text.format(questions=named)


def _referred(facts: SessionFacts) -> Iterator[str]:
    """Yield what a referral within days or sooner asks for."""
    level = facts.combined.effects.level
    if level >= Level.WITHIN_DAYS and not facts.combined.lifted:
        yield facts.knowledge.levels[level].act


def _table(facts: SessionFacts, minutes: int) -> Minutes:
    """Return the longest table that fits; what is left over is conditioning."""
    fitting = [one for one in facts.stage.lengths if one.length <= minutes]
    return fitting[-1] if fitting else facts.stage.lengths[0]


def _walking(facts: SessionFacts, table: Minutes, whole: TrainingSession) -> TrainingSession:
    """Return a session that leaves usual walking only."""
    first, *_, last = map(int, table.phases)
    left = whole.minutes - first - last
    walks = (
        e for e in facts.knowledge.exercises.values() if e.light and e.id not in facts.without
    )
    free = [e.id for e in walks if not facts.avoided(e.id) and _kept(facts, e.id)]
    whole_time = (item(facts, name, minutes=left, slow=True) for name in free[:1])
    made = tuple(replace(one, amount=BOUTS) for one in whole_time)
    parts = {Phase.CHECK_IN: first, Phase.CONDITIONING: left, Phase.TAKE_HOME: last}
    phases = tuple(
        SessionPhase(p, parts.get(p, 0), made if p is Phase.CONDITIONING else ()) for p in Phase
    )
    lines = facts.session.lines
    said = ("walking_only", "stop_home") if made else ("stop_home",)
    home = tuple(HomeLine(one, lines[one].text) for one in said)
    return replace(whole, phases=phases, take_home=home)


def _kept(facts: SessionFacts, name: str) -> bool:
    plan = facts.plans.get(name)
    return plan is not None and plan.verdict is not Verdict.AVOID and not plan.open


def _planned(facts: SessionFacts, table: Minutes, made: TrainingSession) -> TrainingSession:
    """Return a session with its phases, and all that is said with them."""
    given = dict(zip(Phase, map(int, table.phases), strict=True))
    control = filled(facts, facts.stage.control, given[Phase.CONTROL], table.control)
    main = in_order(facts, balanced(facts, given[Phase.MAIN], table.main))
    control, main, said = moved(facts, control, main, (given[Phase.CONTROL], given[Phase.MAIN]))
    phases = _with_others_instead(facts, tuple(_phases(facts, made.minutes, given, control, main)))
    items = [one for phase in phases for one in phase.items]
    pain, lines = pain_class(facts), facts.session.lines
    steady = any(phase.phase is Phase.CONDITIONING and phase.items for phase in phases)
    easy = next((c for c in facts.candidates("GA") if facts.knowledge.exercises[c].light), None)
    return replace(
        made,
        says=made.says if steady else (*made.says, lines["no_conditioning"].text),
        stage=facts.stage.id,
        phases=phases,
        pain_class=pain.id,
        pain=tuple(zone(pain, rest) for rest in range(LAST_REST)),
        one_step=next_step(facts, (*main, *control)),
        take_home=tuple(take_home(facts, (*control, *main), easy, pain)),
        home=at_home(facts, (*control, *main)),
        left_out=tuple(left_out(facts, {one.exercise for one in items})),
        unfilled=tuple(unfilled(facts, items)),
        moved=said,
        ahead=tuple(rungs_ahead(facts, main)),
        road=facts.stage.road,
        often=often(facts),
    )


def _with_others_instead(
    facts: SessionFacts, phases: tuple[SessionPhase, ...]
) -> tuple[SessionPhase, ...]:
    """Return phases in which nothing stands for an exercise that is done as well."""
    done = {one.exercise for phase in phases for one in phase.items}

    def apart(one: SessionItem) -> SessionItem:
        others = (name for name in facts.easier_than(one.exercise) if name not in done)
        return replace(one, instead=next(others, None)) if one.instead in done else one

    return tuple(replace(phase, items=tuple(map(apart, phase.items))) for phase in phases)


def _phases(
    facts: SessionFacts,
    minutes: int,
    given: dict[Phase, int],
    control: list[SessionItem],
    main: list[SessionItem],
) -> Iterator[SessionPhase]:
    """Yield the phases in order: what control and main leave over is conditioning."""
    taken = {Phase.CONTROL: whole(control), Phase.MAIN: whole(main)}
    spare = minutes - sum(given.values()) + sum(given[p] - taken[p] for p in taken)
    easy = next((c for c in facts.candidates("GA") if facts.knowledge.exercises[c].light), None)
    cardio = _cardio(facts, easy)
    length = {**given, **taken}
    if not cardio:
        length[Phase.COOL_DOWN] += length[Phase.CONDITIONING]
        length[Phase.CONDITIONING] = 0
    length[Phase.CONDITIONING if cardio else Phase.COOL_DOWN] += spare
    made = {
        Phase.WARM_UP: _warm_up(facts, easy or cardio, given[Phase.WARM_UP]),
        Phase.CONTROL: control,
        Phase.MAIN: main,
        Phase.CONDITIONING: _steady(facts, cardio, length[Phase.CONDITIONING]),
        Phase.COOL_DOWN: _steady(facts, easy, length[Phase.COOL_DOWN], slow=True),
    }
    return (SessionPhase(p, length[p], tuple(made.get(p, ()))) for p in Phase)


def _cardio(facts: SessionFacts, easy: str | None) -> str | None:
    """Return what fills conditioning: own or for an own one, else walking where it is offered."""
    best = next(iter(facts.candidates("GA")), None)
    wanted = best in facts.own or best in facts.replacing
    walks = easy is not None and facts.knowledge.exercises[easy].category in facts.offered
    return easy if walks and not wanted else best


def _warm_up(facts: SessionFacts, easy: str | None, minutes: int) -> list[SessionItem]:
    """Return easy walking, then for half of the time what is offered to ease or to loosen."""
    wanted = [s.id for s in facts.session.slots.values() if s.phase is Phase.WARM_UP]
    offered = [
        name
        for slot in wanted
        for name in facts.candidates(slot)
        if facts.knowledge.exercises[name].category in facts.offered
    ]
    moves: list[SessionItem] = []
    for name in offered:
        one = item(facts, name)
        if len(moves) < MOST_MOBILITY and whole([*moves, one]) <= minutes / 2:
            moves.append(one)
    first = _steady(facts, easy, minutes - whole(moves), slow=True)
    return [*first, *moves]


def _steady(
    facts: SessionFacts, name: str | None, minutes: int, *, slow: bool = False
) -> list[SessionItem]:
    return [item(facts, name, minutes=minutes, slow=slow)] if name and minutes > 0 else []
