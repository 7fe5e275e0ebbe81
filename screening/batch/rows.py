"""The rows of a chunk as the table has them, and those that are no rows.

One line of CSV or JSON Lines is one client, so no line can hide another. Lines of CSV without
quotes are taken apart all at once by Polars; the others one by one.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import polars as pl

from screening.batch.table_source import Chunk, SourceTable, TableFormat, damaged_table
from screening.diagnostics import Code, quoted, suggestion


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


def pseudonym(*columns: str) -> pl.Expr:
    """Return the pseudonyms in columns, in the one form in which they are compared.

    Composed letters, no signs without width, no blanks around them, and 7.0 is 7. Of several
    columns they stand together, with a blank between; where one says nothing, none is named.
    """
    text = pl.col(columns).cast(pl.String).str.normalize("NFC").str.replace_all(r"\p{Cf}", "")
    bare = text.str.strip_chars().str.replace(r"^([0-9]+)\.0+$", "$1")
    return bare if len(columns) == 1 else pl.concat_str(bare.replace("", None), separator=" ")


def rejections(found: Iterable[Rejection]) -> pl.DataFrame:
    """Return rejections as a table."""
    return pl.DataFrame(list(found), schema=REJECTED, orient="row")


@dataclass(frozen=True, slots=True)
class Raw:
    """A chunk's rows, numbered in the column `NUMBERED`, and the rejections of the others."""

    frame: pl.DataFrame
    rejected: tuple[Rejection, ...] = ()


LONGEST_ROW = 1 << 20  # bytes; a real row is a thousandth of it


def csv_rows(raw: bytes, first: int, columns: tuple[str, ...], separator: str = ",") -> Raw:
    """Return the rows in some lines, the first of which is row `first`."""
    lines = raw.split(b"\n")
    if not lines[-1]:
        del lines[-1]
    plain: list[bytes] = []
    numbers: list[int] = []
    odd: list[tuple[int, list[str]]] = []
    rejected: list[Rejection] = []
    between, sign = len(columns) - 1, separator.encode()
    for number, ended in enumerate(lines, first):
        line = ended.removesuffix(b"\r")
        if line.count(sign) == between and _plain(line) and not _header(line, columns, separator):
            plain.append(line)
            numbers.append(number)
            continue
        fields = _taken_apart(line, number, columns, separator)
        if isinstance(fields, Rejection):
            rejected.append(fields)
        else:
            odd.append((number, fields))
    parts = [_at_once(plain, numbers, columns, separator), _one_by_one(odd, columns)]
    return Raw(pl.concat(parts).sort(NUMBERED), tuple(rejected))


def _plain(line: bytes) -> bool:
    """Tell whether a line is its fields with separators between them, and nothing else."""
    if b'"' in line or b"\x00" in line or b"\r" in line or not line.strip():
        return False
    return len(line) <= LONGEST_ROW and (line.isascii() or _decodes(line))


