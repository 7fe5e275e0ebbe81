"""`screening letter`: what a client takes along to whoever is to look."""

from __future__ import annotations

from pathlib import Path

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
from screening.render.page import Format, PaperSize

EPILOG = """\b
Examples:
  screening letter blue-bike
  screening letter blue-bike -o blue-bike-letter.html
  screening letter blue-bike --to physiotherapist -o letter.pdf --paper letter
  screening letter client.yaml --date 2026-03-02 -o letter.html
"""


@command(epilog=EPILOG)
@click.argument("intake", type=FILE, metavar="CASE|INTAKE")
@click.option("--to", metavar="WHO", help="Whom it is for; else who is to look first.")
@output_option
@click.option("--date", "on", metavar="YYYY-MM-DD", help="The day on it, for an intake file.")
@paper_option
@row_options
@click.option(
    "--private",
    multiple=True,
    metavar="QUESTION",
    help="Let this private answer in: the client wants it in the letter.",
)
@knowledge_option
@store_options
def letter(  # noqa: PLR0913 - one for each option
    place: app.stores.StorePlace,
    intake: Path,
    knowledge_dir: Path | None,
    *,
    to: str | None,
    file: Path | None,
    on: str | None,
    size: PaperSize,
    row: int | None,
    map_file: Path | None,
    private: tuple[str, ...],
) -> None:
    """Write the letter that goes with a client who is to be looked at, with a reply slip.

    CASE is a recorded case or a client, whose last conclusion it is about; INTAKE is a file.
    Without -o it is shown and not kept. In an emergency there is no letter.
    """
    wanted = app.letters.LetterWanted(to, file, on, size, private)
    with sources(place) as found:
        subject = app.chosen_case.ChosenCase(intake, row, map_file)
        made = app.letters.letter(subject, knowledge_dir, found, wanted)
    if file is None:
        click.echo(made.shown.laid_out(Format.TABLE, page_width()), nl=False)
    for said in made.said:
        tell(said)
