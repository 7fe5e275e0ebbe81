"""From a path to a `SourceTable`: a table known to be there, identified, and cut into chunks."""

from __future__ import annotations

import csv
import datetime
import hashlib
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from io import BytesIO, StringIO
from pathlib import Path
from typing import BinaryIO, NoReturn

import polars as pl

from screening.diagnostics import Code, Diagnostic, Span, quoted
from screening.errors import BadInputError
from screening.model.column_map import ColumnMap

BLOCK = 1 << 25  # bytes of text in a chunk: enough rows to keep the columns busy
ROWS = 1 << 17  # rows of Parquet in a chunk: under 1 GiB of memory on the shipped knowledge
LONGEST = 1 << 26  # bytes; a longer line is no line of a table
BOM = b"\xef\xbb\xbf"
WIDE = (b"\xff\xfe", b"\xfe\xff")
ASCII = bytes(range(128))
UTF_8 = "utf-8"
SIGNS = {"\t": "tabs", ",": "commas"}
NAMED = {"\t": "tab"}
"""What a separator is called in a message, and in a map."""


class TableFormat(Enum):
    """How a table is written, by the ending of its name."""

    CSV = ".csv"
    JSON_LINES = ".jsonl"
    PARQUET = ".parquet"
    XLSX = ".xlsx"


ENDINGS = {form.value: form for form in TableFormat} | {".ndjson": TableFormat.JSON_LINES}
WRITTEN = tuple(ending for ending, form in ENDINGS.items() if form is not TableFormat.XLSX)


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
    """A table. `columns` are its names with what Parquet says they hold; none for JSON Lines.

    `separator` and `encoding` are how the text of CSV is written; one that is `marked` begins with
    a byte-order mark, by which spreadsheets know UTF-8.
    """

    path: Path
    form: TableFormat
    columns: tuple[tuple[str, pl.DataType], ...]
    digest: str
    chunks: tuple[Chunk, ...]
    separator: str = ","
    encoding: str = UTF_8
    marked: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """What its columns are called."""
        return tuple(name for name, _ in self.columns)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(chunk.rows for chunk in self.chunks)

    def text(self, chunk: Chunk) -> bytes:
        """Return the lines of a chunk of text, in UTF-8; a byte that is no text stays as it is."""
        if self.form is TableFormat.XLSX or not _narrow(self.encoding):
            return _whole(self.path, self.form, self.encoding)[chunk.offset :][: chunk.length]
        with self.path.open("rb") as file:
            file.seek(chunk.offset)
            return _utf_8(file.read(chunk.length), self.encoding)


def refuse(code: Code, at: Span | str, message: str, help_: str = "") -> NoReturn:
    """Refuse a table as a whole."""
    place = Span(at) if isinstance(at, str) else at
    raise BadInputError((Diagnostic(code, message, place, help_),))


def table_format(path: Path, legal: Iterable[str] = ENDINGS) -> TableFormat:
    """Return how a table is written.

    Raises:
        BadInputError: when the ending says nothing this reads, or is not a `legal` one.

    """
    form = ENDINGS.get(path.suffix.lower())
    if form is None or path.suffix.lower() not in legal:
        found = quoted(path.suffix or path.name)
        message = f"the file's ending {found} says nothing of its format"
        refuse(Code.unknown_format, str(path), message, f"expected one of: {', '.join(legal)}")
    return form


