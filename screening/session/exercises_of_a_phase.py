"""Which exercises a phase holds, and in which order."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from math import ceil

from screening.model.session import SessionItem
from screening.model.vocabularies import DEMANDING
from screening.session.facts import HARDEST, SessionFacts
from screening.session.items import item

FAMILIES = ("legs", "pull", "push", "carry")
PRACTICE = 1  # the last rung at which an exercise is practice
BALANCED = 3  # families that have one exercise each before any has two


def whole(items: Iterable[SessionItem]) -> int:
    """Return how many minutes exercises take, rounded up."""
    return ceil(sum(one.minutes for one in items))


def filled(
    facts: SessionFacts, slots: tuple[str, ...], most: int, count: int
) -> list[SessionItem]:
    """Return one exercise for each slot, in order, while there is time."""
    count = facts.room(slots, count, grows=False)
    made: list[SessionItem] = []
    for slot in slots:
        ready = (item(facts, name) for name in facts.candidates(slot))
        fits = (one for one in ready if whole([*made, one]) <= most)
        if len(made) < count:
            made += itertools.islice(fits, 1)
    return made


def balanced(facts: SessionFacts, most: int, count: int) -> list[SessionItem]:
    """Return main exercises: the next is of the family that has the fewest, own ones first.

    One loads a direction most, and that is the client's own where there is one.
    """
    count = facts.room(facts.stage.main, count, grows=True)
    made: list[SessionItem] = []
    could = (name for slot in facts.stage.main for name in facts.candidates(slot))
    own_hardest = any(name in facts.own and hardest(facts, name) for name in could)
    open_ = list(facts.stage.main)
    while open_ and len(made) < count:
        slot = min(open_, key=lambda s: _next(facts, s, made))
        open_.remove(slot)
        for name in facts.candidates(slot):
            one = item(facts, name)
            if own_hardest and name not in facts.own and hardest(facts, name):
                continue
            fits = whole([*made, one]) <= most and _one_hardest(facts, [*made, one])
            if fits and _may_join(facts, made, one):
                made.append(one)
                break
    return made


def _may_join(facts: SessionFacts, made: list[SessionItem], one: SessionItem) -> bool:
    """Tell whether an exercise goes with others; the client's own waits for one in between."""
    if one.exercise in facts.own or _lined_up(facts, [*made, one]) is not None:
        return True
    return _lined_up(facts, made) is None and not any(
        _heavy(facts, one) & _heavy(facts, other) for other in made
    )


def _next(facts: SessionFacts, slot: str, made: list[SessionItem]) -> tuple[int, ...]:
    """Return how a slot is preferred: few of its family, the client's own, then by order."""
    family = facts.session.slots[slot].family
    many = sum(facts.session.slots[one.slot].family == family for one in made)
    best = next(iter(facts.candidates(slot)), "")
    carry = int(family == FAMILIES[-1] and many + len(made) < BALANCED)
    anew = int(bool(facts.before) and best not in facts.before)
    return (
        anew,
        many + carry,
        FAMILIES.index(family),
        int(best not in facts.own),
        _order(facts, slot),
    )


def _order(facts: SessionFacts, slot: str) -> int:
    return facts.stage.main.index(slot)


def _one_hardest(facts: SessionFacts, made: list[SessionItem]) -> bool:
    """Tell whether at most one exercise loads a direction most."""
    return sum(hardest(facts, one.exercise) for one in made) <= 1


def hardest(facts: SessionFacts, name: str) -> bool:
    """Tell whether an exercise loads a direction as much as any does."""
    return facts.knowledge.exercises[name].loads >= HARDEST


def in_order(facts: SessionFacts, made: list[SessionItem]) -> list[SessionItem]:
    """Return main exercises so that no two neighbours load one direction; else without the last.

    Before that: practice first, lower and upper body in turn, carries last.
    """
    line = _lined_up(facts, made)
    return in_order(facts, made[:-1]) if line is None else line


def _lined_up(facts: SessionFacts, made: list[SessionItem]) -> list[SessionItem] | None:
    """Return the first order that has no two neighbours of one direction; None without any."""
    slots, exercises = facts.session.slots, facts.knowledge.exercises
    legs = [one for one in made if slots[one.slot].family == FAMILIES[0]]
    legs.sort(key=lambda one: exercises[one.exercise].rung > PRACTICE)
    carries = [one for one in made if slots[one.slot].family == FAMILIES[-1]]
    others = [one for one in made if one not in legs and one not in carries]
    turns = itertools.chain.from_iterable(itertools.zip_longest(legs, others))
    wanted = [one for one in turns if one is not None] + carries
    heavy = [_heavy(facts, one) for one in wanted]
    order = _line(heavy, (), frozenset(range(len(wanted))), set())
    return None if order is None else [wanted[at] for at in order]


def _line(
    heavy: list[frozenset[str]],
    line: tuple[int, ...],
    left: frozenset[int],
    dead: set[tuple[int, frozenset[int]]],
) -> tuple[int, ...] | None:
    """Return a line with all that is left put behind it, in the first order that goes.

    `dead` are the ends of lines, with what was left, behind which no order goes.
    """
    if not left:
        return line
    for at in sorted(left):
        if (line and heavy[line[-1]] & heavy[at]) or (at, left) in dead:
            continue
        found = _line(heavy, (*line, at), left - {at}, dead)
        if found is not None:
            return found
        dead.add((at, left))
    return None


def _heavy(facts: SessionFacts, one: SessionItem) -> frozenset[str]:
    """Return the directions an exercise loads clearly."""
    demands = facts.knowledge.exercises[one.exercise].demands
    return frozenset(way for way, much in demands.items() if much >= DEMANDING)
