"""Whose result two knowledge bases decide differently, on a table or on the records.

A difference says from what, to what, and through which rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

import polars as pl

from screening.batch.cells import Typist
from screening.batch.layout import Layout, lay_out
from screening.batch.results import Screener
from screening.batch.rows import ROW, Raw, read_rows
from screening.batch.table_source import SourceTable
from screening.batch.tick_columns import BETWEEN
from screening.batch.wording import OPEN
from screening.engines.columnar import frame
from screening.follow import in_force
from screening.model.case import Case
from screening.model.column_map import CLIENT, NAMES, PROGRAMME, ColumnMap
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import LEVELS, Level

COMPARED = (
    "referral", "clearance", "findings", "stage", "limits",
    "recommend", "avoid", "avoid_exercises", "withheld",
)  # fmt: skip


class ResultTurn(Enum):
    """Which way a result went, the most pressing first."""

    REFERRED = "newly referred, or sooner"
    CLEARED = "no longer referred, or later"
    OTHER = "otherwise changed"


@dataclass(frozen=True, slots=True)
class ColumnDifference:
    """One column says something else; `rules` are those that make the difference."""

    column: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultChange:
    """A client whose result differs; `row` is the table's, 0 in the records."""

    client: str
    row: int
    before: Level
    after: Level
    differences: tuple[ColumnDifference, ...]

    @property
    def turn(self) -> ResultTurn:
        """Which way it went."""
        if self.after > self.before:
            return ResultTurn.REFERRED
        return ResultTurn.CLEARED if self.after < self.before else ResultTurn.OTHER


def result_change(
    before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[ColumnDifference, ...]:
    """Return what differs between two rows of OUT; other rules for the same thing do not."""
    found = [_referral(before, after)]
    found += [column_difference(name, before[name], after[name]) for name in COMPARED[1:]]
    return tuple(one for one in found if one is not None)


def _referral(before: Mapping[str, str], after: Mapping[str, str]) -> ColumnDifference | None:
    """Return a change of level, with the rules that decide the more urgent one.

    Between open and none there is none; `blocked` tells what changed.
    """
    was, is_ = before["referral"], after["referral"]
    if _level(was) is _level(is_):
        return None
    higher = after if _level(is_) > _level(was) else before
    rules = tuple(higher["referral_by"].split(", "))
    return ColumnDifference("referral", (was,), (is_,), rules)


def _level(referral: str) -> Level:
    return Level.NONE if referral == OPEN else LEVELS[referral]


@lru_cache(maxsize=1 << 14)
def column_difference(column: str, before: str, after: str) -> ColumnDifference | None:
    """Return what a column says differently, or None.

    >>> found = column_difference("recommend", "walk: a; carry: b", "carry: c; hinge_squat: d")
    >>> found.column, found.before, found.after, found.rules
    ('recommend', ('walk',), ('hinge_squat',), ('a', 'd'))
    """
    was, is_ = _entries(before), _entries(after)
    gone = {said: rules for said, rules in was.items() if said not in is_}
    new = {said: rules for said, rules in is_.items() if said not in was}
    if not gone and not new:
        return None
    rules = dict.fromkeys(rule for one in (*gone.values(), *new.values()) for rule in one)
    return ColumnDifference(column, tuple(gone), tuple(new), tuple(rules))


def _entries(text: str) -> dict[str, tuple[str, ...]]:
    """Return the rules behind each thing that a column says."""
    found = {}
    for entry in filter(None, text.split("; ")):
        said, _, rules = entry.partition(": ")
        found[said] = tuple(filter(None, rules.split(", ")))
    return found


TOLD = (*COMPARED, "referral_by")


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing some clients gave: the changes, and how many were compared or left out."""

    changes: tuple[ResultChange, ...]
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
    sheet: SourceTable, two: Two, said: ColumnMap, progress: Callable[[int], None]
) -> Iterator[Compared]:
    """Yield what the rows of a table change, chunk by chunk.

    Rows that either knowledge base cannot read are counted as rejected.

    Raises:
        BadInputError: when the table cannot be read.

    """
    layout = lay_out(sheet, two.asked(), said)
    sides = [_Side.of(knowledge, layout) for knowledge in (two.old, two.new)]
    for chunk in sheet.chunks:
        raw = read_rows(sheet, chunk, layout.columns)
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
        lists = {n: column for n, column in layout.lists.items() if n in knowledge.tick_lists}
        ticks = {n: one for n, one in layout.ticks.items() if n in knowledge.questions}
        known = replace(layout, names=own, lists=lists, ticks=ticks)
        return _Side(Typist(knowledge, known), Screener.of(knowledge))


def _compared(raw: Raw, rows: int, sides: Iterable[_Side]) -> Compared:
    typed = [(side.screener, side.typist.typed(raw)) for side in sides]
    old, new = (screener.results(one.answers).rows for screener, one in typed)
    both = old.join(new, on=ROW, suffix=" after", maintain_order="left")
    changes = tuple(_changes(both))
    return Compared(changes, both.height, rows - both.height)


def _changes(both: pl.DataFrame, *, numbered: bool = True) -> Iterator[ResultChange]:
    """Yield the changes among rows that hold both results."""
    texts = both.with_columns(pl.col(pl.Categorical).cast(pl.String))
    differ = pl.any_horizontal(pl.col(name) != pl.col(f"{name} after") for name in COMPARED)
    for row in texts.filter(differ).iter_rows(named=True):
        before = {name: row[name] for name in TOLD}
        after = {name: row[f"{name} after"] for name in TOLD}
        found = result_change(before, after)
        if found:
            levels = _level(before["referral"]), _level(after["referral"])
            yield ResultChange(row[CLIENT], row[ROW] if numbered else 0, *levels, found)


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
