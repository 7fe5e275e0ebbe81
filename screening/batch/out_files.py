"""Where a batch goes, and how OUT, the rejected rows and the summary come from finished parts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

import polars as pl

from screening.batch.checkpoints import Done, Parts, writing
from screening.batch.table_source import (
    BOM,
    WRITTEN,
    SourceTable,
    TableFormat,
    refuse,
    table_format,
)
from screening.diagnostics import Code
from screening.errors import UnwritableError
from screening.model.column_map import CLIENT
from screening.storage.whole import settle

REJECTED_HEAD, SUMMARY_HEAD = b"row,client,", b'{\n  "format": "batch-summary/1"'


@dataclass(frozen=True, slots=True)
class OutFiles:
    """Where a batch goes: OUT, with the rejected rows and the summary beside it."""

    out: Path
    form: TableFormat

    @staticmethod
    def at(out: Path, *inputs: Path) -> OutFiles:
        """Return the target of that name; a link stands for what it points to.

        Raises:
            BadInputError: when OUT, or a file beside it, is one of the inputs.
            UnwritableError: when its folder is not there.

        """
        form, real = table_format(out, WRITTEN), out.resolve()
        if not real.parent.is_dir():
            raise UnwritableError(f"{out}: there is no folder {real.parent}")
        if real.is_dir():
            raise UnwritableError(f"{out}: a file is expected, this is a directory")
        if real.exists() and not real.is_file():
            raise UnwritableError(f"{out}: a file is expected, this is a pipe or a device")
        target = OutFiles(real, form)
        target.not_somebody_elses()
        for path in (real, target.rejected, target.summary):
            for other in inputs:
                if path.exists() and other.exists() and path.samefile(other):
                    message = f"the output {path.name} is an input"
                    refuse(Code.same_file, str(out), message, "give the result another name")
        return target

    def not_somebody_elses(self) -> None:
        """Refuse to take the place of files beside OUT that no batch wrote.

        Raises:
            UnwritableError: when there is one.

        """
        for path, begins in ((self.rejected, REJECTED_HEAD), (self.summary, SUMMARY_HEAD)):
            with writing(path), suppress(FileNotFoundError), path.open("rb") as file:
                if not file.read(len(BOM + begins)).removeprefix(BOM).startswith(begins):
                    message = f"{path} is there already, and no batch wrote it"
                    raise UnwritableError(f"{message}: move it, or give the result another name")

    @property
    def rejected(self) -> Path:
        """Where the rejected rows go."""
        return self.out.with_suffix(".rejected.csv")

    @property
    def summary(self) -> Path:
        """Where the counts go."""
        return self.out.with_suffix(".summary.json")


def assemble(
    target: OutFiles, parts: Parts, sheet: SourceTable, total: Done, summary: str
) -> None:
    """Write everything, OUT last, and remove the parts.

    Raises:
        UnwritableError: when something cannot be written; the parts are kept.

    """
    rows = [parts.rows(chunk.number) for chunk in sheet.chunks]
    out = [parts.out(chunk.number) for chunk in sheet.chunks]
    aside = parts.folder / "out"
    with writing(target.out):
        target.rejected.unlink(missing_ok=True)
        if total.rejected:
            _appended(out, aside, TableFormat.CSV, marked=sheet.marked)
            _put(aside, target.rejected)
        aside.write_text(summary, encoding="utf-8")
        _put(aside, target.summary)
        if target.form is TableFormat.PARQUET:
            pl.scan_parquet(rows, glob=False).sink_parquet(aside)
        else:
            marked = sheet.marked and target.form is TableFormat.CSV
            _appended(rows, aside, target.form, marked=marked)
        settle(aside)
        _put(aside, target.out)
        parts.remove()


def _put(aside: Path, target: Path) -> None:
    """Let a finished file take its name; it holds what clients said, and is its owner's alone."""
    aside.chmod(0o600)
    aside.replace(target)


def _appended(files: Iterable[Path], aside: Path, form: TableFormat, *, marked: bool) -> None:
    with aside.open("wb") as file:
        file.write(BOM if marked else b"")
        for number, path in enumerate(files):
            _append(pl.read_parquet(path, glob=False), file, form, first=number == 0)


def _append(frame: pl.DataFrame, file: BinaryIO, form: TableFormat, *, first: bool) -> None:
    if form is TableFormat.CSV:
        frame.with_columns(_as_cells(pl.col(CLIENT))).write_csv(file, include_header=first)
    else:
        frame.write_ndjson(file)


def _as_cells(client: pl.Expr) -> pl.Expr:
    """Return what clients are called as cells no spreadsheet runs, as `as_cell` has it."""
    printed = client.str.replace_all(r"\p{C}", "\N{REPLACEMENT CHARACTER}")
    runs = client.str.contains(r"^[=+\-@\t\r]")
    return pl.when(runs).then(pl.concat_str(pl.lit("'"), printed)).otherwise(printed).alias(CLIENT)


def summary_text(total: Done, form: dict[str, object]) -> str:
    """Return the summary: the counts, which add up, and what was concluded how often."""
    read = {"read": total.rows, "written": total.written, "rejected": total.rejected}
    told = {"rejected_referred": dict(total.referred), "numbers": spread(total)}
    return json.dumps({**form, **read, **told, "concluded": dict(total.counts)}, indent=2) + "\n"


def spread(total: Done) -> dict[str, dict[str, int]]:
    """Return the least, median and most of each column of numbers that holds one.

    >>> spread(Done(spread={"age": {"40": 2, "50": 1, "70": 1}}))
    {'age': {'least': 40, 'median': 40, 'most': 70}}
    """
    found = {}
    for name, often in total.spread.items():
        numbers = sorted((int(number), count) for number, count in often.items())
        if numbers:
            below = accumulate(count for _, count in numbers)
            half = -(-sum(often.values()) // 2)
            middle = next(n for (n, _), up_to in zip(numbers, below, strict=True) if up_to >= half)
            found[name] = {"least": numbers[0][0], "median": middle, "most": numbers[-1][0]}
    return found