def _decodes(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _header(line: bytes, columns: tuple[str, ...], separator: str) -> bool:
    """Tell whether a line repeats the header."""
    if not line.startswith(columns[0].encode()) or not _decodes(line):
        return False
    return [field.strip() for field in line.decode().split(separator)] == list(columns)


def _at_once(
    lines: list[bytes], numbers: list[int], columns: tuple[str, ...], separator: str
) -> pl.DataFrame:
    rows = pl.Series(NUMBERED, numbers, dtype=pl.UInt64)
    if not lines:
        return _one_by_one([], columns)
    if len(columns) == 1:
        texts = [line.decode() for line in lines]
        return pl.DataFrame({NUMBERED: rows, columns[0]: pl.Series(texts, dtype=pl.String)})
    frame = pl.read_csv(
        b"\n".join(lines),
        has_header=False,
        new_columns=list(columns),
        quote_char=None,
        separator=separator,
        infer_schema=False,
    )
    return frame.insert_column(0, rows)


def _one_by_one(rows: list[tuple[int, list[str]]], columns: tuple[str, ...]) -> pl.DataFrame:
    numbers = pl.Series(NUMBERED, [number for number, _ in rows], dtype=pl.UInt64)
    texts = {
        name: pl.Series([fields[at] for _, fields in rows], dtype=pl.String)
        for at, name in enumerate(columns)
    }
    return pl.DataFrame({NUMBERED: numbers, **texts})


def _taken_apart(
    line: bytes, number: int, columns: tuple[str, ...], separator: str
) -> list[str] | Rejection:
    """Return the fields of a line, or why there are none."""
    unlike = _no_text(line, len(columns))
    if unlike is not None:
        return no_row(number, *unlike)
    try:
        text = line.decode()
        fields = next(csv.reader([text], delimiter=separator, strict=True))
    except UnicodeDecodeError as error:
        before = line[: error.start].decode().count(separator)
        column = columns[before] if before < len(columns) else ""
        found = f"byte 0x{line[error.start]:02x}"
        return Rejection(number, "", column, found, "UTF-8 text", Code.not_utf8.name)
    except csv.Error as error:
        expected = "quotes closed on their line"
        return no_row(number, f"{quoted(text)}: {error}", expected, Code.ragged_row)
    misfit = _misfit(fields, text, columns)
    return fields if misfit is None else no_row(number, *misfit)


def _no_text(line: bytes, fields: int) -> tuple[str, str, Code] | None:
    """Return what a line is found to be and should be, if it is no line of text."""
    if len(line) > LONGEST_ROW:
        found = f"a line of {len(line)} bytes"
        return found, f"at most {LONGEST_ROW} bytes", Code.oversized_file
    if not line.strip():
        return "an empty line", f"{fields} fields", Code.ragged_row
    if b"\x00" in line:
        return "NUL bytes", "text", Code.binary_content
    return None


def _misfit(
    fields: list[str], text: str, columns: tuple[str, ...]
) -> tuple[str, str, Code] | None:
    """Return what fields are found to be and should be, if they are no row."""
    if [field.strip() for field in fields] == list(columns):
        return "the header again", "a client", Code.repeated_header
    if len(fields) != len(columns):
        found = f"{len(fields)} fields: {quoted(text)}"
        return found, f"{len(columns)} fields, as in the header", Code.ragged_row
    if any("\r" in field for field in fields):
        return "a carriage return in a field", "text", Code.binary_content
    return None


SURROGATE = re.compile(r"[\ud800-\udfff]")
LineCells = dict[str, str | None]


def json_rows(raw: bytes, first: int, columns: Collection[str]) -> Raw:
    """Return the rows in some lines, the first of which is row `first`.

    Keys other than `columns` are rejected with their row: they may be a question, misspelt.
    """
    lines = raw.split(b"\n")
    if not lines[-1]:
        del lines[-1]
    numbers: list[int] = []
    rows: list[LineCells] = []
    rejected: list[Rejection] = []
    known = frozenset(columns)
    for number, line in enumerate(lines, first):
        cells = _cells(line, number, known)
        if isinstance(cells, Rejection):
            rejected.append(cells)
        else:
            numbers.append(number)
            rows.append(cells)
    used = dict.fromkeys(name for cells in rows for name in cells)
    texts = {
        name: pl.Series([cells.get(name) for cells in rows], dtype=pl.String)
        if name in used
        else pl.repeat(None, len(rows), dtype=pl.String, eager=True)
        for name in columns
    }
    frame = pl.DataFrame({NUMBERED: pl.Series(numbers, dtype=pl.UInt64), **texts})
    return Raw(frame, tuple(rejected))


def _cells(line: bytes, number: int, columns: frozenset[str]) -> LineCells | Rejection:
    """Return the cells of a line by column, or why there are none."""
    if len(line) > LONGEST_ROW:
        found = f"a line of {len(line)} bytes"
        return no_row(number, found, f"at most {LONGEST_ROW} bytes", Code.oversized_file)
    try:
        pairs = json.loads(line.decode(), object_pairs_hook=_Pairs)
    except UnicodeDecodeError as error:
        found = f"byte 0x{line[error.start]:02x}"
        return no_row(number, found, "UTF-8 text", Code.not_utf8)
    except (ValueError, RecursionError):
        pairs = None
    if not isinstance(pairs, _Pairs):
        shown = quoted(line.decode()) if line.strip() else "an empty line"
        return no_row(number, shown, "one JSON object a line", Code.wrong_shape)
    return _by_name(pairs, number, columns)


def _by_name(pairs: _Pairs, number: int, columns: frozenset[str]) -> LineCells | Rejection:
    cells: LineCells = {}
    for name, value in pairs:
        cell = value if isinstance(value, str) and value.isascii() else _cell(value)
        if name in cells:
            return _bad(number, name, "the key twice", "each key once", Code.duplicate_key)
        if name not in columns:
            expected = suggestion(name, sorted(columns))
            return _bad(number, name, f"the key {quoted(name)}", expected, Code.unknown_column)
        if isinstance(cell, _Other):
            return _bad(number, name, cell, "text, a number or null", Code.wrong_type)
        cells[name] = cell
    return cells


class _Pairs(list[tuple[str, object]]):
    """The members of a JSON object, in order, repeated ones included."""


class _Other(str):
    """What a value is that is no cell, in words."""

    __slots__ = ()


def _cell(value: object) -> str | _Other | None:
    """Return a JSON value as the text of a cell."""
    cell: str | None
    match value:
        case None:
            cell = None
        case bool():
            cell = "true" if value else "false"
        case str():
            cell = _Other("half a character") if SURROGATE.search(value) else value
        case int() | float():
            cell = str(value)
        case list() if not isinstance(value, _Pairs) and all(isinstance(v, str) for v in value):
            cell = _cell(";".join(value))
        case _:
            cell = _Other("a list or an object")
    return cell


def _bad(number: int, name: str, found: str, expected: str, code: Code) -> Rejection:
    return Rejection(number, "", SURROGATE.sub("\ufffd", name), found, expected, code.name)


def read_rows(sheet: SourceTable, chunk: Chunk, wanted: Collection[str]) -> Raw:
    """Return the rows of a chunk; `wanted` are the columns to read.

    Raises:
        BadInputError: when a Parquet file is damaged there.

    """
    if sheet.form is TableFormat.PARQUET:
        return Raw(_parquet(sheet.path, chunk, wanted))
    raw = sheet.text(chunk)
    if sheet.form is TableFormat.JSON_LINES:
        return json_rows(raw, chunk.first, wanted)
    found = csv_rows(raw, chunk.first, sheet.names, sheet.separator)
    return Raw(found.frame.select(NUMBERED, *wanted), found.rejected)


def _parquet(path: Path, chunk: Chunk, wanted: Collection[str]) -> pl.DataFrame:
    rows = pl.scan_parquet(path, glob=False).slice(chunk.first - 1, chunk.rows)
    try:
        frame = rows.select(wanted).collect()
    except pl.exceptions.PolarsError as error:
        damaged_table(path, error)
    return frame.insert_column(
        0,
        pl.int_range(chunk.first, chunk.first + chunk.rows, dtype=pl.UInt64, eager=True).alias(
            NUMBERED
        ),
    )
