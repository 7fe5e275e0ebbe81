"""`screening interview` and `screening followup`: ask, conclude, show."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screening import app, cli
from screening.cli.common import (
    FILE,
    command,
    format_option,
    full_option,
    knowledge_option,
    trainer_option,
)
from screening.cli.records import client_option, store_options
from screening.render.page import PageFormat

EPILOG = """\b
Examples:
  screening interview
  screening interview --client blue-bike --programme programme.txt
  screening interview --resume blue-bike
  screening interview --practice
"""
FOLLOW_UP_EPILOG = """\b
Examples:
  screening followup blue-bike
  screening followup blue-bike --programme programme.txt
"""
TOGETHER = "--resume goes on with a saved case: leave --client, --answers out"

programme_option = click.option(
    "--programme", type=FILE, help="Read the current programme, one a line."
)
order_option = click.option(
    "--order",
    type=click.Choice(("adaptive", "fixed")),
    help="Ask only what can still change a conclusion (adaptive, the default), or all (fixed).",
)

typed_option = click.option(
    "--typed",
    type=FILE,
    help="Take the lines of a file as what is typed, for trying things out.",
)


@command(epilog=EPILOG)
@client_option("Name the client: a pseudonym or number.")
@programme_option
@order_option
@typed_option
@trainer_option
@full_option
@click.option("--resume", default="", metavar="CASE", help="Go on with a saved case.")
@click.option("--answers", type=FILE, help="Take an intake's answers as given.")
@knowledge_option
@store_options
@format_option()
def interview(  # noqa: PLR0913 - one for each option
    *,
    client: str,
    programme: Path | None,
    order: str | None,
    typed: Path | None,
    trainer: str,
    full: bool,
    resume: str,
    answers: Path | None,
    knowledge_dir: Path | None,
    place: app.stores.StorePlace,
    form: PageFormat,
) -> None:
    """Screen a client: safety first, then only what still matters. Every answer is saved."""
    knowledge = app.knowledge.open_checked_knowledge(knowledge_dir)
    if resume and (client or answers):
        raise click.UsageError(TOGETHER)
    begin = app.start_interview
    wanted = begin.Resume(resume) if resume else begin.New(client or None, answers)
    options = cli.interview_loop.InterviewOptions(programme, order, form, typed, trainer, full)
    root = app.knowledge.root_of(knowledge_dir)
    sys.exit(cli.interview_loop.sit(knowledge, root, place, wanted, options))


@command(epilog=FOLLOW_UP_EPILOG)
@click.argument("client")
@programme_option
@order_option
@typed_option
@trainer_option
@full_option
@knowledge_option
@store_options
@format_option()
def followup(  # noqa: PLR0913 - one for each option
    client: str,
    *,
    programme: Path | None,
    order: str | None,
    typed: Path | None,
    trainer: str,
    full: bool,
    knowledge_dir: Path | None,
    place: app.stores.StorePlace,
    form: PageFormat,
) -> None:
    """See a CLIENT again: asks only what is new or too old, then shows how it went.

    What still counts is kept from last time; `review` shows it, `change` corrects it.
    """
    knowledge = app.knowledge.open_checked_knowledge(knowledge_dir)
    options = cli.interview_loop.InterviewOptions(programme, order, form, typed, trainer, full)
    root, wanted = app.knowledge.root_of(knowledge_dir), app.start_interview.FollowUp(client)
    sys.exit(cli.interview_loop.sit(knowledge, root, place, wanted, options))
