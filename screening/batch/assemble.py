"""From finished parts to OUT, the rejected rows and the summary; each appears whole or not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import polars as pl

from screening.batch.checkpoints import Done, Parts, writing
from screening.batch.table_source import Form, Sheet, form_of, refuse
from screening.diagnostics import Code
from screening.errors import UnwritableError
from screening.storage.whole import settle


@dataclass(frozen=True, slots=True)
class Target:
    """Where a batch goes: OUT, with the rejected rows and the summary beside it."""

    out: Path
    form: Form

    @staticmethod
    def at(out: Path, *inputs: Path) -> Target:
        """Return the target of that name; a link stands for what it points to.

        Raises:
            BadInputError: when OUT, or a file beside it, is one of the inputs.
            UnwritableError: when its folder is not there.

        """
        form, real = form_of(out), out.resolve()
        if not real.parent.is_dir():
            raise UnwritableError(f"{out}: there is no folder {real.parent}")
        if real.is_dir():
            raise UnwritableError(f"{out}: a file is expected, this is a directory")
        if real.exists() and not real.is_file():
            raise UnwritableError(f"{out}: a file is expected, this is a pipe or a device")
        target = Target(real, form)
        for path in (real, target.rejected, target.summary):
            for other in inputs:
                if path.exists() and other.exists() and path.samefile(other):
                    message = f"the output {path.name} is an input"
                    refuse(Code.same_file, str(out), message, "give the result another name")
        return target

    @property
    def rejected(self) -> Path:
        """Where the rejected rows go."""
        return self.out.with_suffix(".rejected.csv")

    @property
    def summary(self) -> Path:
        """Where the counts go."""
        return self.out.with_suffix(".summary.json")


def assemble(target: Target, parts: Parts, sheet: Sheet, total: Done, summary: str) -> None:
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
            _appended(out, aside, Form.CSV)
            aside.replace(target.rejected)
        aside.write_text(summary, encoding="utf-8")
        aside.replace(target.summary)
        if target.form is Form.PARQUET:
            pl.scan_parquet(rows, glob=False).sink_parquet(aside)
        else:
            _appended(rows, aside, target.form)
        settle(aside)
        aside.replace(target.out)
        parts.remove()


def _appended(files: Iterable[Path], aside: Path, form: Form) -> None:
    with aside.open("wb") as file:
        for number, path in enumerate(files):
            _append(pl.read_parquet(path, glob=False), file, form, first=number == 0)


def _append(frame: pl.DataFrame, file: BinaryIO, form: Form, *, first: bool) -> None:
    if form is Form.CSV:
        frame.write_csv(file, include_header=first)
    else:
        frame.write_ndjson(file)


def counted(total: Done, form: dict[str, object]) -> str:
    """Return the summary: the counts, which add up, and what was concluded how often."""
    read = {"read": total.rows, "written": total.written, "rejected": total.rejected}
    return json.dumps({**form, **read, "concluded": dict(total.counts)}, indent=2) + "\n"
