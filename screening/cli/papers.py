"""`screening letter` and `screening sheet`: what goes out of the house on paper."""

from __future__ import annotations

from pathlib import Path

import click

from screening import app
from screening.cli.common import command, page_width, tell
from screening.cli.options import (
    FILE,
    Decorator,
    case_options,
    gathered,
    knowledge_option,
    paper_file_option,
    paper_option,
    with_sources,
)
from screening.cli.session import session_options
from screening.render.page import Format

READERS = ("trainer", "client")


def paper_options(make: str, *also: str) -> Decorator:
    """Add CASE|INTAKE with its options, `-o`, `--date` and `--paper`.

    The command gets them as `subject` and `wanted`.
    """
    day = click.option(
        "--date", "on", metavar="YYYY-MM-DD", help="The day on it, for an intake file."
    )
    wanted = gathered("wanted", make, paper_file_option, day, paper_option, also=also)
    intake = click.argument("intake", type=FILE, metavar="CASE|INTAKE")
    return lambda command: intake(wanted(case_options(command)))


def _show(made: app.paper_file.PaperWritten, file: Path | None) -> None:
    """Print a paper that goes into no file, and say what is to be said beside it."""
    if file is None:
        click.echo(made.shown.laid_out(Format.TABLE, page_width()), nl=False)
    for said in made.said:
        tell(said)


@command()
@click.option("--to", metavar="WHO", help="Whom it is for; else who is to look first.")
@paper_options("letters.LetterWanted", "to", "private")
@click.option(
    "--private",
    multiple=True,
    metavar="QUESTION",
    help="Let this private answer in: the client wants it in the letter.",
)
@knowledge_option
@with_sources
def letter(
    subject: app.chosen_case.ChosenCase,
    knowledge_dir: Path | None,
    found: app.conclude.Sources,
    wanted: app.letters.LetterWanted,
) -> None:
    """Write the letter that goes with a client who is to be looked at, with a reply slip.

    CASE is a recorded case or a client, whose last conclusion it is about; INTAKE is a file.
    Without -o it is shown and not kept. In an emergency there is no letter.

    $ screening letter blue-bike
    $ screening letter blue-bike -o blue-bike-letter.html
    $ screening letter blue-bike --to physiotherapist -o letter.pdf --paper letter
    $ screening letter client.yaml --date 2026-03-02 -o letter.html
    """
    _show(app.letters.letter(subject, knowledge_dir, found, wanted), wanted.file)


@command()
@click.option(
    "--for",
    "reader",
    type=click.Choice(READERS),
    default=READERS[0],
    show_default=True,
    callback=lambda _context, _option, word: app.sheets.SheetReader(word),
    help="The trainer with the client in the room, or the client until next time.",
)
@session_options
@paper_options("sheets.SheetWanted", "reader", "told")
@knowledge_option
@with_sources
def sheet(
    subject: app.chosen_case.ChosenCase,
    knowledge_dir: Path | None,
    found: app.conclude.Sources,
    wanted: app.sheets.SheetWanted,
) -> None:
    """Put the next hour on one page: for the trainer, or for the client to take home.

    CASE is a recorded case or a client, whose last conclusion it is about; INTAKE is a file.
    Without -o it is shown and not kept. What does not fit on a page is an error that says so.

    $ screening sheet client.yaml
    $ screening sheet blue-bike --for client -o blue-bike-home.html
    $ screening sheet blue-bike --minutes 60 --equipment bands -o sheet.pdf --paper letter
    """
    _show(app.sheets.sheet(subject, knowledge_dir, found, wanted), wanted.file)
