"""What screening one chunk takes, and doing it: the same on this machine and on many."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from screening.batch.checkpoints import Done, Parts, writing
from screening.batch.duplicates import repeated
from screening.batch.layout import Layout
from screening.batch.parse_rows import Typist
from screening.batch.raw_rows import ROW
from screening.batch.read import read_rows
from screening.batch.results import Screener
from screening.batch.table_source import Chunk, Form, refuse
from screening.diagnostics import Code
from screening.load import load
from screening.model.column_map import CLIENT


@dataclass(frozen=True, slots=True)
class Job:
    """A table to screen with some knowledge; paths are the same on every machine.

    `names` are the table's columns. `digest` is the knowledge's, so that no machine screens with
    another. `duplicates` is the file of the rows of repeated clients.
    """

    table: Path
    form: Form
    names: tuple[str, ...]
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
    raw = read_rows(job.table, job.form, chunk, job.names, job.layout.columns)
    again = repeated(job.duplicates, chunk, job.layout.names[CLIENT])
    typed = Typist(screener.knowledge, job.layout).typed(raw, again)
    results = screener.results(typed.answers)
    rejected = typed.rejected[ROW].n_unique()
    done = Done(chunk.rows, len(results.rows), rejected, typed.numbers, results.counts)
    if done.written + done.rejected != done.rows:
        raise AssertionError(done)
    with writing(job.parts.folder):
        job.parts.finish(chunk.number, results.rows, typed.rejected, done)
    return done


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
