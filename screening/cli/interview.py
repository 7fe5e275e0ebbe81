"""`screening interview`: ask, conclude, show."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screening.app.knowledge import open_checked_knowledge
from screening.app.stores import Place
from screening.cli.common import (
    exits,
    format_option,
    knowledge_option,
)
from screening.cli.records import client_option, store_options
from screening.load import shipped_knowledge

EPILOG = """\b
Examples:
  screening interview
  screening interview --client blue-bike --programme programme.txt
  screening interview --resume blue-bike
"""


programme_option = click.option(
    "--programme", type=click.Path(path_type=Path), help="Read the current programme, one a line."
)
order_option = click.option(
    "--order",
    type=click.Choice(("adaptive", "fixed")),
    help="Ask only what can still change a conclusion (adaptive, the default), or all (fixed).",
)


@click.command(epilog=EPILOG)
@client_option("Name the client: a pseudonym or number.")
@programme_option
@order_option
@click.option("--resume", default="", metavar="CASE", help="Go on with a saved case.")
@click.option(
    "--answers", type=click.Path(path_type=Path), help="Take an intake's answers as given."
)
@knowledge_option
@store_options
@format_option()
def interview(knowledge_dir: Path | None, place: Place, **wanted: object) -> None:
    """Screen a client: safety first, then only what still matters. Every answer is saved."""
    from screening.cli.interview_loop import Wanted, sit  # noqa: PLC0415 - a slow import

    with exits():
        knowledge = open_checked_knowledge(knowledge_dir)
        root = knowledge_dir or shipped_knowledge()
        status = sit(knowledge, root, place, Wanted(**wanted))  # type: ignore[arg-type]
    sys.exit(status)
