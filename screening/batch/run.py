"""From a table to a table of results: chunk by chunk, resumable, and nothing dropped.

A chunk is screened the same way on this machine and on many. OUT, the rejected rows and the
summary are put together from finished parts; each appears whole or not.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice
from pathlib import Path
from typing import BinaryIO

import polars as pl

from screening.batch.cells import Typed, Typist
from screening.batch.checkpoints import Begun, Done, Parts, writing
from screening.batch.duplicates import find_duplicates, repeated
from screening.batch.layout import Layout, lay_out
from screening.batch.results import Screener
from screening.batch.rows import ROW, read_rows
from screening.batch.table_source import (
    BOM,
    WRITTEN,
    Chunk,
    SourceTable,
    TableFormat,
    open_table,
    refuse,
    table_format,
)
from screening.batch.wording import OPEN
from screening.diagnostics import Code, Diagnostic, Span
from screening.errors import BadInputError, UnwritableError
from screening.load import load
from screening.model.column_map import CLIENT, ColumnMap
from screening.model.knowledge import KnowledgeBase
from screening.model.units import POINT, unit_of
from screening.model.vocabularies import Level
from screening.storage.program import program_digest
from screening.storage.whole import settle

REFERRAL = "referral"
NOT_REFERRED = ("", OPEN)
FEW = 20  # numbers; of fewer, one slip is a large share
SHARE = 20  # one in so many out of range is more than slips of the pen; design estimate


def other_unit(done: Done, layout: Layout, knowledge: KnowledgeBase, table: str) -> None:
    """Refuse a table too many of whose numbers are out of range, unless its unit is given.

    Numbers in range may then be of the other unit too, so no row can be trusted.

    Raises:
        BadInputError: with every such column.

    """
    found = []
    for name, (held, out) in done.numbers.items():
        question = knowledge.questions[name]
        unsaid = question.scale.digits and name not in layout.said.units
        if held >= FEW and out * SHARE >= held and unsaid:
            column, unit = layout.names[name], question.unit
            message = (
                f"column `{column}`: {out} of {held} numbers are outside {question.span}; "
                f"the column may be in another unit"
            )
            help_ = f"say in the map what it is in: `units: {{{name}: {unit}}}`, or another unit"
            if unit_of(unit) == POINT:
                help_ += f" or scale, such as `units: {{{name}: 0-100}}`"
            found.append(Diagnostic(Code.other_unit, message, Span(table), help_))
    if found:
        raise BadInputError(tuple(found))


@dataclass(frozen=True, slots=True)
class Job:
    """A table to screen with some knowledge; paths are the same on every machine.

    `digest` is the knowledge's, so that no machine screens with another. `duplicates` is the file
    of the rows of repeated clients.
    """

    sheet: SourceTable
    layout: Layout
    knowledge: Path
    digest: str
    parts: Parts
    duplicates: Path


def screen_chunk(job: Job, chunk: Chunk, screener: Screener) -> Done:
    """Return what became of a chunk, once its part is kept; nothing is done twice.

    Raises:
        BadInputError: when the table is damaged there.
        UnwritableError: when the part cannot be kept.

    """
    before = job.parts.done(chunk.number)
    if before is not None:
        return before
    raw = read_rows(job.sheet, chunk, job.layout.columns)
    again = repeated(job.duplicates, chunk, job.layout.names[CLIENT])
    typed = Typist(screener.knowledge, job.layout).typed(raw, again)
    results = screener.results(typed.answers)
    reasons = _judged(typed, screener)
    refer = reasons.filter(~pl.col(REFERRAL).is_in(NOT_REFERRED)).unique(ROW)[REFERRAL]
    done = Done(
        chunk.rows, len(results.rows), typed.rejected[ROW].n_unique(), typed.numbers,
        results.counts, dict(sorted(refer.value_counts().iter_rows())), typed.spread,
    )  # fmt: skip
    if done.written + done.rejected != done.rows:
        raise AssertionError(done)
    with writing(job.parts.folder):
        job.parts.finish(chunk.number, results.rows, reasons, done)
    return done


def _judged(typed: Typed, screener: Screener) -> pl.DataFrame:
    """Return the rejections, each with the level at which what can be read of its row refers.

    It is `open` where nothing that can be read refers, and nothing where no cell can be read.
    """
    levels = screener.results(typed.readable).rows if len(typed.readable) else None
    if levels is None:
        return typed.rejected.with_columns(pl.lit("").alias(REFERRAL))
    said = levels.select(ROW, pl.col(REFERRAL).cast(pl.String).replace(Level.NONE.word, OPEN))
    joined = typed.rejected.join(said, on=ROW, how="left", maintain_order="left")
    return joined.with_columns(pl.col(REFERRAL).fill_null(""))


@lru_cache(maxsize=2)
def ready(folder: Path, digest: str) -> Screener:
    """Return what screens with the knowledge in a folder, kept from chunk to chunk.

    Raises:
        BadInputError: when it is not the knowledge of this digest.

    """
    knowledge = load(folder)
    if knowledge.digest != digest:
        message = "the knowledge here is not the one the batch was begun with"
        refuse(Code.changed_batch, str(folder), message, "give every machine the same folder")
    return Screener.of(knowledge)


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


REJECTED_HEAD, SUMMARY_HEAD = b"row,client,", b'{\n  "format": "batch-summary/1"'
MOST_AT_ONCE = 4  # chunks in memory; Polars has threads of its own
Runner = Callable[[Job, Iterable[Chunk]], Iterator[tuple[Chunk, Done]]]
"""Screens chunks, in any order."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A table, laid out, that is to be screened with the knowledge in a folder."""

    sheet: SourceTable
    layout: Layout
    knowledge: KnowledgeBase
    folder: Path
    target: OutFiles

    @staticmethod
    def of(
        table: Path, out: Path, knowledge: KnowledgeBase, folder: Path, said: ColumnMap
    ) -> Batch:
        """Return the batch from a table to OUT.

        Raises:
            BadInputError: when the table cannot be screened, or OUT is one of the inputs.
            UnwritableError: when OUT cannot be there.

        """
        target = OutFiles.at(out, table)
        sheet = open_table(table.absolute(), said)
        return Batch(sheet, lay_out(sheet, knowledge, said), knowledge, folder.absolute(), target)

    def run(self, through: Runner, progress: Callable[[int], None]) -> Done:
        """Return what became of all rows, once everything is written.

        Raises:
            BadInputError: when the parts there are another batch's, or the table is damaged.
            UnwritableError: when something cannot be written; what is finished is kept.

        """
        parts = Parts.beside(self.target.out)
        parts.begin(self._begun())
        with writing(parts.folder):
            job = self._job(parts)
        total = Done()
        for chunk, done in through(job, self.sheet.chunks):
            total += done
            progress(done.rows)
            if chunk.number == 0:
                self._one_unit(done, parts)
        self._one_unit(total, parts)
        summary = summary_text(total, self._stands_on())
        assemble(self.target, parts, self.sheet, total, summary)
        return total

    def _job(self, parts: Parts) -> Job:
        sheet = self.sheet
        return Job(
            sheet,
            self.layout,
            self.folder,
            self.knowledge.digest,
            parts,
            find_duplicates(sheet, self.layout, parts.folder),
        )

    def _begun(self) -> Begun:
        said = self.layout.said
        values = {name: sorted(words.items()) for name, words in sorted(said.values.items())}
        names, units = sorted(self.layout.names.items()), sorted(self.layout.units.items())
        lists = [sorted(self.layout.lists.items()), sorted(self.layout.several.items())]
        own = [
            (name, column, one.ticked)
            for name, columns in sorted(self.layout.ticks.items())
            for column, one in columns.items()
        ]
        written = [
            lists,
            own,
            self.layout.numbered,
            said.empty,
            said.separator,
            said.encoding,
            said.decimal,
        ]
        asked = json.dumps([names, values, units, written, self.target.form.value])
        options = hashlib.sha256(asked.encode()).hexdigest()
        return Begun(self.sheet.digest, self.knowledge.digest, options, program_digest())

    def _one_unit(self, done: Done, parts: Parts) -> None:
        try:
            other_unit(done, self.layout, self.knowledge, str(self.sheet.path))
        except BadInputError:
            parts.remove()
            raise

    def _stands_on(self) -> dict[str, object]:
        pack = self.knowledge.pack
        return {
            "format": "batch-summary/1",
            "table": {"name": self.sheet.path.name, "sha256": self.sheet.digest},
            "knowledge": {
                "pack": pack.id, "version": pack.version, "digest": self.knowledge.digest
            },
            "review": pack.review,
        }  # fmt: skip


def here(knowledge: KnowledgeBase) -> Runner:
    """Return what screens chunks with some knowledge, in order, on all processors here."""
    return lambda job, chunks: _screened(Screener.of(knowledge), job, chunks)


def _screened(
    screener: Screener, job: Job, chunks: Iterable[Chunk]
) -> Iterator[tuple[Chunk, Done]]:
    """Yield chunks in order; as many are at work at a time as there are processors."""
    at_once = min(os.cpu_count() or 1, MOST_AT_ONCE)
    left, begun = iter(chunks), deque[tuple[Chunk, Future[Done]]]()
    with ThreadPoolExecutor(at_once) as threads:
        try:
            while True:
                for chunk in islice(left, at_once - len(begun)):
                    begun.append((chunk, threads.submit(screen_chunk, job, chunk, screener)))
                if not begun:
                    return
                chunk, done = begun.popleft()
                yield chunk, done.result()
        finally:
            threads.shutdown(cancel_futures=True)
