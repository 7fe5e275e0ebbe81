"""From a chunk of a table to its rows."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import polars as pl

from screening.batch.csv_rows import csv_rows
from screening.batch.json_rows import json_rows
from screening.batch.raw_rows import NUMBERED, Raw
from screening.batch.table_source import Chunk, Form, damaged


def read_rows(
    path: Path, form: Form, chunk: Chunk, names: tuple[str, ...], wanted: Collection[str]
) -> Raw:
    """Return the rows of a chunk; `names` are the table's columns, `wanted` those to read.

    Raises:
        BadInputError: when a Parquet file is damaged there.

    """
    if form is Form.PARQUET:
        return Raw(_parquet(path, chunk, wanted))
    with path.open("rb") as file:
        file.seek(chunk.offset)
        raw = file.read(chunk.length)
    if form is Form.CSV:
        found = csv_rows(raw, chunk.first, names)
        return Raw(found.frame.select(NUMBERED, *wanted), found.rejected)
    return json_rows(raw, chunk.first, wanted)


def _parquet(path: Path, chunk: Chunk, wanted: Collection[str]) -> pl.DataFrame:
    rows = pl.scan_parquet(path, glob=False).slice(chunk.first - 1, chunk.rows)
    try:
        frame = rows.select(wanted).collect()
    except pl.exceptions.PolarsError as error:
        damaged(path, error)
    return frame.insert_column(
        0,
        pl.int_range(chunk.first, chunk.first + chunk.rows, dtype=pl.UInt64, eager=True).alias(
            NUMBERED
        ),
    )
