"""Whose result two knowledge bases decide differently, on a table or on the records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import polars as pl

from screening.batch.change import COMPARED, Change, change
from screening.batch.layout import Layout, lay_out
from screening.batch.parse_rows import Typist
from screening.batch.programme import BETWEEN
from screening.batch.raw_rows import ROW, Raw
from screening.batch.read import read_rows
from screening.batch.results import Screener
from screening.batch.table_source import Sheet
from screening.engines.columnar.answers import frame
from screening.follow import in_force
from screening.model.case import Case
from screening.model.column_map import CLIENT, NAMES, PROGRAMME, ColumnMap
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import LEVELS

TOLD = (*COMPARED, "referral_by")


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing some clients gave: the changes, and how many were compared or left out."""

    changes: tuple[Change, ...]
    clients: int
    rejected: int = 0


@dataclass(frozen=True)
class Two:
    """Two knowledge bases, old and new."""

    old: KnowledgeBase
    new: KnowledgeBase

    def asked(self) -> KnowledgeBase:
        """Return the new one with the questions that only the old one asks, to lay out tables."""
        return replace(self.new, questions={**self.old.questions, **self.new.questions})


def on_table(
    sheet: Sheet, two: Two, said: ColumnMap, progress: Callable[[int], None]
) -> Iterator[Compared]:
    """Yield what the rows of a table change, chunk by chunk.

    Rows that either knowledge base cannot read are counted as rejected.

    Raises:
        BadInputError: when the table cannot be read.

    """
    layout = lay_out(sheet, two.asked(), said)
    sides = [_Side.of(knowledge, layout) for knowledge in (two.old, two.new)]
    names = tuple(name for name, _ in sheet.columns)
    for chunk in sheet.chunks:
        raw = read_rows(sheet.path, sheet.form, chunk, names, layout.columns)
        yield _compared(raw, chunk.rows, sides)
        progress(chunk.rows)


@dataclass(frozen=True)
class _Side:
    """One of the two: types and screens the columns it has questions for."""

    typist: Typist
    screener: Screener

    @staticmethod
    def of(knowledge: KnowledgeBase, layout: Layout) -> _Side:
        own = {
            name: column
            for name, column in layout.names.items()
            if name in NAMES or name in knowledge.questions
        }
        return _Side(Typist(knowledge, Layout(own, layout.said)), Screener.of(knowledge))


def _compared(raw: Raw, rows: int, sides: Iterable[_Side]) -> Compared:
    typed = [(side.screener, side.typist.typed(raw)) for side in sides]
    old, new = (screener.results(one.answers).rows for screener, one in typed)
    both = old.join(new, on=ROW, suffix=" after", maintain_order="left")
    changes = tuple(_changes(both))
    return Compared(changes, both.height, rows - both.height)


def _changes(both: pl.DataFrame, *, numbered: bool = True) -> Iterator[Change]:
    """Yield the changes among rows that hold both results."""
    texts = both.with_columns(pl.col(pl.Categorical).cast(pl.String))
    differ = pl.any_horizontal(pl.col(name) != pl.col(f"{name} after") for name in COMPARED)
    for row in texts.filter(differ).iter_rows(named=True):
        before = {name: row[name] for name in TOLD}
        after = {name: row[f"{name} after"] for name in TOLD}
        found = change(before, after)
        if found:
            levels = LEVELS[before["referral"]], LEVELS[after["referral"]]
            yield Change(row[CLIENT], row[ROW] if numbered else 0, *levels, found)


def on_cases(cases: Iterable[tuple[Case, Case]], two: Two, *, left_out: int = 0) -> Compared:
    """Return what two knowledge bases make of the same clients, as each of them reads the case."""
    pairs = list(cases)
    frames = [
        _frame(knowledge, [pair[side] for pair in pairs])
        for side, knowledge in enumerate((two.old, two.new))
    ]
    old, new = (
        Screener.of(knowledge).results(answers).rows
        for knowledge, answers in zip((two.old, two.new), frames, strict=True)
    )
    both = old.join(new, on=ROW, suffix=" after", maintain_order="left")
    return Compared(tuple(_changes(both, numbered=False)), both.height, left_out)


def _frame(knowledge: KnowledgeBase, cases: list[Case]) -> pl.DataFrame:
    rows = pl.Series(ROW, range(1, len(cases) + 1), dtype=pl.UInt64)
    clients = pl.Series(CLIENT, [case.client for case in cases], dtype=pl.String)
    doing = [BETWEEN.join(case.programme) or None for case in cases]
    programmes = pl.Series(PROGRAMME, doing, dtype=pl.String)
    answers = frame(knowledge, [in_force(knowledge, case) for case in cases])
    return pl.DataFrame([rows, clients, *answers, programmes])
