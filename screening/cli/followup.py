"""`screening followup`: see a client again, and how it went."""

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
from screening.cli.interview import order_option, programme_option
from screening.cli.records import store_options
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
@format_option()
def followup(client: str, knowledge_dir: Path | None, place: Place, **wanted: object) -> None:
    """See a CLIENT again: asks only what is new or too old, then shows how it went.

    What still counts is kept from last time; `review` shows it, `change` corrects it.
    """
    from screening.cli.interview_loop import Wanted, sit  # noqa: PLC0415 - a slow import

    with exits():
        knowledge = open_checked_knowledge(knowledge_dir)
        asked = Wanted(client=client, follow_up=True, **wanted)  # type: ignore[arg-type]
        status = sit(knowledge, knowledge_dir or shipped_knowledge(), place, asked)
    sys.exit(status)
