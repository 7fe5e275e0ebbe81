"""`screening interview`: ask, conclude, show."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from screening.commands.common import (
    BAD_INPUT,
    exits,
    format_option,
    knowledge_option,
    open_knowledge,
)


@dataclass(frozen=True)
class Wanted:
    """What was asked for on the command line."""

    client: str
    programme: Path | None
    order: str | None
    resume: str
    answers: Path | None
    form: str


@click.command()
@click.option("--client", default="", help="Name the client: a pseudonym or number.")
@click.option(
    "--programme", type=click.Path(path_type=Path), help="Read the current programme, one a line."
)
@click.option(
    "--order",
    type=click.Choice(("adaptive", "fixed")),
    help="Ask only what can still change a conclusion (adaptive, the default), or all (fixed).",
)
@click.option("--resume", default="", metavar="CASE", help="Go on with a saved case.")
@click.option(
    "--answers", type=click.Path(path_type=Path), help="Take an intake's answers as given."
)
@knowledge_option
@format_option("table", "json", "markdown")
def interview(knowledge_dir: Path | None, **wanted: object) -> None:
    """Screen a client: safety first, then only what still matters. Every answer is saved."""
    from screening.commands.sitting import sit  # noqa: PLC0415 - a slow import

    try:
        with exits():
            status = sit(open_knowledge(knowledge_dir), Wanted(**wanted))  # type: ignore[arg-type]
    except OSError as error:
        place = error.filename or "the draft"
        click.echo(f"error: {place} cannot be written: {error.strerror or error}", err=True)
        status = BAD_INPUT
    sys.exit(status)
