"""`screening followup`: see a client again, and how it went."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screening import app, cli
from screening.cli.common import command, format_option, knowledge_option
from screening.cli.interview import order_option, programme_option
from screening.cli.records import store_options
from screening.render.page import PageFormat

EPILOG = """\b
Examples:
  screening followup blue-bike
  screening followup blue-bike --programme programme.txt
"""


@command(epilog=EPILOG)
@click.argument("client")
@programme_option
@order_option
@knowledge_option
@store_options
@format_option()
def followup(  # noqa: PLR0913 - one for each option
    client: str,
    *,
    programme: Path | None,
    order: str | None,
    knowledge_dir: Path | None,
    place: app.stores.Place,
    form: PageFormat,
) -> None:
    """See a CLIENT again: asks only what is new or too old, then shows how it went.

    What still counts is kept from last time; `review` shows it, `change` corrects it.
    """
    knowledge = app.knowledge.open_checked_knowledge(knowledge_dir)
    how = cli.interview_loop.How(programme, order, form)
    root, wanted = app.knowledge.root_of(knowledge_dir), app.start_interview.FollowUp(client)
    sys.exit(cli.interview_loop.sit(knowledge, root, place, wanted, how))
