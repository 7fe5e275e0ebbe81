"""`screening followup`: see a client again, and how it went."""

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
from screening.cli.interview import order_option, programme_option
from screening.cli.records import Place, store_options
from screening.load import shipped_knowledge

EPILOG = """\b
Examples:
  screening followup blue-bike
  screening followup blue-bike --programme programme.txt
"""


@click.command(epilog=EPILOG)
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
    from screening.cli.interview_loop import How, sit  # noqa: PLC0415 - same

    with exits():
        knowledge = open_checked_knowledge(knowledge_dir)
        root, how = knowledge_dir or shipped_knowledge(), How(programme, order, form)
        status = sit(knowledge, root, place, FollowUp(client), how)
    sys.exit(status)
