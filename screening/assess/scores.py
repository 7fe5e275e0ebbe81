"""From answers to the sums of every score that something was answered of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screening.model.assessment import Summed, SummedItem
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.score import Score


def sums(knowledge: KnowledgeBase, answers: Mapping[str, Value]) -> tuple[Summed, ...]:
    """Return the sum of each score with an answer, in the order of the file."""
    return tuple(
        _sum(declared.score, answers)
        for declared in knowledge.scores.values()
        if any(item.question in answers for item in declared.score.items)
    )


def _sum(score: Score, answers: Mapping[str, Value]) -> Summed:
    least, most = score.span(answers)
    low, high = score.band(least), score.band(most)
    certain = low if low and low == high else None
    return Summed(score.id, least, most, certain, tuple(_items(score, answers)))


def _items(score: Score, answers: Mapping[str, Value]) -> Iterator[SummedItem]:
    for item in score.items:
        value = answers.get(item.question)
        if value is not None:
            yield SummedItem(item.question, item.gives(value))
