"""One chunk of a table: screened once, here or on another machine, and kept as a part."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from screening.batch.cells import Typed, Typist
from screening.batch.checkpoints import Done, Parts, writing
from screening.batch.duplicates import repeated
from screening.batch.layout import Layout
from screening.batch.results import Screener
from screening.batch.rows import ROW, read_rows
from screening.batch.table_source import Chunk, SourceTable, refuse
from screening.batch.wording import OPEN
from screening.diagnostics import Code
from screening.load import load
from screening.model.column_map import CLIENT
from screening.model.vocabularies import Level

REFERRAL = "referral"
NOT_REFERRED = ("", OPEN)


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
