"""Mistakes in what follows: a conclusion lost, another strength, level, number, pace or stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from screening.model.knowledge import KnowledgeBase
from screening.model.rule import (
    AtClearance,
    AtStage,
    AvoidCategory,
    AvoidDemand,
    AvoidExercise,
    Conclusion,
    Confirm,
    Find,
    Limit,
    Move,
    OfferOnly,
    Refer,
)
from screening.model.vocabularies import Firmness, Level, Strength, Word
from screening.mutation.operators.mutant import Concluded
from screening.mutation.operators.names import said

W = TypeVar("W", bound=Word)


def other_conclusions(conclusion: Conclusion, knowledge: KnowledgeBase) -> Iterator[Concluded]:
    """Yield what could stand in the place of a conclusion by mistake, nothing first."""
    yield f"without {said(conclusion)}", ()
    for other in _others(conclusion, knowledge):
        yield f"{said(other)} for {said(conclusion)}", (other,)


def _others(  # noqa: C901 - one line for each kind
    conclusion: Conclusion, knowledge: KnowledgeBase
) -> Iterator[Conclusion]:
    match conclusion:
        case Find(finding, strength):
            yield from (Find(finding, s) for s in Strength if s is not strength)
        case Refer(level):
            yield from (replace(conclusion, level=at) for at in _next(level) if at > Level.NONE)
        case AtStage(stage):
            yield from (AtStage(other) for other in _neighbours(tuple(knowledge.stages), stage))
        case Limit(limit, at_most):
            yield from (Limit(limit, n) for n in (at_most - 1, at_most + 1) if n >= 0)
        case AvoidCategory(_, firmness) | AvoidDemand(_, firmness):
            yield from (replace(conclusion, firmness=f) for f in Firmness if f is not firmness)
        case AvoidExercise(_, firmness, _, follows) if not follows:
            yield from (replace(conclusion, firmness=f) for f in Firmness if f is not firmness)
        case AtClearance(clearance):
            names = _neighbours(tuple(knowledge.clearances), clearance)
            yield from (AtClearance(name) for name in names)
        case Move(pace):
            yield from (replace(conclusion, pace=other) for other in _next(pace))
        case Confirm(parts):
            yield from (Confirm(rest) for rest in _one_less(parts))
        case OfferOnly(parts):
            yield from (OfferOnly(rest) for rest in _one_less(parts))
        case _:
            return


def _next(word: W) -> Iterator[W]:
    """Yield the words one step below and above."""
    return (other for other in type(word) if abs(other - word) == 1)


def _neighbours(names: tuple[str, ...], name: str) -> Iterator[str]:
    """Yield the names before and after one, in the order of the file."""
    place = names.index(name)
    return (names[n] for n in (place - 1, place + 1) if 0 <= n < len(names))


def _one_less(names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if len(names) > 1:
        yield from (names[:n] + names[n + 1 :] for n in range(len(names)))
