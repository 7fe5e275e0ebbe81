"""Columns that say one thing together: pseudonyms, programmes, lists, and answers with their own.

An answer that has a column of its own is given by a tick there: `yes`, `1`, `x`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from screening.batch.layout import Layout
from screening.batch.tick_columns import BETWEEN, Wrong
from screening.diagnostics import Code
from screening.engines.columnar import kind_of
from screening.model.column_map import CLIENT, TickedAnswer
from screening.model.question import Question
from screening.model.vocabularies import ASKED_UNKNOWNS

TICKED = frozenset({"yes", "y", "true", "1", "x", "✓", "checked", "selected"})
UNTICKED = frozenset({"no", "n", "false", "0", "unchecked", "not selected"})
WHOLE = re.compile(r"(?<=[0-9])\.0+$")
EXPECTED = "a tick, such as yes or 1, or none, such as no or 0"


def put_together(frame: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """Return rows in which several columns of a list or a programme stand as one."""
    clients = layout.names[CLIENT]
    made = [
        _joined(frame, columns).alias(name)
        for name, columns in layout.several.items()
        if name != clients and set(columns) & set(frame.columns)
    ]
    return frame.with_columns(made) if made else frame


def _joined(frame: pl.DataFrame, columns: tuple[str, ...]) -> pl.Expr:
    """Return what columns say between `;`; null where none says anything."""
    texts = [
        pl.col(name).list.join(BETWEEN)
        if isinstance(frame.schema[name], pl.List)
        else pl.col(name).cast(pl.String)
        for name in columns
        if name in frame.columns
    ]
    bare = [text.str.strip_chars().replace("", None) for text in texts]
    return pl.concat_str(bare, separator=BETWEEN, ignore_nulls=True).replace("", None)


@dataclass(frozen=True, slots=True)
class Unread:
    """Cells of a column that are no tick, or one too many; the text of every other is null."""

    column: str
    texts: pl.Series
    wrong: Mapping[str, Wrong]


@dataclass(frozen=True, slots=True)
class TickedColumns:
    """What the columns of a question's answers say together, and what is wrong in them."""

    question: str
    answers: pl.Series
    unread: tuple[Unread, ...]


def read_ticked(
    question: Question,
    columns: Mapping[str, TickedAnswer],
    frame: pl.DataFrame,
    said: Mapping[str, str],
) -> TickedColumns:
    """Return the answer that is ticked in each row; null where none is.

    No tick is an answer where every column says so and means the same by it.
    """
    kind = kind_of(question)
    marks = [_Mark.of(frame[name], one, said, kind) for name, one in columns.items()
             if name in frame.columns]  # fmt: skip
    unread = [mark.unread for mark in marks if mark.unread.wrong]
    ticked = pl.repeat(None, len(frame), dtype=kind, eager=True)
    at = pl.repeat(None, len(frame), dtype=pl.String, eager=True)
    for mark in marks:
        unread += mark.one_too_many(ticked, at, question.id)
        first = mark.ticks.is_not_null() & ticked.is_null()
        ticked, at = mark.ticks.zip_with(first, ticked), at.set(first, mark.column)
    unknown = _first([mark.unknown for mark in marks], len(frame), kind)
    answers = ticked.zip_with(ticked.is_not_null(), unknown)
    rest = {one.unticked for one in columns.values()}
    if len(rest) == 1 and "" not in rest and len(marks) == len(columns):
        none = pl.DataFrame([mark.none.alias(mark.column) for mark in marks])
        every = none.select(pl.all_horizontal(pl.all())).to_series()
        answers = answers.set(every & answers.is_null(), rest.pop())
    return TickedColumns(question.id, answers.alias(question.id), tuple(unread))


def _first(answers: list[pl.Series], rows: int, kind: pl.DataType) -> pl.Series:
    """Return in each row the first answer that is one."""
    found = pl.repeat(None, rows, dtype=kind, eager=True)
    for one in answers:
        found = found.zip_with(found.is_not_null(), one)
    return found


@dataclass(frozen=True, slots=True)
class _Mark:
    """A column of ticks: where one is, where it says none is, and where that is not known."""

    column: str
    texts: pl.Series
    ticks: pl.Series
    none: pl.Series
    unknown: pl.Series
    unread: Unread

    @staticmethod
    def of(
        cells: pl.Series, one: TickedAnswer, said: Mapping[str, str], kind: pl.DataType
    ) -> _Mark:
        """Return what the texts of a column are."""
        texts = cells.cast(pl.String)
        told = {text: _told(text, said) for text in texts.drop_nulls().unique().to_list()}
        ticked = {text: one.ticked for text, word in told.items() if word in TICKED}
        unknown = {text: word for text, word in told.items() if word in ASKED_UNKNOWNS}
        blank = {text for text, word in told.items() if not word}
        none = [text for text, word in told.items() if word in UNTICKED]
        left = set(told) - {*ticked, *unknown, *blank, *none}
        wrong = {text: Wrong(EXPECTED, Code.dangling_answer) for text in sorted(left)}

        def typed(by_text: dict[str, str]) -> pl.Series:
            found: pl.Series = texts.replace_strict(by_text, default=None, return_dtype=kind)
            return found

        return _Mark(
            cells.name,
            texts,
            typed(ticked),
            texts.is_in(none).fill_null(value=False),
            typed(unknown),
            Unread(cells.name, texts, wrong),
        )

    def one_too_many(self, before: pl.Series, at: pl.Series, question: str) -> Iterator[Unread]:
        """Yield the ticks that give another answer than a column before does."""
        other = (before != self.ticks).fill_null(value=False)
        for column in at.filter(other).unique(maintain_order=True).to_list():
            here = self.texts.zip_with(
                other & (at == column).fill_null(value=False),
                pl.repeat(None, len(at), dtype=pl.String, eager=True),
            )
            expected = f"`{question}` has one answer, and `{column}` is ticked too"
            wrong = Wrong(expected, Code.duplicate_column)
            yield Unread(self.column, here, dict.fromkeys(here.drop_nulls().unique(), wrong))


def _told(text: str, said: Mapping[str, str]) -> str:
    """Return what a text stands for, in small letters."""
    bare = WHOLE.sub("", text.strip())
    return said.get(text, said.get(bare, bare)).strip().lower()
