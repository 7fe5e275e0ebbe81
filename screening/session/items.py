"""One exercise of a session: how much, how hard, why, and what instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from screening.model.assessment import Planned
from screening.model.catalogue import Exercise
from screening.model.session import Because, SessionItem, SessionSlot, Work
from screening.model.vocabularies import DEMANDING, FromTo, Verdict
from screening.session.facts import SessionFacts

REP = 6  # seconds a repetition takes, done slowly
MORE_HOLDS = 3
LONGEST_HOLD = 10
METRES = 40  # seconds of a carry
MORE = 2  # repetitions of one step, where a stage gives one number
LIGHT = 3  # effort of warming up and of cooling down


def item(facts: SessionFacts, name: str, *, minutes: int = 0, slow: bool = False) -> SessionItem:
    """Return an exercise with its dose; `minutes` are those of one that fills its phase."""
    exercise, plan = facts.knowledge.exercises[name], facts.plans[name]
    slot = facts.session.slots[exercise.slot]
    work = facts.work(name)
    sets, amount, unit = _amount(exercise, work, minutes)
    effort = LIGHT if slow else facts.stage.conditioning if minutes else work.effort
    rest = _rest(exercise, work, unit)
    harder = (h for h in facts.knowledge.harder[name] if facts.allowed(h))
    made = SessionItem(
        exercise=name,
        slot=slot.id,
        changed=plan.verdict is Verdict.MODIFY or _own_form(facts, plan) is not None,
        sets=sets,
        amount=amount,
        unit=unit,
        effort=_effort(exercise, facts.effort(effort)),
        rest=rest if sets > 1 else 0,
        cues=_cues(facts, exercise, plan),
        easier=next((e for e in exercise.easier if facts.allowed(e)), None),
        harder=next(harder, None),
        instead=next(facts.easier_than(name), None),
        because=tuple(_because(facts, exercise)),
        minutes=float(minutes),
        load=_load(facts, exercise),
    )
    return made if minutes else timed(facts, _as_before(facts, made))


def timed(facts: SessionFacts, one: SessionItem) -> SessionItem:
    """Return an exercise with the minutes it takes."""
    exercise, slot = facts.knowledge.exercises[one.exercise], facts.session.slots[one.slot]
    return replace(one, minutes=_minutes(one, exercise, slot))


def top(facts: SessionFacts, one: SessionItem) -> int:
    """Return how many repetitions a set of an exercise comes to before there are more sets."""
    reps = facts.work(one.exercise).reps
    return reps.high if reps.low < reps.high else reps.high + MORE


def _as_before(facts: SessionFacts, made: SessionItem) -> SessionItem:
    """Return an exercise as it was done last time, and no more than this stage allows."""
    was = facts.before.get(made.exercise)
    if was is None or was.unit != made.unit:
        return made
    most = top(facts, made) if made.unit == "reps" else was.amount.high
    amount = FromTo(min(was.amount.low, most), min(was.amount.high, most))
    sets = min(was.sets, most_sets(facts, made))
    highest = min(made.effort.high, was.effort.high)
    effort = FromTo(min(made.effort.low, highest), highest)
    rest = made.rest if sets > 1 else 0
    return replace(made, sets=sets, amount=amount, effort=effort, rest=rest)


def _load(facts: SessionFacts, exercise: Exercise) -> str:
    """Return the weight to begin with, where the usual one is known; "" where it is not."""
    percent = facts.stage.load
    for one in facts.inputs.weights if percent else ():
        if one.exercise == exercise.id or facts.replacing.get(exercise.id) == one.exercise:
            kilos = one.kilos * percent // 100
            said = facts.session.lines["start_load"].text
            return said.format(kg=kilos, percent=percent, usual=one.kilos)
    return ""


def _cues(facts: SessionFacts, exercise: Exercise, plan: Planned) -> tuple[str, ...]:
    """Return two things to watch: first how it is changed, or done for now where that is less.

    Of what loads little the form of its kind comes second: it is hardly done otherwise.
    """
    if plan.verdict is Verdict.MODIFY and plan.instead:
        return (plan.instead, *exercise.cues)[:2]
    form = None if facts.stage.freely else facts.form(plan.exercise)
    if form is None:
        return exercise.cues[:2]
    first = plan.exercise in facts.own or exercise.loads >= DEMANDING
    at = 0 if first else 1
    return (*exercise.cues[:at], form[0], *exercise.cues[at:])[:2]


def _own_form(facts: SessionFacts, plan: Planned) -> tuple[str, str] | None:
    """Return how an own exercise is done for now, where rules offer its kind so, and the rule."""
    own = plan.exercise in facts.own and plan.verdict is Verdict.KEEP
    return facts.form(plan.exercise) if own and not facts.stage.freely else None


def _amount(exercise: Exercise, work: Work, minutes: int) -> tuple[int, FromTo, str]:
    """Return how often, how much and of what."""
    if minutes:
        return 1, FromTo(minutes, minutes), "minutes"
    dose = exercise.dose
    unit, usual = next(iter(dose.amounts.items())) if dose else ("reps", work.reps)
    loosens = _loosens(exercise)
    if unit == "reps":
        return work.sets, usual if loosens else work.reps, unit
    if _held(exercise):
        return work.holds, work.hold, unit
    if unit == "minutes":
        return 1, usual, unit
    fewest = dose.sets if dose and unit == "seconds" else None
    return min(work.sets, fewest.low if fewest else work.sets), usual, unit


def _loosens(exercise: Exercise) -> bool:
    return exercise.dose is not None and exercise.dose.effort.high <= LIGHT


def _held(exercise: Exercise) -> bool:
    """Tell whether an exercise is many short holds; a weight is held longer, and fewer times."""
    dose = exercise.dose
    usual = None if dose is None else dose.amounts.get("seconds")
    return usual is not None and usual.low <= LONGEST_HOLD and not _loosens(exercise)


def _rest(exercise: Exercise, work: Work, unit: str) -> int:
    """Return the seconds between sets: few between holds, none where it is hardly work."""
    if unit == "minutes" or _loosens(exercise):
        return 0
    return work.pause if _held(exercise) else work.rest


def most_sets(facts: SessionFacts, one: SessionItem) -> int:
    """Return how many sets, or holds, an exercise comes to at this stage."""
    work = facts.work(one.exercise)
    held = _held(facts.knowledge.exercises[one.exercise])
    return work.holds + MORE_HOLDS if held else work.most


def _effort(exercise: Exercise, most: int) -> FromTo:
    """Return the effort to begin with, held down by the strictest cap."""
    usual = exercise.dose.effort if exercise.dose else FromTo(most, most)
    return FromTo(min(usual.low, most), min(usual.high, most))


def _minutes(one: SessionItem, exercise: Exercise, slot: SessionSlot) -> float:
    """Return how long an exercise takes, in half minutes, rounded up."""
    work = {"reps": REP * one.amount.high, "metres": METRES, "minutes": 60 * one.amount.high}
    each = work.get(one.unit, one.amount.high + 2)
    sides = 2 if exercise.per_side else 1
    seconds = slot.setup + one.sets * each * sides + (one.sets - 1) * one.rest
    return ceil(seconds / 30) / 2


def _because(facts: SessionFacts, exercise: Exercise) -> Iterator[Because]:
    """Yield why an exercise is there: own, instead of an own one, offered, or for balance."""
    lines, plan = facts.session.lines, facts.plans[exercise.id]
    form = _own_form(facts, plan)
    if form is not None:
        yield Because(lines["own_form"].text.format(cue=form[0]), form[1])
        return
    if exercise.id in facts.own:
        said = "own_change" if plan.verdict is Verdict.MODIFY else "own_keep"
        yield Because(lines[said].text.format(cue=plan.instead), next(iter(plan.rules), None))
        return
    offered = facts.offered.get(exercise.category)
    replaced = facts.replacing.get(exercise.id)
    if replaced is not None:
        name = facts.knowledge.exercises[replaced].name
        rule = next(iter(facts.plans[replaced].rules), None)
        yield Because(lines["instead_of"].text.format(exercise=name), rule)
    elif offered is not None:
        title = facts.knowledge.categories[exercise.category].title
        rule = next(iter(offered.rules), None)
        yield Because(lines["category"].text.format(category=title), rule)
    else:
        title = facts.session.slots[exercise.slot].title
        yield Because(lines["balance"].text.format(slot=title))
    if plan.instead:
        yield Because(plan.instead, next(iter(plan.rules), None))
