"""Ranges instead of values: how far a number may move before a conclusion changes."""

from __future__ import annotations

from collections.abc import Iterator

from screening.explain.evidence import Ground
from screening.explain.explanation import Range
from screening.explain.standing import Position
from screening.explain.standings import position
from screening.explain.subject import Target
from screening.model.expr import Compare, Comparison, leaves
from screening.model.question import Question
from screening.model.vocabularies import Level

# where the truth of a comparison changes: at the number, or just above it
STEP: dict[Comparison, int] = {">=": 0, "<": 0, ">": 1, "<=": 1}


def ranges(ground: Ground, target: Target) -> tuple[Range, ...]:
    """Return the numbers that matter to a target, with how far each may move by itself.

    Re-evaluated at every number some rule compares with; all other answers stay. Numbers that
    make no difference are left out, and so are safety questions.
    """
    found = (_range(ground, target, q) for q in ground.knowledge.questions.values())
    return tuple(one for one in found if one is not None)


def _range(ground: Ground, target: Target, question: Question) -> Range | None:
    value = ground.concluded.case.answers.get(question.id)
    if not question.is_number or question.safety > Level.NONE:
        return None
    if not isinstance(value, int):
        return None
    now = position(ground, target)
    segments = list(_segments(ground, question))
    here = next(i for i, (low, high) in enumerate(segments) if low <= value <= high)
    first = last = here
    while first > 0 and _same(ground, target, question.id, segments[first - 1][0], now):
        first -= 1
    while last < len(segments) - 1 and _same(
        ground, target, question.id, segments[last + 1][0], now
    ):
        last += 1
    low, high = segments[first][0], segments[last][1]
    if (low, high) == (question.low, question.high):
        return None
    return Range(question.id, value, low, high)


def _same(ground: Ground, target: Target, question: str, number: int, now: Position) -> bool:
    """Tell whether a target stands the same with another number."""
    other = position(ground.with_number(question, number), target)
    return (other.standing, other.says) == (now.standing, now.says)


def _segments(ground: Ground, question: Question) -> Iterator[tuple[int, int]]:
    """Yield the stretches of numbers no rule tells apart, lowest first."""
    starts = {question.low}
    for _, condition in ground.knowledge.conditions():
        for leaf in leaves(condition):
            if isinstance(leaf, Compare) and leaf.question == question.id:
                starts.add(leaf.number + STEP[leaf.op])
    ordered = sorted(s for s in starts if question.low <= s <= question.high)
    for start, after in zip(ordered, [*ordered[1:], question.high + 1], strict=True):
        yield start, after - 1