def open_table(path: Path, said: ColumnMap) -> SourceTable:
    """Return the table in a file, written as `said`.

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
        if form is TableFormat.XLSX:
            said = ColumnMap()
        empty = SourceTable(path, form, (), "", (), said.separator, said.encoding)
        if form is TableFormat.XLSX or not _narrow(said.encoding):
            content = _whole(path, form, said.encoding)
            return replace(_text(empty, BytesIO(content)), digest=_digest(path))
        with path.open("rb") as file:
            return _text(empty, file)
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
    starts = range(0, count, ROWS)
    chunks = tuple(Chunk(n, at + 1, min(ROWS, count - at)) for n, at in enumerate(starts))
    return SourceTable(path, TableFormat.PARQUET, tuple(schema.items()), _digest(path), chunks)


def _digest(path: Path) -> str:
    sha = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            sha.update(block)
    return sha.hexdigest()


def damaged_table(path: Path, error: Exception) -> NoReturn:
    """Refuse a Parquet file that is cut or damaged."""
    reason = str(error).splitlines()[0]
    message = f"the Parquet file is cut off or damaged: {reason}"
    refuse(Code.damaged_file, str(path), message, "copy or export it again")


def _narrow(encoding: str) -> bool:
    """Tell whether ASCII signs are single bytes in an encoding, so that lines can be found."""
    return ASCII.decode().encode(encoding) == ASCII


def _utf_8(text: bytes, encoding: str) -> bytes:
    if encoding == UTF_8:
        return text
    return text.decode(encoding, "surrogateescape").encode(UTF_8, "surrogateescape")


def _whole(path: Path, form: TableFormat, encoding: str) -> bytes:
    """Return a file that cannot be read in pieces, as CSV in UTF-8."""
    if form is TableFormat.XLSX:
        return _sheet(path)
    try:
        return path.read_bytes().decode(encoding).encode()
    except UnicodeError as error:
        message = f"the file is not {encoding} text: {str(error).rpartition(': ')[2]}"
        refuse(Code.not_utf8, str(path), message, "name its encoding in the map")


def _sheet(path: Path) -> bytes:
    """Return the first sheet of a workbook as CSV; a line break within a cell is a blank.

    Raises:
        BadInputError: when it is no workbook, or needs a password.

    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - its one door

    try:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    except (CalamineError, IndexError) as error:
        message = f"the workbook cannot be read: {str(error).splitlines()[0]}"
        refuse(Code.damaged_file, str(path), message, "save it again, without a password")
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _cell(cell: object) -> str:
    """Return what a cell shows: whole numbers without decimals, and a day as 2026-11-29."""
    match cell:
        case bool():
            return str(cell).lower()
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime.datetime() if cell.time() == datetime.time():
            return cell.date().isoformat()
        case _:
            return " ".join(str(cell).split("\n"))


def _text(empty: SourceTable, file: BinaryIO) -> SourceTable:
    """Return a table with its columns, digest and chunks, from its lines."""
    sha, shown = hashlib.sha256(), str(empty.path)
    columns: tuple[str, ...] = ()
    start = file.read(len(BOM))
    if start.startswith(WIDE):
        help_ = "save it as UTF-8, or say so with `--map`: `encoding: utf-16`"
        refuse(Code.not_utf8, shown, "the file is not UTF-8 text", help_)
    if start == BOM:
        sha.update(start)
    else:
        file.seek(0)
    if empty.form is not TableFormat.JSON_LINES:
        header = _line(file, shown)
        sha.update(header)
        narrow = _narrow(empty.encoding)  # else it was read as a whole, and is in UTF-8
        text = _utf_8(header, empty.encoding) if narrow else header
        columns = csv_header(text, shown, empty.separator)
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
    found = replace(empty, columns=named, digest=sha.hexdigest(), chunks=tuple(chunks))
    return replace(found, marked=start == BOM)


def _line(file: BinaryIO, shown: str) -> bytes:
    """Return what is left of a line."""
    line = file.readline(LONGEST)
    if len(line) == LONGEST:
        message = f"a line is longer than {LONGEST >> 20} MiB"
        refuse(Code.wrong_shape, shown, message, "one line is one client; is this a table?")
    return line


def csv_header(line: bytes, shown: str, separator: str) -> tuple[str, ...]:
    """Return the names in the first line of a CSV file.

    Raises:
        BadInputError: when the line is no list of names between separators.

    """
    if b"\x00" in line:
        refuse(Code.binary_content, shown, "the header holds NUL bytes", "is this a text file?")
    try:
        text = line.decode().rstrip("\r\n")
        if "\r" in text:
            message = "lines end in CR alone"
            refuse(Code.wrong_shape, shown, message, "save it with LF or CR LF line ends")
        names = tuple(name.strip() for name in next(_reader(text, separator), []))
    except UnicodeDecodeError as error:
        message = f"byte 0x{line[error.start]:02x} is not UTF-8 text"
        help_ = "save it as UTF-8, or name its encoding with `--map`, for example "
        help_ += "`encoding: cp1252` for a table of a Windows program"
        refuse(Code.not_utf8, Span(shown, 1, error.start + 1), message, help_)
    except csv.Error as error:
        refuse(
            Code.wrong_shape, Span(shown, 1, 1, 1, text[:200]), f"the header is broken: {error}"
        )
    other = next((sign for sign in ",;\t|" if text.count(sign) > text.count(separator)), "")
    if other:
        sign = SIGNS.get(other, f"`{other}`")
        at = Span(shown, 1, text.index(other) + 1, 1, text)
        help_ = f"expected {SIGNS.get(separator, f'`{separator}`')}; if it is right, say so with "
        help_ += f'`--map`: `separator: "{NAMED.get(other, other)}"`'
        refuse(Code.wrong_shape, at, f"columns are separated by {sign}", help_)
    return names


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader([text], delimiter=separator, strict=True)
