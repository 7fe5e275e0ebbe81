"""How an answer is held in a column, and read back from it."""

from __future__ import annotations

import polars as pl

from screening.load.answer import SPECIAL
from screening.model.question import Question, Value
from screening.model.words import ASKED_UNKNOWN, Kind, Unknown

NUMBER = pl.Int32()
UNKNOWN_NUMBERS = {unknown: -(2**31) + at for at, unknown in enumerate(ASKED_UNKNOWN)}
_FROM_NUMBER = {code: unknown for unknown, code in UNKNOWN_NUMBERS.items()}


def kind_of(question: Question) -> pl.DataType:
    """Return the type of a column of answers to a question; null is not asked."""
    if question.kind is Kind.NUMBER:
        return NUMBER
    return pl.Enum([*question.words, *SPECIAL])


def held(value: Value) -> str | int:
    """Return what a column holds for an answer to a choice, or to a number."""
    return value.value if isinstance(value, Unknown) else value


def held_number(value: Value) -> int:
    """Return what a column of numbers holds for an answer."""
    match value:
        case Unknown():
            return UNKNOWN_NUMBERS[value]
        case int():
            return value
        case str():
            raise TypeError(value)


def read_back(cell: str | int) -> Value:
    """Return the answer in a cell of a column of answers.

    >>> read_back("dont_know"), read_back(held_number(Unknown.DECLINED)), read_back(7)
    (<Unknown.DONT_KNOW: 'dont_know'>, <Unknown.DECLINED: 'declined'>, 7)
    """
    if isinstance(cell, str):
        return SPECIAL.get(cell, cell)
    return _FROM_NUMBER.get(cell, cell)
