"""What is otherwise than last time: one thing more after good sessions, less after bad ones."""

from __future__ import annotations

from collections.abc import Collection, Container
from dataclasses import replace

from screening.model.session import NextStep, SessionItem
from screening.model.vocabularies import FromTo, Pace
from screening.session.exercises_of_a_phase import in_order, whole
from screening.session.facts import SessionFacts
from screening.session.items import LONGEST_HOLD, item, most_sets, timed, top

FEWER = 2  # repetitions, or seconds of a hold

Items = list[SessionItem]


def moved(
    facts: SessionFacts, control: Items, main: Items, room: tuple[int, int]
) -> tuple[Items, Items, str]:
    """Return the exercises with what follows from the follow-up, and that in words.

    `room` are the minutes there are for each of both.
    """
    if not facts.before:
        return control, main, ""
    lines = facts.session.lines
    match facts.pace:
        case Pace.PROGRESS:
            said = _added(facts, main)
            if not said:
                return _one_more(facts, control, main, room)
            return control, main, said
        case Pace.REGRESS | Pace.STOP:
            less = {one.exercise: _less(facts, one) for one in (*control, *main)}
            changed = [n for n, one in less.items() if one not in (*control, *main)]
            names = ", ".join(facts.knowledge.exercises[name].name for name in changed)
            said = lines["lowered" if changed else "held"].text.format(exercises=names)
            return [less[i.exercise] for i in control], [less[i.exercise] for i in main], said
        case _:
            return control, main, lines["held"].text


def _added(facts: SessionFacts, main: Items) -> str:
    """Return what is said of an exercise more than last time; "" where there is none."""
    had = facts.room(facts.stage.main, len(main), grows=False)
    new = [one for one in main if one.exercise not in facts.before]
    return _said(facts, new[-1], "is new") if new and len(main) > had else ""


def _said(facts: SessionFacts, one: SessionItem, what: str) -> str:
    name = facts.knowledge.exercises[one.exercise].name
    return facts.session.lines["moved"].text.format(exercise=name, what=what)


def _one_more(
    facts: SessionFacts, control: Items, main: Items, room: tuple[int, int]
) -> tuple[Items, Items, str]:
    """Return the exercises with one step more for the one that has come least far."""
    items = [one for one in (*main, *control) if one.exercise in facts.before]
    doing = {one.exercise for one in (*main, *control)}
    for one in sorted(items, key=lambda i: _far(facts, i)):
        step = harder(facts, one, doing)
        if step is None:
            continue
        more, what = step
        first, second = ([more if i is one else i for i in p] for p in (control, main))
        if whole(first) <= room[0] and whole(second) <= room[1]:
            return first, in_order(facts, second), _said(facts, one, what)
    return control, main, facts.session.lines["held"].text


def _far(facts: SessionFacts, one: SessionItem) -> int:
    """Return how many steps an exercise has gone from where it begins."""
    start = item(facts.afresh, one.exercise)
    return (one.sets - start.sets) * FEWER + one.amount.low - start.amount.low


def harder(
    facts: SessionFacts, one: SessionItem, doing: Container[str]
) -> tuple[SessionItem, str] | None:
    """Return an exercise one step on, and the step: amount, then sets, then the next rung.

    None where it is as far as it goes here, fills its phase, or would be one that is in `doing`.
    """
    if one.unit == "minutes":
        return None
    most = top(facts, one)
    if one.unit == "reps" and one.amount.low < most:
        amount = FromTo(most, most)
        return timed(facts, replace(one, amount=amount)), f"{most} repetitions a set"
    if one.sets < most_sets(facts, one):
        sets = "holds" if one.unit == "seconds" else "sets"
        return timed(facts, replace(one, sets=one.sets + 1)), f"{one.sets + 1} {sets}"
    if one.unit == "seconds" and one.amount.high < LONGEST_HOLD and not _loosens(one):
        longer = min(LONGEST_HOLD, one.amount.high + FEWER)
        held = replace(one, amount=FromTo(longer, longer))
        return timed(facts, held), f"holds of {longer} seconds"
    if one.harder is not None and one.harder not in doing and facts.admitted(one.harder):
        name = facts.knowledge.exercises[one.harder].name
        return item(facts, one.harder), f"becomes {name}"
    return None


def _loosens(one: SessionItem) -> bool:
    return one.amount.high > LONGEST_HOLD


def _less(facts: SessionFacts, one: SessionItem) -> SessionItem:
    """Return an exercise that loads the back with one step less, as nobody said which it was."""
    if not facts.session.slots[one.slot].back or one.exercise not in facts.before:
        return one
    if one.sets > 1:
        return timed(
            facts, replace(one, sets=one.sets - 1, rest=one.rest if one.sets > FEWER else 0)
        )
    fewer = max(1, one.amount.low - FEWER)
    return timed(facts, replace(one, amount=FromTo(fewer, fewer)))


def next_step(facts: SessionFacts, items: Collection[SessionItem]) -> NextStep | None:
    """Return the one thing that is more next time, if two sessions go well."""
    doing = {one.exercise for one in items}
    for one in sorted(items, key=lambda i: _far(facts, i)):
        step = harder(facts, one, doing)
        if step is not None:
            more, what = step
            name = facts.knowledge.exercises[one.exercise].name
            text = facts.session.lines["step"].text.format(exercise=name, what=what)
            return NextStep(more.exercise, more.sets, more.amount, more.unit, text)
    return None
