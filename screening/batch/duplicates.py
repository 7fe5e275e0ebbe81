"""Which rows name a client that another row names too: all are rejected, none is chosen."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from screening.batch.layout import Layout
from screening.batch.rows import NUMBERED, REJECTED, ROW, pseudonym, read_rows
from screening.batch.table_source import Chunk, SourceTable, TableFormat, damaged_table
from screening.diagnostics import Code
from screening.model.column_map import CLIENT
from screening.storage.whole import aside

AT_ONCE = 1 << 22  # rows whose pseudonyms are held in memory at a time
OTHER = "other"


def find_duplicates(sheet: SourceTable, layout: Layout, folder: Path) -> Path:
    """Return the file of the rows of repeated clients, each with the row of another one.

    It is written into a folder; pseudonyms of text tables are kept there meanwhile.

    Raises:
        BadInputError: when a Parquet file is damaged there.

    """
    found = folder / "duplicates.parquet"
    if _whole(found):
        return found
    clients = _clients(sheet, layout, folder)
    passes = -(-sheet.rows // AT_ONCE)
    parts = []
    for number in range(passes):
        mine = clients.filter(pl.col(CLIENT).hash() % passes == number) if passes > 1 else clients
        try:
            again = mine.filter(pl.col(CLIENT).is_duplicated()).collect()
        except pl.exceptions.PolarsError as error:
            if sheet.form is TableFormat.PARQUET:
                damaged_table(sheet.path, error)
            raise
        parts.append(again.with_columns(_other().over(CLIENT).alias(OTHER)))
    with aside(found, lasting=True) as part:
        pl.concat(parts).sort(ROW).write_parquet(part)
    return found


def _whole(found: Path) -> bool:
    """Tell whether the file is there and can be read; a power cut may have left half of it."""
    try:
        return found.exists() and pl.read_parquet(found) is not None
    except pl.exceptions.PolarsError:
        return False


def _other() -> pl.Expr:
    """Return the row of another one of the same client: the first, or for that one the second."""
    row = pl.col(ROW)
    first = row.min()
    return pl.when(row == first).then(row.filter(row != first).min()).otherwise(first)


def _clients(sheet: SourceTable, layout: Layout, folder: Path) -> pl.LazyFrame:
    """Return every row that names a client, with the pseudonym."""
    if layout.numbered:
        return pl.LazyFrame(schema={ROW: pl.UInt64, CLIENT: pl.String})
    if sheet.form is TableFormat.PARQUET:
        scan = pl.scan_parquet(sheet.path, glob=False, row_index_name=NUMBERED, row_index_offset=1)
        named = pseudonym(*layout.clients).alias(CLIENT)
        rows = scan.select(pl.col(NUMBERED).cast(pl.UInt64).alias(ROW), named)
    else:
        files = [_kept(sheet, layout, chunk, folder) for chunk in sheet.chunks]
        rows = pl.scan_parquet(files, glob=False)
    return rows.filter(pl.col(CLIENT).is_not_null() & (pl.col(CLIENT) != ""))


def _kept(sheet: SourceTable, layout: Layout, chunk: Chunk, folder: Path) -> Path:
    """Return the file of the pseudonyms in a chunk of text."""
    file = folder / f"{chunk.number:06}.clients.parquet"
    wanted = layout.columns if sheet.form is TableFormat.JSON_LINES else layout.clients
    rows = read_rows(sheet, chunk, wanted).frame
    named = set(layout.clients) <= set(rows.columns)
    client = pseudonym(*layout.clients) if named else pl.lit(None, dtype=pl.String)
    rows.select(pl.col(NUMBERED).alias(ROW), client.alias(CLIENT)).write_parquet(file)
    return file


def repeated(duplicates: Path, chunk: Chunk, column: str) -> pl.DataFrame:
    """Return the rejections of a chunk's rows of repeated clients."""
    rows = pl.scan_parquet(duplicates, glob=False).filter(
        pl.col(ROW).is_between(chunk.first, chunk.first + chunk.rows - 1)
    )
    found = rows.select(
        pl.col(ROW),
        pl.col(CLIENT),
        pl.lit(column).alias("column"),
        pl.format("`{}`, as in row {}", CLIENT, OTHER).alias("found"),
        pl.lit("each client once").alias("expected"),
        pl.lit(Code.duplicate_client.name).alias("code"),
    ).collect()
    return found.match_to_schema(REJECTED, integer_cast="upcast")
