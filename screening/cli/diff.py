"""`screening knowledge diff`: what a change of the knowledge means to clients."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screening.cli.common import FINDINGS, exits, format_option, needs_extra
from screening.cli.line_param import SENTENCE
from screening.cli.records import Place, store_options

EPILOG = """\b
Examples:
  screening knowledge diff HEAD my-knowledge
  screening knowledge diff knowledge my-knowledge --on intakes
  screening knowledge diff HEAD~1:knowledge knowledge --format json
  screening knowledge diff knowledge my-knowledge --accept-looser "A. Ito" "Seen in clinic."
"""


@click.command(epilog=EPILOG)
@click.argument("old")
@click.argument("new")
@click.option(
    "--on",
    "intakes",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Also conclude this intake, or every intake in this folder, with both.",
)
@click.option(
    "--accept-looser",
    "accepted",
    nargs=2,
    type=(SENTENCE, SENTENCE),
    metavar="NAME REASON",
    help="Answer for what became looser; recorded in NEW.",
)
@format_option("table", "json", "markdown")
@store_options
def diff(place: Place, **wanted: object) -> None:
    """Say what is stricter or looser in NEW than in OLD, over every client there can be.

    OLD and NEW are directories, git revisions (`HEAD~1`, `HEAD~1:my-knowledge`), or digests of
    knowledge in the records. Each difference comes with a client who shows it, concluded by
    both engines. Exits with 1 when somebody is newly cleared and nobody answers.
    """
    needs_extra("z3")
    from screening.cli.diffing import Wanted, told  # noqa: PLC0415 - slow imports

    with exits():
        good = told(Wanted(**wanted), place)  # type: ignore[arg-type]
    sys.exit(0 if good else FINDINGS)
