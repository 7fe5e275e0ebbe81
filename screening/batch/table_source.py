"""From a path to a `SourceTable`: a table known to be there, identified, and cut into chunks."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO, NoReturn

import polars as pl

from screening.diagnostics import Code, Diagnostic, Span, quoted
from screening.errors import BadInputError

BLOCK = 1 << 25  # bytes of text in a chunk: enough rows to keep the columns busy
ROWS = 1 << 17  # rows of Parquet in a chunk: under 1 GiB of memory on the shipped knowledge
LONGEST = 1 << 26  # bytes; a longer line is no line of a table
BOM = b"\xef\xbb\xbf"
WIDE = (b"\xff\xfe", b"\xfe\xff")


class TableFormat(Enum):
    """How a table is written, by the ending of its name."""

    CSV = ".csv"
    JSON_LINES = ".jsonl"
    PARQUET = ".parquet"


ENDINGS = {form.value: form for form in TableFormat} | {".ndjson": TableFormat.JSON_LINES}


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of rows, the first being `first` (from 1); `offset` and `length` are bytes of text."""

    number: int
    first: int
    rows: int
    offset: int = 0
    length: int = 0


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table. `columns` are its names with what Parquet says they hold; none for JSON Lines."""

    path: Path
    form: TableFormat
    columns: tuple[tuple[str, pl.DataType], ...]
    digest: str
    chunks: tuple[Chunk, ...]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(chunk.rows for chunk in self.chunks)


def refuse(code: Code, at: Span | str, message: str, help_: str = "") -> NoReturn:
    """Refuse a table as a whole."""
    place = Span(at) if isinstance(at, str) else at
    raise BadInputError((Diagnostic(code, message, place, help_),))


def table_format(path: Path) -> TableFormat:
    """Return how a table is written.

    Raises:
        BadInputError: when the ending says nothing this reads.

    """
    form = ENDINGS.get(path.suffix.lower())
    if form is None:
        found = quoted(path.suffix or path.name)
        message = f"the file's ending {found} says nothing of its format"
        refuse(Code.unknown_format, str(path), message, f"expected one of: {', '.join(ENDINGS)}")
    return form


def open_table(path: Path) -> SourceTable:
    """Return the table in a file.

    Raises:
        BadInputError: when it is no table this can read.

    """
    form, shown = table_format(path), str(path)
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            message = "this is not a regular file; a table is read more than once"
            refuse(Code.not_a_file, shown, message)
        if path.stat().st_size == 0:
            refuse(Code.empty_file, shown, "the file is empty")
        if form is TableFormat.PARQUET:
            return _parquet(path)
        with path.open("rb") as file:
            return _text(path, form, file)
    except FileNotFoundError:
        refuse(Code.missing_file, shown, "there is no such file")
    except OSError as error:
        refuse(Code.unreadable_file, shown, (error.strerror or "cannot be read").lower())


def _parquet(path: Path) -> SourceTable:
    try:
        scan = pl.scan_parquet(path, glob=False)
        schema = scan.collect_schema()
        count = int(scan.select(pl.len()).collect().item())
    except pl.exceptions.PolarsError as error:
        damaged_table(path, error)
    if count == 0:
        refuse(Code.empty_file, str(path), "the table has no rows")
    sha = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            sha.update(block)
    starts = range(0, count, ROWS)
    chunks = tuple(Chunk(n, at + 1, min(ROWS, count - at)) for n, at in enumerate(starts))
    return SourceTable(path, TableFormat.PARQUET, tuple(schema.items()), sha.hexdigest(), chunks)


def damaged_table(path: Path, error: Exception) -> NoReturn:
    """Refuse a Parquet file that is cut or damaged."""
    reason = str(error).splitlines()[0]
    message = f"the Parquet file is cut off or damaged: {reason}"
    refuse(Code.damaged_file, str(path), message, "copy or export it again")


def _text(path: Path, form: TableFormat, file: BinaryIO) -> SourceTable:
    sha, shown = hashlib.sha256(), str(path)
    columns: tuple[str, ...] = ()
    start = file.read(len(BOM))
    if start.startswith(WIDE):
        refuse(Code.not_utf8, shown, "the file is not UTF-8 text", "save it as UTF-8")
    if start == BOM:
        sha.update(start)
    else:
        file.seek(0)
    if form is TableFormat.CSV:
        header = _line(file, shown)
        sha.update(header)
        columns = csv_header(header, shown)
    chunks: list[Chunk] = []
    first = 1
    while True:
        offset = file.tell()
        block = file.read(BLOCK)
        if block and not block.endswith(b"\n"):
            block += _line(file, shown)
        if not block:
            break
        sha.update(block)
        rows = block.count(b"\n") + (not block.endswith(b"\n"))
        chunks.append(Chunk(len(chunks), first, rows, offset, len(block)))
        first += rows
    if not chunks:
        refuse(Code.empty_file, shown, "the table has a header and no rows")
    named = tuple((name, pl.String()) for name in columns)
    return SourceTable(path, form, named, sha.hexdigest(), tuple(chunks))


def _line(file: BinaryIO, shown: str) -> bytes:
    """Return what is left of a line."""
    line = file.readline(LONGEST)
    if len(line) == LONGEST:
        message = f"a line is longer than {LONGEST >> 20} MiB"
        refuse(Code.wrong_shape, shown, message, "one line is one client; is this a table?")
    return line


def csv_header(line: bytes, shown: str) -> tuple[str, ...]:
    """Return the names in the first line of a CSV file.

    Raises:
        BadInputError: when the line is no list of names between commas.

    """
    import csv  # noqa: PLC0415 - only this form pays for it

    if b"\x00" in line:
        refuse(Code.binary_content, shown, "the header holds NUL bytes", "is this a text file?")
    try:
        text = line.decode().rstrip("\r\n")
        if "\r" in text:
            message = "lines end in CR alone"
            refuse(Code.wrong_shape, shown, message, "save it with LF or CR LF line ends")
        names = tuple(name.strip() for name in next(csv.reader([text], strict=True), []))
    except UnicodeDecodeError as error:
        message = f"byte 0x{line[error.start]:02x} is not UTF-8 text"
        refuse(Code.not_utf8, Span(shown, 1, error.start + 1), message, "save it as UTF-8")
    except csv.Error as error:
        refuse(
            Code.wrong_shape, Span(shown, 1, 1, 1, text[:200]), f"the header is broken: {error}"
        )
    other = next((sign for sign in ";\t|" if text.count(sign) > text.count(",")), "")
    if other:
        sign = {"\t": "tabs"}.get(other, f"`{other}`")
        at = Span(shown, 1, text.index(other) + 1, 1, text)
        refuse(Code.wrong_shape, at, f"columns are separated by {sign}", "expected commas")
    return names
