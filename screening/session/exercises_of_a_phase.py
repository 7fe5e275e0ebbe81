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
        for name in facts.candidates(slot)[:1]:
            one = item(facts, name)
            if len(made) < count and whole([*made, one]) <= most:
                made.append(one)
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
            if whole([*made, one]) <= most and _one_hardest(facts, [*made, one]):
                made.append(one)
                break
    return made


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
    return max(facts.knowledge.exercises[name].demands.values(), default=0) >= HARDEST


def in_order(facts: SessionFacts, made: list[SessionItem]) -> list[SessionItem]:
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
    return in_order(facts, made[:-1])


def _clash(facts: SessionFacts, one: SessionItem, other: SessionItem) -> bool:
    """Tell whether two exercises load one direction clearly."""
    a, b = (facts.knowledge.exercises[i.exercise].demands for i in (one, other))
    return any(a[d] >= DEMANDING and b[d] >= DEMANDING for d in a)
