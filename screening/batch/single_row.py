"""One row of a table as a case: what `explain` explains."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from screening.batch.cells import Typist
from screening.batch.duplicates import find_duplicates, repeated
from screening.batch.layout import Layout, lay_out
from screening.batch.rows import ROW, Raw, read_rows
from screening.batch.table_source import Chunk, SourceTable, TableFormat, open_table, refuse
from screening.batch.tick_columns import AT_ODDS, BETWEEN, contradicting
from screening.diagnostics import Code, Diagnostic, Span
from screening.engines.columnar import read_back
from screening.errors import BadInputError
from screening.model.case import Case, ListedOtherwise
from screening.model.column_map import CLIENT, PROGRAMME, ColumnMap
from screening.model.knowledge import KnowledgeBase

if TYPE_CHECKING:
    import polars as pl

SENTENCES = ("`", "expected", "did you mean")
"""How an expectation begins that is a sentence of its own."""


def case_at(table: Path, row: int, knowledge: KnowledgeBase, said: ColumnMap) -> Case:
    """Return the case in a row, the first being 1.

    Raises:
        BadInputError: when there is no such row, or a batch rejects it; with every reason.

    """
    sheet = open_table(table, said)
    layout = lay_out(sheet, knowledge, said)
    if not 1 <= row <= sheet.rows:
        refuse(Code.out_of_range, str(table), f"row {row} is not one of 1 to {sheet.rows}")
    chunk = next(c for c in sheet.chunks if c.first <= row < c.first + c.rows)
    if sheet.form is TableFormat.PARQUET:
        chunk = Chunk(chunk.number, row, 1)
    raw = read_rows(sheet, chunk, layout.columns)
    typed = Typist(knowledge, layout).typed(_only(raw, row), *_repeated(sheet, layout, row))
    if typed.rejected.height:
        raise BadInputError(tuple(_diagnostics(typed.rejected, sheet)))
    return case_in(typed.answers.row(0, named=True))


def case_in(cells: dict[str, str | int | None]) -> Case:
    """Return the case in a row of typed answers."""
    programme = str(cells.pop(PROGRAMME, None) or "")
    client = str(cells.pop(CLIENT))
    del cells[ROW]
    odd = tuple(
        ListedOtherwise(name, item, read_back(own), read_back(listed))
        for name, item, own, listed in contradicting(str(cells.pop(AT_ODDS, None) or ""))
    )
    answers = {name: read_back(cell) for name, cell in cells.items() if cell is not None}
    exercises = tuple(filter(None, programme.split(BETWEEN)))
    return Case(answers=answers, programme=exercises, client=client, at_odds=odd)


def _repeated(sheet: SourceTable, layout: Layout, row: int) -> Iterator[pl.DataFrame]:
    """Yield the rejection of a row whose client another row names too."""
    with tempfile.TemporaryDirectory() as folder:
        yield repeated(
            find_duplicates(sheet, layout, Path(folder)), Chunk(0, row, 1), layout.names[CLIENT]
        )


def _only(raw: Raw, row: int) -> Raw:
    """Return one of the rows of a chunk."""
    frame = raw.frame.filter(raw.frame.to_series(0) == row)
    return Raw(frame, tuple(one for one in raw.rejected if one.row == row))


def _diagnostics(rejected: pl.DataFrame, sheet: SourceTable) -> list[Diagnostic]:
    """Return the reasons a row is rejected for, at its line."""
    header = 1 if sheet.form in {TableFormat.CSV, TableFormat.XLSX} else 0
    names = sheet.names
    found = []
    for row, _, column, shown, expected, code in rejected.iter_rows():
        place = names.index(column) + 1 if column in names else 1
        where = f"row {row}, column `{column}`: " if column else f"row {row}: "
        at = Span(str(sheet.path), row + header, place)
        help_ = expected if expected.startswith(SENTENCES) else f"expected {expected}"
        found.append(Diagnostic(Code[code], f"{where}found {shown}", at, help_))
    return found
