"""`screening interview` and `screening followup`: ask, conclude, show."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screening import app
from screening.cli.common import command
from screening.cli.options import (
    FILE,
    client_option,
    format_option,
    full_option,
    gathered,
    knowledge_option,
    store_options,
    trainer_option,
)
from screening.cli.terminal import Terminal

SIGNALLED = 128  # what a shell adds to the number of the signal that ended a process


interview_options = gathered(
    "options",
    "sitting.InterviewOptions",
    click.option("--programme", type=FILE, help="Read the current programme, one a line."),
    click.option(
        "--order",
        type=click.Choice(("adaptive", "fixed")),
        help="Ask only what can still change a conclusion (adaptive, the default), or all "
        "(fixed).",
    ),
    click.option(
        "--typed",
        type=FILE,
        help="Take the lines of a file as what is typed, for trying things out.",
    ),
    trainer_option,
    full_option,
    also=("form",),
)


def _sit(
    directory: Path | None,
    place: app.stores.StorePlace,
    wanted: app.start_interview.Beginning,
    options: app.sitting.InterviewOptions,
) -> None:
    """Hold an interview on the terminal, or with the lines of a file as what is typed."""
    lines = app.programme_file.typed_lines(options.typed) if options.typed else None
    number = app.sitting.sit(Terminal(lines), directory, place, wanted, options)
    sys.exit(number and SIGNALLED + number)


@command()
@client_option("Name the client: a pseudonym or number.")
@interview_options
@gathered(
    "wanted",
    "start_interview.beginning",
    click.option("--resume", default="", metavar="CASE", help="Go on with a saved case."),
    click.option("--answers", type=FILE, help="Take an intake's answers as given."),
    also=("client",),
)
@knowledge_option
@store_options
@format_option()
def interview(
    wanted: app.start_interview.Beginning,
    options: app.sitting.InterviewOptions,
    knowledge_dir: Path | None,
    place: app.stores.StorePlace,
) -> None:
    """Screen a client: safety first, then only what still matters. Every answer is saved.

    $ screening interview
    $ screening interview --client blue-bike --programme programme.txt
    $ screening interview --resume blue-bike
    $ screening interview --practice
    """
    _sit(knowledge_dir, place, wanted, options)


@command()
@click.argument("client")
@interview_options
@knowledge_option
@store_options
@format_option()
def followup(
    client: str,
    options: app.sitting.InterviewOptions,
    knowledge_dir: Path | None,
    place: app.stores.StorePlace,
) -> None:
    """See a CLIENT again: asks only what is new or too old, then shows how it went.

    What still counts is kept from last time; `review` shows it, `change` corrects it.

    $ screening followup blue-bike
    $ screening followup blue-bike --programme programme.txt
    """
    _sit(knowledge_dir, place, app.start_interview.FollowUp(client), options)
