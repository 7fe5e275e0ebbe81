"""How answers stand in a frame: one row a client, one column a question, null is not asked.

A choice is an `Enum` of its words, `dont_know` and `declined`; a number is an `Int32` in which the
two lowest values stand for these. A question that is no column was asked of nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.vocabularies import ASKED_UNKNOWN, ASKED_UNKNOWNS, Unknown

NUMBER = pl.Int32()
UNKNOWN_NUMBERS = {unknown: -(2**31) + at for at, unknown in enumerate(ASKED_UNKNOWN)}
_FROM_NUMBER = {code: unknown for unknown, code in UNKNOWN_NUMBERS.items()}


def words(question: Question) -> tuple[str, ...]:
    """Return the words a column of answers may hold, in order of their codes."""
    return (*question.words, *ASKED_UNKNOWNS)


def kind_of(question: Question) -> pl.DataType:
    """Return the type of a column of answers to a question."""
    return NUMBER if question.is_number else pl.Enum(words(question))


def held(question: Question, value: Value) -> str | int:
    """Return what a column holds for an answer to a question."""
    if not isinstance(value, Unknown):
        return value
    return UNKNOWN_NUMBERS[value] if question.is_number else value.value


def read_back(cell: str | int) -> Value:
    """Return the answer in a cell of a column of answers.

    >>> read_back("dont_know"), read_back(7)
    (<Unknown.DONT_KNOW: 'dont_know'>, 7)
    """
    return (
        ASKED_UNKNOWNS.get(cell, cell) if isinstance(cell, str) else _FROM_NUMBER.get(cell, cell)
    )


def frame(knowledge: KnowledgeBase, sheets: Iterable[Mapping[str, Value]]) -> pl.DataFrame:
    """Return answer sheets as a frame, a row for each, with a column for every question."""
    rows = list(sheets)
    return pl.DataFrame(
        [
            pl.Series(
                name,
                [held(question, row[name]) if name in row else None for row in rows],
                dtype=kind_of(question),
            )
            for name, question in knowledge.questions.items()
        ]
    )


def sheet(answers: pl.DataFrame, row: int) -> dict[str, Value]:
    """Return the answers in a row, by question."""
    cells = answers.row(row, named=True)
    return {name: read_back(cell) for name, cell in cells.items() if cell is not None}
