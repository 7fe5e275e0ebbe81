"""What commands on tables share: the map, the progress bar, the cluster, and what is said."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import click

from screening.batch.checkpoints import Done
from screening.batch.layout import without_column
from screening.batch.results import by_kind
from screening.batch.run import Batch, Runner, here
from screening.load import shipped_knowledge
from screening.load.column_map import load_column_map
from screening.model.column_map import ColumnMap
from screening.model.knowledge import KnowledgeBase
from screening.render.batch_report import batch_form, batch_page
from screening.render.formats import output


def folder_of(knowledge_dir: Path | None) -> Path:
    """Return the folder the knowledge is in."""
    return knowledge_dir or shipped_knowledge()


def said(map_file: Path | None, knowledge: KnowledgeBase) -> ColumnMap:
    """Return what a `--map` file says; nothing without one."""
    return ColumnMap() if map_file is None else load_column_map(map_file, knowledge)


def runner(scheduler: str | None, knowledge: KnowledgeBase) -> AbstractContextManager[Runner]:
    """Return what screens chunks: this machine, or the cluster of a scheduler."""
    if scheduler is None:
        return nullcontext(here(knowledge))
    from screening.batch.cluster import cluster  # noqa: PLC0415 - a slow import

    return cluster(scheduler)


@contextmanager
def progress(rows: int) -> Iterator[Callable[[int], None]]:
    """Show how far it is, how fast and how long still, on stderr; nothing without a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    began, seen = time.monotonic(), 0

    def rate(_: object) -> str:
        passed = time.monotonic() - began
        return f"{seen / passed:,.0f} rows/s" if seen and passed else ""

    with click.progressbar(
        length=rows, file=sys.stderr, show_pos=True, item_show_func=rate, label="screening"
    ) as bar:

        def advance(more: int) -> None:
            nonlocal seen
            seen += more
            bar.update(more, current_item=seen)

        yield advance


@contextmanager
def going_on_later() -> Iterator[None]:
    """Say on Ctrl-C that nothing finished is lost."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("what is finished is kept: run the same command again to go on", err=True)
        raise


def warn(asked: Batch) -> None:
    """Say before a batch begins that it cannot clear anybody, when it cannot."""
    missing = without_column(asked.layout, asked.knowledge)
    if missing:
        click.echo(
            f"caution: no column for {', '.join(missing)}: without these answers no exercise is "
            "suggested to anybody",
            err=True,
        )


def report(asked: Batch, done: Done, form: str, *, summary: bool) -> str:
    """Return what became of the rows, and with `summary` what was concluded how often."""
    counts = by_kind(done.counts) if summary else {}
    read = {"read": done.rows, "written": done.written, "rejected": done.rejected}
    page = batch_page(asked.knowledge, read, str(asked.target.rejected), counts)
    return output(page, batch_form(asked.knowledge, read, counts), form)
