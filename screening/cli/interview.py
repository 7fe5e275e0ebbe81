"""`screening interview` and `screening followup`: ask, conclude, show."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screening.cli.common import (
    exits,
    format_option,
    knowledge_option,
    open_checked_knowledge,
)
from screening.cli.records import Place, client_option, store_options
from screening.load import shipped_knowledge

EPILOG = """\b
Examples:
  screening interview
  screening interview --client blue-bike --programme programme.txt
  screening interview --resume blue-bike
"""
FOLLOW_UP_EPILOG = """\b
Examples:
  screening followup blue-bike
  screening followup blue-bike --programme programme.txt
"""
TOGETHER = "--resume goes on with a saved case: leave --client, --answers out"

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
@format_option("table", "json", "markdown")
def interview(  # noqa: PLR0913 - one for each option
    *,
    client: str,
    programme: Path | None,
    order: str | None,
    resume: str,
    answers: Path | None,
    knowledge_dir: Path | None,
    place: Place,
    form: str,
) -> None:
    """Screen a client: safety first, then only what still matters. Every answer is saved."""
    from screening.app.start_interview import New, Resume  # noqa: PLC0415 - a slow import
    from screening.cli.interview_loop import InterviewOptions, sit  # noqa: PLC0415 - same

    with exits():
        knowledge = open_checked_knowledge(knowledge_dir)
        if resume and (client or answers):
            raise click.UsageError(TOGETHER)
        wanted = Resume(resume) if resume else New(client or None, answers)
        how = InterviewOptions(programme, order, form)
        status = sit(knowledge, knowledge_dir or shipped_knowledge(), place, wanted, how)
    sys.exit(status)


@click.command(epilog=FOLLOW_UP_EPILOG)
@click.argument("client")
@programme_option
@order_option
@knowledge_option
@store_options
@format_option("table", "json", "markdown")
def followup(  # noqa: PLR0913 - one for each option
    client: str,
    *,
    programme: Path | None,
    order: str | None,
    knowledge_dir: Path | None,
    place: Place,
    form: str,
) -> None:
    """See a CLIENT again: asks only what is new or too old, then shows how it went.

    What still counts is kept from last time; `review` shows it, `change` corrects it.
    """
    from screening.app.start_interview import FollowUp  # noqa: PLC0415 - a slow import
    from screening.cli.interview_loop import InterviewOptions, sit  # noqa: PLC0415 - same

    with exits():
        knowledge = open_checked_knowledge(knowledge_dir)
        root, how = knowledge_dir or shipped_knowledge(), InterviewOptions(programme, order, form)
        status = sit(knowledge, root, place, FollowUp(client), how)
    sys.exit(status)
