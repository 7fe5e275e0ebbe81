"""From a table to a table of results: chunk by chunk, resumable, and nothing dropped.

A chunk is screened the same way on this machine and on many. What is written is put together
from finished parts; each file appears whole or not.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from screening.batch.checkpoints import Begun, Done, Parts, writing
from screening.batch.chunk_task import Job, screen_chunk
from screening.batch.duplicates import find_duplicates
from screening.batch.layout import Layout, lay_out
from screening.batch.out_files import OutFiles, assemble, summary_text
from screening.batch.results import Screener
from screening.batch.table_source import Chunk, SourceTable, open_table
from screening.diagnostics import Code, Diagnostic, Span
from screening.errors import BadInputError
from screening.model.column_map import ColumnMap
from screening.model.knowledge import KnowledgeBase
from screening.model.units import POINT, unit_of
from screening.storage.program import program_digest

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
