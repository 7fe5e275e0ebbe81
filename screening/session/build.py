"""From the facts to a session: gate, stage, slots, order, doses, minutes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import ceil

from screening.model.assessment import Progress
from screening.model.session import (
    LeftOut,
    Minutes,
    NextStep,
    PainClass,
    PainZone,
    Phase,
    Planning,
    SessionItem,
    SessionPhase,
    TrainingSession,
)
from screening.model.vocabularies import DEMANDING, FromTo, Level, Verdict
from screening.session.facts import HARDEST, SessionFacts
from screening.session.items import item

BOUTS = FromTo(3, 10)  # minutes of usual walking at a time, where walking is all that is left
MOST_MOBILITY = 2
MOST_HOME = 2
MOST_PAIN = 5
LAST_REST = 6
FAMILIES = ("legs", "pull", "push", "carry")
BALANCED = 3  # families that have one exercise each before any has two


def build_session(facts: SessionFacts, minutes: int) -> TrainingSession:
    """Return the session of so many minutes, or what holds it back."""
    status, by, says = _held(facts)
    whole = TrainingSession(minutes, facts.place, status, by, says)
    if status is Planning.WITHHELD:
        text = facts.session.lines["withheld"].text
        return replace(whole, says=(*says, text))
    table = _table(facts, minutes)
    if status is Planning.WALKING_ONLY:
        return _walking(facts, table, whole)
    return _planned(facts, table, whole)


def _held(facts: SessionFacts) -> tuple[Planning, tuple[str, ...], tuple[str, ...]]:
    """Return whether there is a session, the rules that hold it back, and what is said of it."""
    combined = facts.combined
    gates = tuple(gate.say for gate in facts.gates)
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
    home = [lines["walking_only"].text] if made else []
    return replace(whole, phases=phases, take_home=(*home, lines["stop_home"].text))


def _kept(facts: SessionFacts, name: str) -> bool:
    plan = facts.plans.get(name)
    return plan is not None and plan.verdict is not Verdict.AVOID and not plan.open


def _planned(facts: SessionFacts, table: Minutes, whole: TrainingSession) -> TrainingSession:
    """Return a session with its phases, and all that is said with them."""
    minutes = whole.minutes
    given = dict(zip(Phase, map(int, table.phases), strict=True))
    control = _filled(facts, facts.stage.control, given[Phase.CONTROL], table.control)
    main = _in_order(facts, _balanced(facts, given[Phase.MAIN], table.main))
    taken = {Phase.CONTROL: _whole(control), Phase.MAIN: _whole(main)}
    spare = minutes - sum(given.values()) + sum(given[p] - taken[p] for p in taken)
    cardio = next(iter(facts.candidates("GA")), None)
    easy = next((c for c in facts.candidates("GA") if facts.knowledge.exercises[c].light), None)
    at_end = Phase.CONDITIONING if cardio else Phase.COOL_DOWN
    length = {**given, **taken}
    if not cardio:
        length[Phase.COOL_DOWN] += length[Phase.CONDITIONING]
        length[Phase.CONDITIONING] = 0
    length[at_end] += spare
    made = {
        Phase.WARM_UP: _warm_up(facts, easy or cardio, given[Phase.WARM_UP]),
        Phase.CONTROL: control,
        Phase.MAIN: main,
        Phase.CONDITIONING: _steady(facts, cardio, length[Phase.CONDITIONING]),
        Phase.COOL_DOWN: _steady(facts, easy, length[Phase.COOL_DOWN], slow=True),
    }
    phases = tuple(SessionPhase(p, length[p], tuple(made.get(p, ()))) for p in Phase)
    items = [one for phase in phases for one in phase.items]
    pain = _pain_class(facts)
    return replace(
        whole,
        stage=facts.stage.id,
        phases=phases,
        pain_class=pain.id,
        pain=tuple(_zone(pain, rest) for rest in range(LAST_REST)),
        one_step=_step(facts, (*main, *control)),
        take_home=tuple(_take_home(facts, (*control, *main), easy, pain)),
        home=_at_home(facts, (*control, *main)),
        left_out=tuple(_left_out(facts, {one.exercise for one in items})),
        unfilled=tuple(_unfilled(facts, items)),
    )


def _whole(items: Iterable[SessionItem]) -> int:
    return ceil(sum(one.minutes for one in items))


def _filled(facts: SessionFacts, slots: Iterable[str], most: int, count: int) -> list[SessionItem]:
    """Return one exercise for each slot, in order, while there is time."""
    made: list[SessionItem] = []
    for slot in slots:
        for name in facts.candidates(slot)[:1]:
            one = item(facts, name)
            if len(made) < count and _whole([*made, one]) <= most:
                made.append(one)
    return made


def _balanced(facts: SessionFacts, most: int, count: int) -> list[SessionItem]:
    """Return main exercises: the next is of the family that has the fewest, own ones first."""
    made: list[SessionItem] = []
    open_ = list(facts.stage.main)
    while open_ and len(made) < count:
        slot = min(open_, key=lambda s: _next(facts, s, made))
        open_.remove(slot)
        for name in facts.candidates(slot):
            one = item(facts, name)
            if _whole([*made, one]) <= most and _one_hardest(facts, [*made, one]):
                made.append(one)
                break
    return made


def _next(facts: SessionFacts, slot: str, made: list[SessionItem]) -> tuple[int, int, int, int]:
    """Return how a slot is preferred: few of its family, the client's own, then by order."""
    family = facts.session.slots[slot].family
    many = sum(facts.session.slots[one.slot].family == family for one in made)
    best = next(iter(facts.candidates(slot)), "")
    carry = int(family == FAMILIES[-1] and many + len(made) < BALANCED)
    return many + carry, FAMILIES.index(family), int(best not in facts.own), _order(facts, slot)


