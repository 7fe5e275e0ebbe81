"""Every intake there can be, for knowledge small enough to try them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from screening.model.question import Question, Value
from screening.model.vocabularies import ASKED_UNKNOWN, Kind

SMALL = 300  # intakes; few enough to try each


def every_sheet(questions: Mapping[str, Question]) -> Iterator[dict[str, Value]]:
    """Yield every complete and partial intake."""
    legal: list[list[Value | None]] = []
    for question in questions.values():
        numbers = range(question.low, question.high + 1)
        known = numbers if question.kind is Kind.NUMBER else question.words
        legal.append([None, *ASKED_UNKNOWN, *known])
    for values in product(*legal):
        given_ = zip(questions, values, strict=True)
        yield {name: value for name, value in given_ if value is not None}


def sheets(questions: Mapping[str, Question]) -> int:
    """Return how many intakes there are."""
    count = 1
    for q in questions.values():
        count *= 3 + (q.high - q.low + 1 if q.kind is Kind.NUMBER else len(q.words))
    return count
