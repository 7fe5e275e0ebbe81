"""From the bytes of a chunk of CSV to rows: one line is one client, so no line can hide another.

Lines without quotes are taken apart all at once by Polars; the others one by one.
"""

from __future__ import annotations

import csv

import polars as pl

from screening.batch.raw_rows import NUMBERED, Raw, Rejection, no_row
from screening.diagnostics import Code, quoted

LONGEST_ROW = 1 << 20  # bytes; a real row is a thousandth of it


def csv_rows(raw: bytes, first: int, columns: tuple[str, ...]) -> Raw:
    """Return the rows in some lines, the first of which is row `first`."""
    lines = raw.split(b"\n")
    if not lines[-1]:
        del lines[-1]
    plain: list[bytes] = []
    numbers: list[int] = []
    odd: list[tuple[int, list[str]]] = []
    rejected: list[Rejection] = []
    commas = len(columns) - 1
    for number, ended in enumerate(lines, first):
        line = ended.removesuffix(b"\r")
        if line.count(b",") == commas and _plain(line) and not _header(line, columns):
            plain.append(line)
            numbers.append(number)
            continue
        fields = _taken_apart(line, number, columns)
        if isinstance(fields, Rejection):
            rejected.append(fields)
        else:
            odd.append((number, fields))
    parts = [_at_once(plain, numbers, columns), _one_by_one(odd, columns)]
    return Raw(pl.concat(parts).sort(NUMBERED), tuple(rejected))


def _plain(line: bytes) -> bool:
    """Tell whether a line is its fields with commas between them, and nothing else."""
    if b'"' in line or b"\x00" in line or b"\r" in line or not line.strip():
        return False
    return len(line) <= LONGEST_ROW and (line.isascii() or _decodes(line))


def _decodes(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _header(line: bytes, columns: tuple[str, ...]) -> bool:
    """Tell whether a line repeats the header."""
    if not line.startswith(columns[0].encode()):
        return False
    return [field.strip() for field in line.decode().split(",")] == list(columns)


def _at_once(lines: list[bytes], numbers: list[int], columns: tuple[str, ...]) -> pl.DataFrame:
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


def _taken_apart(line: bytes, number: int, columns: tuple[str, ...]) -> list[str] | Rejection:
    """Return the fields of a line, or why there are none."""
    unlike = _no_text(line, len(columns))
    if unlike is not None:
        return no_row(number, *unlike)
    try:
        text = line.decode()
        fields = next(csv.reader([text], strict=True))
    except UnicodeDecodeError as error:
        before = line[: error.start].decode().count(",")
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