def _order(facts: SessionFacts, slot: str) -> int:
    return facts.stage.main.index(slot)


def _one_hardest(facts: SessionFacts, made: list[SessionItem]) -> bool:
    """Tell whether at most one exercise loads a direction most."""
    exercises = (facts.knowledge.exercises[one.exercise] for one in made)
    return sum(max(e.demands.values(), default=0) >= HARDEST for e in exercises) <= 1


def _in_order(facts: SessionFacts, made: list[SessionItem]) -> list[SessionItem]:
    """Return main exercises so that no two neighbours load one direction; else without the last.

    Before that: practice first, lower and upper body in turn, carries last.
    """
    slots = facts.session.slots
    legs = [one for one in made if slots[one.slot].family == FAMILIES[0]]
    carries = [one for one in made if slots[one.slot].family == FAMILIES[-1]]
    others = [one for one in made if one not in legs and one not in carries]
    turns = itertools.chain.from_iterable(itertools.zip_longest(legs, others))
    wanted = [one for one in turns if one is not None] + carries
    for order in itertools.permutations(wanted):
        if not any(_clash(facts, a, b) for a, b in itertools.pairwise(order)):
            return list(order)
    return _in_order(facts, made[:-1])


def _clash(facts: SessionFacts, one: SessionItem, other: SessionItem) -> bool:
    """Tell whether two exercises load one direction clearly."""
    a, b = (facts.knowledge.exercises[i.exercise].demands for i in (one, other))
    return any(a[d] >= DEMANDING and b[d] >= DEMANDING for d in a)


def _warm_up(facts: SessionFacts, easy: str | None, minutes: int) -> list[SessionItem]:
    """Return easy walking, and movements that are offered to ease or to loosen."""
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
        if len(moves) < MOST_MOBILITY and _whole([*moves, one]) < minutes:
            moves.append(one)
    first = _steady(facts, easy, minutes - _whole(moves), slow=True)
    return [*first, *moves]


def _steady(
    facts: SessionFacts, name: str | None, minutes: int, *, slow: bool = False
) -> list[SessionItem]:
    return [item(facts, name, minutes=minutes, slow=slow)] if name and minutes > 0 else []


