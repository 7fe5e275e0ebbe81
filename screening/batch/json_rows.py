"""From the bytes of a chunk of JSON Lines to rows: one line is one object is one client."""

from __future__ import annotations

import json
import re
from collections.abc import Collection

import polars as pl

from screening.batch.csv_rows import LONGEST_ROW
from screening.batch.raw_rows import NUMBERED, Raw, Rejection, no_row
from screening.diagnostics import Code, quoted, suggestion

SURROGATE = re.compile(r"[\ud800-\udfff]")
Cells = dict[str, str | None]


def json_rows(raw: bytes, first: int, columns: Collection[str]) -> Raw:
    """Return the rows in some lines, the first of which is row `first`.

    Keys other than `columns` are rejected with their row: they may be a question, misspelt.
    """
    lines = raw.split(b"\n")
    if not lines[-1]:
        del lines[-1]
    numbers: list[int] = []
    rows: list[Cells] = []
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


def _cells(line: bytes, number: int, columns: frozenset[str]) -> Cells | Rejection:
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


def _by_name(pairs: _Pairs, number: int, columns: frozenset[str]) -> Cells | Rejection:
    cells: Cells = {}
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
