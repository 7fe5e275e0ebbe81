"""`screening letter` and `screening sheet`: what goes out of the house on paper."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from screening import app
from screening.cli.common import (
    FILE,
    command,
    knowledge_option,
    output_option,
    page_width,
    paper_option,
    tell,
)
from screening.cli.records import case_options, sources, store_options
from screening.cli.session_options import session_options, told
from screening.render.page import Format, PaperSize

if TYPE_CHECKING:
    from screening.app.paper_file import PaperWritten

T = TypeVar("T")
READERS = ("trainer", "client")


class PaperAsked(NamedTuple):
    """Into which file a paper is to go, with which day on it, and on which paper."""

    file: Path | None
    on: str | None
    size: PaperSize


def paper_options(command: Callable[..., T]) -> Callable[..., T]:
    """Add CASE|INTAKE with its options, `-o`, `--date` and `--paper`.

    The command gets them as `subject` and `asked`.
    """

    @click.argument("intake", type=FILE, metavar="CASE|INTAKE")
    @output_option
    @click.option("--date", "on", metavar="YYYY-MM-DD", help="The day on it, for an intake file.")
    @paper_option
    @case_options
    @functools.wraps(command)
    def asked(
        *args: object, file: Path | None, on: str | None, size: PaperSize, **kwargs: object
    ) -> T:
        return command(*args, asked=PaperAsked(file, on, size), **kwargs)

    return asked


def _show(made: PaperWritten, file: Path | None) -> None:
    """Print a paper that goes into no file, and say what is to be said beside it."""
    if file is None:
        click.echo(made.shown.laid_out(Format.TABLE, page_width()), nl=False)
    for said in made.said:
        tell(said)


@command()
@click.option("--to", metavar="WHO", help="Whom it is for; else who is to look first.")
@paper_options
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
    subject: app.chosen_case.ChosenCase,
    knowledge_dir: Path | None,
    *,
    to: str | None,
    asked: PaperAsked,
    private: tuple[str, ...],
) -> None:
    """Write the letter that goes with a client who is to be looked at, with a reply slip.

    CASE is a recorded case or a client, whose last conclusion it is about; INTAKE is a file.
    Without -o it is shown and not kept. In an emergency there is no letter.

    $ screening letter blue-bike
    $ screening letter blue-bike -o blue-bike-letter.html
    $ screening letter blue-bike --to physiotherapist -o letter.pdf --paper letter
    $ screening letter client.yaml --date 2026-03-02 -o letter.html
    """
    wanted = app.letters.LetterWanted(to, asked.file, asked.on, asked.size, private)
    with sources(place) as found:
        made = app.letters.letter(subject, knowledge_dir, found, wanted)
    _show(made, asked.file)


@command()
@click.option(
    "--for",
    "reader",
    type=click.Choice(READERS),
    default=READERS[0],
    show_default=True,
    help="The trainer with the client in the room, or the client until next time.",
)
@session_options
@paper_options
@knowledge_option
@store_options
def sheet(
    place: app.stores.StorePlace,
    subject: app.chosen_case.ChosenCase,
    knowledge_dir: Path | None,
    *,
    reader: str,
    asked: PaperAsked,
    **session_said: Any,  # noqa: ANN401 - what `session_options` adds
) -> None:
    """Put the next hour on one page: for the trainer, or for the client to take home.

    CASE is a recorded case or a client, whose last conclusion it is about; INTAKE is a file.
    Without -o it is shown and not kept. What does not fit on a page is an error that says so.

    $ screening sheet client.yaml
    $ screening sheet blue-bike --for client -o blue-bike-home.html
    $ screening sheet blue-bike --minutes 60 --equipment bands -o sheet.pdf --paper letter
    """
    sheets = app.sheets
    who, session = sheets.SheetReader(reader), told(session_said)
    wanted = sheets.SheetWanted(who, session, asked.file, asked.on, asked.size)
    with sources(place) as found:
        made = sheets.sheet(subject, knowledge_dir, found, wanted)
    _show(made, asked.file)
