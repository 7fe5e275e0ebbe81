"""Mistakes in how conditions are put together: one left out, `any` for `all`, a `not` lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from screening.model.expr import All, AnyOf, AtLeast, Expr, Not
from screening.mutation.operators.mutant import Changed
from screening.mutation.operators.names import listed, written

Change = Callable[[Expr], Iterator[Changed]]


def somewhere(expr: Expr, change: Change) -> Iterator[Changed]:
    """Yield a condition with one of its places changed, from the outside in, left to right.

    >>> from screening.model.expr import Is
    >>> [name for name, _ in somewhere(Not(Is("a", "yes")), not_lost)]
    ['no not: a is yes']
    """
    yield from change(expr)
    match expr:
        case Not(part):
            for name, inner in somewhere(part, change):
                yield name, Not(inner)
        case All(parts) | AnyOf(parts) | AtLeast(_, parts):
            for place, part in enumerate(parts):
                for name, inner in somewhere(part, change):
                    yield name, _with_parts(expr, (*parts[:place], inner, *parts[place + 1 :]))
        case _:
            return


def _with_parts(expr: All | AnyOf | AtLeast, parts: tuple[Expr, ...]) -> Expr:
    match expr:
        case All():
            return All(parts)
        case AnyOf():
            return AnyOf(parts)
        case AtLeast(count):
            return AtLeast(count, parts)


def left_out(expr: Expr) -> Iterator[Changed]:
    """Yield several conditions without one of them; of a count at most all are still needed."""
    match expr:
        case All(parts) | AnyOf(parts) | AtLeast(_, parts) if len(parts) > 1:
            for place, part in enumerate(parts):
                rest = (*parts[:place], *parts[place + 1 :])
                less = (
                    AtLeast(min(expr.count, len(rest)), rest)
                    if isinstance(expr, AtLeast)
                    else _with_parts(expr, rest)
                )
                yield f"without {written(part)}", less
        case _:
            return


def swapped(expr: Expr) -> Iterator[Changed]:
    """Yield `any` for `all`, `all` for `any`, and a count that is one off."""
    match expr:
        case All(parts) if len(parts) > 1:
            yield f"any for all {listed(parts)}", AnyOf(parts)
        case AnyOf(parts) if len(parts) > 1:
            yield f"all for any {listed(parts)}", All(parts)
        case AtLeast(count, parts):
            for other in (count - 1, count + 1):
                if 1 <= other <= len(parts):
                    yield f"{other} for {written(expr)}", AtLeast(other, parts)
        case _:
            return


def not_lost(expr: Expr) -> Iterator[Changed]:
    """Yield a condition whose `not` was forgotten."""
    if isinstance(expr, Not):
        yield f"no not: {written(expr.part)}", expr.part
