"""`screening batch`, `impact` and `recall`: many clients at once."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from screening import app
from screening.cli.common import command, finish, page_width, tell
from screening.cli.options import (
    FILE,
    format_option,
    knowledge_option,
    map_option,
    store_options,
)
from screening.render.page import Format, ListFormat, PageFormat


@command()
@click.argument("table", metavar="IN", type=FILE, required=False)
@click.argument("out", metavar="OUT", type=FILE, required=False)
@map_option
@click.option(
    "--propose-map",
    "draft_of",
    metavar="TABLE",
    type=FILE,
    help="Draft the map of a table from its headers and values, and screen nobody.",
)
@click.option("--summary", is_flag=True, help="Print what was concluded how often.")
@click.option("--bom", is_flag=True, help="Begin CSV with a byte-order mark, as IN may itself.")
@click.option("--scheduler", metavar="ADDRESS", help="Use the Dask cluster of this scheduler.")
@format_option(Format.TABLE, Format.JSON)
@knowledge_option
def batch(  # noqa: PLR0913 - one for each option
    table: Path | None,
    out: Path | None,
    map_file: Path | None,
    form: PageFormat,
    knowledge_dir: Path | None,
    *,
    draft_of: Path | None,
    summary: bool,
    bom: bool,
    scheduler: str | None,
) -> None:
    """Conclude a table IN (CSV, JSON Lines or Parquet), one client a row, into a table OUT.

    Columns are question ids, `client`, and if you like `programme` (exercises separated by `;`).
    Rows that cannot be read go to OUT.rejected.csv with the reason; the counts go to
    OUT.summary.json. A run that was stopped goes on where it was.

    $ screening batch members.csv results.csv
    $ screening batch members.parquet results.parquet --summary
    $ screening batch --propose-map members.csv > columns.yaml
    $ screening batch members.csv results.csv --map columns.yaml
    $ screening batch members.parquet results.parquet --scheduler tcp://10.0.0.1:8786
    """
    app.extras.need("polars", *(["distributed"] if scheduler else []))
    if draft_of is not None:
        _draft(draft_of, knowledge_dir)
        return
    if table is None or out is None:
        raise click.MissingParameter(param_hint="OUT" if table else "IN", param_type="argument")
    given = app.tables.Table(table, map_file)
    asked = app.tables.screening(given, out, knowledge_dir, scheduler, bom=bom)
    with _going_on_later(asked.caution), _progress(asked.rows) as advance:
        found = asked.run(advance, summary=summary)
    click.echo(found.laid_out(form), nl=False)
    finish(good=found.good)


def _draft(table: Path, knowledge_dir: Path | None) -> None:
    """Print the draft of a map, and say beside it what somebody has to look at."""
    drafted = app.tables.proposed(table, knowledge_dir)
    click.echo(drafted.text, nl=False)
    for said in drafted.said:
        tell(said)


@command()
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.argument("table", metavar="IN", type=FILE)
@map_option
@format_option(Format.TABLE, Format.CSV, Format.JSON)
def impact(old: Path, new: Path, table: Path, map_file: Path | None, form: ListFormat) -> None:
    """List whose result differs between the knowledge in OLD and in NEW, on a table IN.

    The newly referred come first, then those no longer referred; each with the rules that make
    the difference. Exits with 1 when a result changes.

    $ screening impact knowledge changed-knowledge members.parquet
    $ screening impact knowledge changed-knowledge members.csv --format csv > changes.csv
    """
    app.extras.need("polars")
    asked = app.tables.impact(old, new, app.tables.Table(table, map_file))
    with _progress(asked.rows) as advance:
        changes = asked.changes(advance)
    _list(changes, form)


@command(
    epilog="\b\nExample:\n  screening recall --new changed-knowledge --format csv > call-back.csv"
)
@click.option("--new", required=True, type=FILE, help="The knowledge that is to come.")
@format_option(Format.TABLE, Format.CSV, Format.JSON)
@knowledge_option
@store_options
def recall(
    new: Path, form: ListFormat, knowledge_dir: Path | None, place: app.stores.StorePlace
) -> None:
    """List the recorded clients whose result the knowledge in NEW changes.

    Each client's last case is concluded anew with the knowledge in use and with the new one. The
    newly referred come first. Exits with 1 when a result changes.
    """
    app.extras.need("polars")
    with app.stores.open_records(place) as store:
        changes = app.tables.recalled(store, knowledge_dir, new, tell)
    _list(changes, form)


def _list(changes: app.tables.Changes, form: ListFormat) -> None:
    """Print changes, and exit with 1 when there are any."""
    with changes:
        for piece in changes.pieces(form, page_width()):
            click.echo(piece, nl=False)
        finish(good=changes.good)


@contextmanager
def _progress(rows: int) -> Iterator[Callable[[int], None]]:
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
def _going_on_later(caution: str | None) -> Iterator[None]:
    """Say what to be careful about, and on Ctrl-C that nothing finished is lost."""
    if caution:
        tell(caution)
    try:
        yield
    except KeyboardInterrupt:
        tell("what is finished is kept: run the same command again to go on")
        raise
