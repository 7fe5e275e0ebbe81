"""`screening recall`: whose recorded result changed knowledge would change."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screening.cli.common import (
    FINDINGS,
    exits,
    format_option,
    knowledge_option,
    needs_extra,
    open_checked_knowledge,
)
from screening.cli.records import Place, open_records, store_options

EPILOG = """\b
Example:
  screening recall --new changed-knowledge --format csv > call-back.csv
"""


@click.command(epilog=EPILOG)
@click.option(
    "--new", required=True, type=click.Path(path_type=Path), help="The knowledge that is to come."
)
@format_option("table", "csv", "json")
@knowledge_option
@store_options
def recall(new: Path, form: str, knowledge_dir: Path | None, place: Place) -> None:
    """List the recorded clients whose result the knowledge in NEW changes.

    Each client's last case is concluded anew with the knowledge in use and with the new one. The
    newly referred come first. Exits with 1 when a result changes.
    """
    needs_extra("polars")
    from screening.batch.impact import Two, on_cases  # noqa: PLC0415 - slow imports
    from screening.cli.impacting import told  # noqa: PLC0415
    from screening.cli.recalling import recorded  # noqa: PLC0415

    with exits():
        two = Two(open_checked_knowledge(knowledge_dir), open_checked_knowledge(new))
        with open_records(place) as store:
            clients = recorded(store, two)
        compared = on_cases(clients.pairs, two, left_out=clients.left_out)
        changed = told([compared], two, form, unread="to be asked again")
    sys.exit(FINDINGS if changed else 0)
