"""`screening sheet`: the next hour on one page, for the trainer or for the client."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from screening import app
from screening.cli.common import (
    FILE,
    command,
    knowledge_option,
    output_option,
    page_width,
    paper_option,
    row_options,
    tell,
)
from screening.cli.records import sources, store_options
from screening.cli.session_options import session_options, told
from screening.render.page import Format, PaperSize

READERS = ("trainer", "client")
EPILOG = """\b
Examples:
  screening sheet client.yaml
  screening sheet blue-bike --for client -o blue-bike-home.html
  screening sheet blue-bike --minutes 60 --equipment bands -o sheet.pdf --paper letter
"""


@command(epilog=EPILOG)
@click.argument("intake", type=FILE, metavar="CASE|INTAKE")
@click.option(
    "--for",
    "reader",
    type=click.Choice(READERS),
    default=READERS[0],
    show_default=True,
    help="The trainer with the client in the room, or the client until next time.",
)
@session_options
@output_option
@click.option("--date", "on", metavar="YYYY-MM-DD", help="The day on it, for an intake file.")
@paper_option
@row_options
@knowledge_option
@store_options
def sheet(  # noqa: PLR0913 - one for each option
    place: app.stores.StorePlace,
    intake: Path,
    knowledge_dir: Path | None,
    *,
    reader: str,
    file: Path | None,
    on: str | None,
    size: PaperSize,
    row: int | None,
    map_file: Path | None,
    **session_said: Any,  # noqa: ANN401 - what `session_options` adds
) -> None:
    """Put the next hour on one page: for the trainer, or for the client to take home.

    CASE is a recorded case or a client, whose last conclusion it is about; INTAKE is a file.
    Without -o it is shown and not kept. What does not fit on a page is an error that says so.
    """
    wanted = app.sheets.SheetWanted(
        app.sheets.SheetReader(reader), told(session_said), file, on, size
    )
    with sources(place) as found:
        subject = app.chosen_case.ChosenCase(intake, row, map_file)
        made = app.sheets.sheet(subject, knowledge_dir, found, wanted)
    if file is None:
        click.echo(made.shown.laid_out(Format.TABLE, page_width()), nl=False)
    for said in made.said:
        tell(said)
