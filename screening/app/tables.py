"""Many clients at once: a table concluded, and whose result other knowledge changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from screening.app.knowledge import open_checked_knowledge, root_of
from screening.app.ports import Progress, Tell
from screening.app.printout import Printout
from screening.app.recall import recorded
from screening.batch.impact import Compared, Two, on_cases, on_table
from screening.batch.layout import without_column
from screening.batch.ordered_changes import Spool
from screening.batch.out_files import spread
from screening.batch.proposal import Proposal, proposed_map
from screening.batch.results import by_kind
from screening.batch.run import Batch, Runner, here
from screening.batch.single_row import case_at
from screening.batch.table_source import SourceTable, open_table
from screening.errors import assert_never
from screening.load.column_map import load_column_map
from screening.model.case import Case
from screening.model.column_map import ColumnMap
from screening.model.knowledge import KnowledgeBase
from screening.records import Store
from screening.render.batch_report import batch_form, batch_page
from screening.render.impact_report import impact_csv, impact_json, impact_page
from screening.render.page import Format, ListFormat
from screening.render.table import text


@dataclass(frozen=True, slots=True)
class Screening:
    """A table that is to be concluded."""

    batch: Batch
    scheduler: str | None

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.batch.sheet.rows

    @property
    def caution(self) -> str | None:
        """What to say first: which questions are gone, and what nobody is cleared without."""
        layout, said = self.batch.layout, []
        if layout.older:
            said.append(
                f"caution: {', '.join(layout.older)}: asked differently today; what still fits is "
                "taken over, the rest counts as not asked"
            )
        missing = without_column(layout, self.batch.knowledge)
        if missing:
            said.append(
                f"caution: no column for {', '.join(missing)}: without these answers no exercise "
                "is suggested to anybody"
            )
        return "\n".join(said) or None

    def run(self, progress: Progress, *, summary: bool) -> Printout:
        """Conclude every row; return what became of them, and what was concluded how often."""
        asked = self.batch
        with _runner(self.scheduler, asked.knowledge) as through:
            done = asked.run(through, progress)
        counts = by_kind(done.counts) if summary else {}
        read = {"read": done.rows, "written": done.written, "rejected": done.rejected}
        told = (dict(done.referred), spread(done))
        page = batch_page(asked.knowledge, read, str(asked.target.rejected), told, counts)
        return Printout(page, batch_form(asked.knowledge, read, told, counts), not done.rejected)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of intakes, and what a `--map` file says of its columns and values."""

    path: Path
    map_file: Path | None

    def said(self, knowledge: KnowledgeBase) -> ColumnMap:
        """Return what the map says; nothing without one."""
        return ColumnMap() if self.map_file is None else load_column_map(self.map_file, knowledge)


def screening(
    table: Table, out: Path, directory: Path | None, scheduler: str | None, *, bom: bool
) -> Screening:
    """Return the batch from a table to OUT; CSV may begin with a byte-order mark."""
    knowledge = open_checked_knowledge(directory)
    root = root_of(directory)
    batch = Batch.of(table.path, out, knowledge, root, table.said(knowledge))
    if bom:
        batch = replace(batch, sheet=replace(batch.sheet, marked=True))
    return Screening(batch, scheduler)


def proposed(path: Path, directory: Path | None) -> Proposal:
    """Return a draft of the map of a table."""
    return proposed_map(path, open_checked_knowledge(directory))


def case_in_row(table: Table, row: int, knowledge: KnowledgeBase) -> Case:
    """Return the case in a row of a table, as a batch reads it."""
    return case_at(table.path, row, knowledge, table.said(knowledge))


def _runner(scheduler: str | None, knowledge: KnowledgeBase) -> AbstractContextManager[Runner]:
    """Return what screens chunks: this machine, or the cluster of a scheduler."""
    if scheduler is None:
        return nullcontext(here(knowledge))
    from screening.batch.cluster import cluster  # noqa: PLC0415 - needs distributed

    return cluster(scheduler)


@dataclass(frozen=True, slots=True)
class Impact:
    """Two knowledge bases to be compared on a table."""

    two: Two
    sheet: SourceTable
    table: Table

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.sheet.rows

    def changes(self, progress: Progress) -> Changes:
        """Return whose result differs; close it when done."""
        said = self.table.said(self.two.asked())
        return Changes.of(on_table(self.sheet, self.two, said, progress), self.two, "rejected")


def impact(old: Path, new: Path, table: Table) -> Impact:
    """Return the comparison of two knowledge bases on a table."""
    two = Two(open_checked_knowledge(old), open_checked_knowledge(new))
    return Impact(two, open_table(table.path, table.said(two.asked())), table)


def recalled(store: Store, directory: Path | None, new: Path, tell: Tell) -> Changes:
    """Return whose recorded result the new knowledge changes; close it when done."""
    two = Two(open_checked_knowledge(directory), open_checked_knowledge(new))
    clients = recorded(store, two, tell)
    compared = on_cases(clients.pairs, two, left_out=clients.left_out)
    return Changes.of([compared], two, "to be asked again")


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes in order, the newly referred first, kept on disk until they are closed."""

    two: Two
    spool: Spool
    counts: dict[str, int]

    @staticmethod
    def of(compared: Iterable[Compared], two: Two, unread: str) -> Changes:
        """Return the changes gathered; `unread` says what was left out."""
        spool, clients, left_out = Spool(), 0, 0
        try:
            for part in compared:
                spool.add(part.changes)
                clients += part.clients
                left_out += part.rejected
        except BaseException:
            spool.close()
            raise
        return Changes(two, spool, {"compared": clients, unread: left_out})

    def __enter__(self) -> Changes:  # noqa: PYI034 - `Self` needs Python 3.11
        """Return the changes, to read them."""
        return self

    def __exit__(self, *_: object) -> None:
        self.spool.close()

    @property
    def good(self) -> bool:
        """Whether nothing changes."""
        return not self.spool.counts.total()

    def pieces(self, form: ListFormat, width: int) -> Iterator[str]:
        """Return them in a format, piece by piece."""
        changes, counts = self.spool.changes(), self.counts
        match form:
            case Format.CSV:
                return impact_csv(changes)
            case Format.JSON:
                return impact_json(changes, self.two.old, self.two.new, counts)
            case Format.TABLE:
                review = self.two.new.pack.review
                return iter(
                    (text(impact_page(changes, counts, self.spool.counts, review), width),)
                )
        assert_never(form)
