"""The rows of a chunk as the table has them, and those that are no rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from screening.diagnostics import Code


class Rejection(NamedTuple):
    """Why a row is not screened: the column, what was found there and what was expected."""

    row: int
    client: str
    column: str
    found: str
    expected: str
    code: str


ROW = "row"
NUMBERED = "\x00row"  # no column of a table is called so
REJECTED = pl.Schema(
    {
        ROW: pl.UInt64,
        "client": pl.String,
        "column": pl.String,
        "found": pl.String,
        "expected": pl.String,
        "code": pl.String,
    }
)


def no_row(row: int, found: str, expected: str, code: Code) -> Rejection:
    """Return the rejection of a line that cannot be taken apart."""
    return Rejection(row, "", "", found, expected, code.name)


def rejections(found: Iterable[Rejection]) -> pl.DataFrame:
    """Return rejections as a table."""
    return pl.DataFrame(list(found), schema=REJECTED, orient="row")


@dataclass(frozen=True, slots=True)
class Raw:
    """A chunk's rows, numbered in the column `NUMBERED`, and the rejections of the others."""

    frame: pl.DataFrame
    rejected: tuple[Rejection, ...] = ()