def _pain_class(facts: SessionFacts) -> PainClass:
    """Return the pain class of the limits concluded; the strictest where none is."""
    limits = {one.id: one.at_most for one in facts.concluded.assessment.limits}
    classes = facts.session.pain
    fitting = (one for one in classes if limits.get(one.limit, one.at_most + 1) <= one.at_most)
    return next(fitting, classes[0])


def _zone(pain: PainClass, rest: int) -> PainZone:
    """Return what pain during an exercise means with so much at rest.

    >>> [(_zone(PainClass("late", "", 5, 3, 5), rest).green) for rest in range(6)]
    [2, 3, 3, 3, 4, 5]
    """
    two_more = rest + 2
    green = max(rest, min(pain.green, two_more))
    amber = min(MOST_PAIN, max(green + 1, min(pain.amber, two_more)))
    return PainZone(rest, green, amber)


def _step(facts: SessionFacts, items: Iterable[SessionItem]) -> NextStep | None:
    """Return the one thing that is more next time: repetitions of the first that is not held."""
    for one in items:
        if one.unit == "reps":
            high = one.amount.high if one.amount.low < one.amount.high else one.amount.high + 2
            name = facts.knowledge.exercises[one.exercise].name
            said = {"exercise": name, "from": one.amount.low, "to": high, "unit": "repetitions"}
            text = facts.session.lines["step"].text.format(**said)
            return NextStep(one.exercise, one.amount.low, high, one.unit, text)
    return None


def _take_home(
    facts: SessionFacts, items: Iterable[SessionItem], walk: str | None, pain: PainClass
) -> Iterator[str]:
    """Yield what the client does until next time: five lines at most, each with its ground."""
    lines = facts.session.lines
    category = facts.knowledge.exercises[walk].category if walk else ""
    if category in facts.offered and not facts.experience:
        yield lines["walk_home"].text.format(minutes=10)
    exercises, home = facts.knowledge.exercises, _at_home(facts, items)
    if home:
        names = " and ".join(exercises[name].name for name in home)
        yield lines["exercises_home"].text.format(exercises=names[0].upper() + names[1:])
    yield lines["pain_home"].text.format(green=_zone(pain, 0).green)
    yield lines["stop_home"].text


def _at_home(facts: SessionFacts, items: Iterable[SessionItem]) -> tuple[str, ...]:
    """Return the exercises that need nothing, as many as the stage lets the client do alone."""
    most = 1 if facts.stage.easiest else MOST_HOME
    exercises = facts.knowledge.exercises
    return tuple(i.exercise for i in items if not exercises[i.exercise].equipment)[:most]


def _left_out(facts: SessionFacts, done: set[str]) -> Iterator[LeftOut]:
    """Yield the exercises of the programme that are not in the session, each with the reason."""
    for name in facts.own:
        if name in done:
            continue
        exercise, plan = facts.knowledge.exercises[name], facts.plans[name]
        if name in facts.without:
            yield LeftOut(name, "left out as asked")
        elif plan.verdict is Verdict.AVOID or facts.avoided(name):
            yield LeftOut(name, "left out for now", plan.rules)
        elif not facts.at_hand(exercise):
            yield LeftOut(name, "not at hand in this place")
        elif not exercise.slot:
            yield LeftOut(name, "done as usual, outside this session")
        elif not facts.allowed(name):
            yield LeftOut(name, "loads too much at this stage")
        else:
            yield LeftOut(name, "no room in this session")


def _unfilled(facts: SessionFacts, items: Iterable[SessionItem]) -> Iterator[str]:
    """Yield the categories offered none of whose exercises fits the place and the stage."""
    done = {facts.knowledge.exercises[one.exercise].category for one in items}
    for category in facts.offered:
        named = facts.knowledge.exercises_in.get(category, ())
        if category not in done and named and not any(map(facts.admitted, named)):
            yield category
