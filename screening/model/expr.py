"""Conditions: leaves over answers and findings, and trees of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from screening.errors import assert_never
from screening.model.score import Score
from screening.model.vocabularies import Effect, Strength

Comparison = Literal[">=", "<=", ">", "<"]
OPPOSITE: Mapping[Comparison, Comparison] = MappingProxyType(
    {">=": "<", "<": ">=", "<=": ">", ">": "<="}
)
"""The comparison that holds of a number exactly where the other does not."""


@dataclass(frozen=True, slots=True)
class Is:
    """`QUESTION is ANSWER`."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Compare:
    """`QUESTION >= NUMBER`, in the question's unit; `parameter` is the number's name, if any."""

    question: str
    op: Comparison
    number: int
    parameter: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class IsUnknown:
    """`QUESTION is unknown`: asked, and not known or not said."""

    question: str


@dataclass(frozen=True, slots=True)
class Found:
    """`FINDING is STRENGTH`: found at this strength or a higher one."""

    finding: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Moves:
    """`at least N GROUP movements EFFECT`; an empty group means every movement."""

    group: str
    effect: Effect
    at_least: int


@dataclass(frozen=True, slots=True)
class Reaches:
    """`SCORE >= NUMBER`: the sum is so many points or more; `parameter` names the number.

    It holds what the score sums, so that a condition means something by itself.
    """

    score: Score
    points: int
    parameter: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; true when empty."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; false when empty."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Expr


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `count` of the parts hold."""

    count: int
    parts: tuple[Expr, ...]


Leaf = Is | Compare | IsUnknown | Found | Moves | Reaches
Expr = Is | Compare | IsUnknown | Found | Moves | Reaches | All | AnyOf | Not | AtLeast


def leaves(expr: Expr) -> Iterator[Leaf]:
    """Yield the leaves of a condition, left to right.

    >>> [leaf.question for leaf in leaves(Not(All((Is("a", "yes"), Is("b", "no")))))]
    ['a', 'b']
    """
    match expr:
        case Not(part):
            yield from leaves(part)
        case All(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from leaves(part)
        case _:
            yield expr


def named_questions(expr: Expr) -> tuple[str, ...]:
    """Return the questions a condition names or sums (not those behind groups), in order."""
    named = (name for leaf in leaves(expr) for name in _named(leaf))
    return tuple(dict.fromkeys(named))


def _named(leaf: Leaf) -> tuple[str, ...]:
    match leaf:
        case Is(question) | Compare(question) | IsUnknown(question):
            return (question,)
        case Reaches(score):
            return tuple(item.question for item in score.items)
        case Found() | Moves():
            return ()
    assert_never(leaf)


def asked_in(expr: Expr, members: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the questions a condition names, then those it counts; `members` are by group."""
    counted = (leaf.group for leaf in leaves(expr) if isinstance(leaf, Moves))
    moves = (name for group in counted for name in members[group])
    return tuple(dict.fromkeys((*named_questions(expr), *moves)))


def parameters_in(expr: Expr) -> tuple[str, ...]:
    """Return the parameters a condition takes its numbers from, in order."""
    named = (leaf.parameter for leaf in leaves(expr) if isinstance(leaf, Compare | Reaches))
    return tuple(dict.fromkeys(filter(None, named)))


def scores_in(expr: Expr) -> tuple[str, ...]:
    """Return the ids of the scores a condition rests on, in order."""
    return tuple(
        dict.fromkeys(leaf.score.id for leaf in leaves(expr) if isinstance(leaf, Reaches))
    )


def found_in(expr: Expr) -> tuple[Found, ...]:
    """Return the findings a condition rests on, with their strength, in order."""
    return tuple(dict.fromkeys(leaf for leaf in leaves(expr) if isinstance(leaf, Found)))


def findings_of(expr: Expr) -> tuple[str, ...]:
    """Return the ids of the findings a condition rests on, in order."""
    return tuple(dict.fromkeys(leaf.finding for leaf in found_in(expr)))
