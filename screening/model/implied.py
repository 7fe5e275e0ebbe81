"""Whether one condition holds whenever another does, as far as their form shows it.

A yes is certain; a no only says that it cannot be seen without a solver.
"""

from __future__ import annotations

from screening.model.expr import (
    All,
    AnyOf,
    AtLeast,
    Compare,
    Expr,
    Found,
    Is,
    Moves,
    Not,
)
from screening.model.rule import Rule, Unsure

NO_END = 10**9


def implies(one: Expr, other: Expr) -> bool:
    """Tell whether a condition is certainly true wherever another is, by its form.

    >>> implies(All((Is("a", "yes"), Is("b", "no"))), AnyOf((Is("b", "no"), Is("c", "no"))))
    True
    """
    return one == other or _whole(one, other) or _parts(one, other) or _leaf(one, other)


def _whole(one: Expr, other: Expr) -> bool:
    """Tell it by the parts of what is to hold."""
    match other:
        case All(parts):
            return bool(parts) and all(implies(one, part) for part in parts)
        case AnyOf(parts):
            return any(implies(one, part) for part in parts)
        case AtLeast(count, parts):
            return sum(implies(one, part) for part in parts) >= count
        case _:
            return False


def _parts(one: Expr, other: Expr) -> bool:
    """Tell it by the parts of what holds."""
    match one:
        case All(parts):
            return any(implies(part, other) for part in parts)
        case AnyOf(parts):
            return bool(parts) and all(implies(part, other) for part in parts)
        case _:
            return False


def _leaf(one: Expr, other: Expr) -> bool:
    """Tell it of two conditions that are no lists."""
    match one, other:
        case Found(name, strength), Found(same, least):
            return name == same and strength >= least
        case Compare(asked), Compare(again) if asked == again:
            low, high = _range(one)
            lowest, highest = _range(other)
            return lowest <= low and high <= highest
        case Moves(group, effect, count), Moves(wider, same_effect, fewer):
            return wider in (group, "") and effect is same_effect and count >= fewer
        case Is(name, answer), Not(Is(same, another)):
            return name == same and answer != another
        case Not(part), Not(wider_part):
            return implies(wider_part, part)
    return False


def _range(leaf: Expr) -> tuple[int, int]:
    """Return the numbers a comparison holds for, from the lowest to the highest."""
    if not isinstance(leaf, Compare):
        return -NO_END, NO_END
    match leaf.op:
        case ">=":
            return leaf.number, NO_END
        case ">":
            return leaf.number + 1, NO_END
        case "<=":
            return -NO_END, leaf.number
        case "<":
            return -NO_END, leaf.number - 1


def fires_with(one: Rule, other: Rule) -> bool:
    """Tell whether a rule certainly fires whenever another does, also on unknown answers."""
    ways = [Unsure.UNDECIDED if r.unknown is None else r.unknown.unsure for r in (one, other)]
    alike = ways[0] is Unsure.UNDECIDED or ways[0] is ways[1]
    return alike and implies(one.when, other.when)
