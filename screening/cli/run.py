"""`screening run`: conclude an intake file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from screening.app.knowledge import open_checked_knowledge
from screening.app.stores import Place
from screening.cli.common import (
    complain,
    exits,
    format_option,
    knowledge_option,
    page_width,
)
from screening.cli.records import client_option, store_options
from screening.load import shipped_knowledge
from screening.render.page import PageFormat

EPILOG = """\b
Examples:
  screening run client.yaml
  screening run client.yaml --format json
  screening run client.yaml --client blue-bike
  cat client.yaml | screening run -
"""


@click.command(epilog=EPILOG)
@click.argument("intake", type=click.Path(path_type=Path))
@client_option("Record it as a screening of this client.")
@format_option()
@knowledge_option
@store_options
def run(
    intake: Path, client: str, form: PageFormat, knowledge_dir: Path | None, place: Place
) -> None:
    """Conclude an INTAKE file (YAML or JSON; `-` reads stdin): referral, plan and advice."""
    from screening.assess import Assessor, doubts  # noqa: PLC0415 - a slow import
    from screening.cli.intake import open_intake, records_of  # noqa: PLC0415 - same
    from screening.render.formats import assessment_output  # noqa: PLC0415 - same

    with exits(), records_of(place) as records:
        knowledge = open_checked_knowledge(knowledge_dir)
        assessor = Assessor(knowledge)
        case = open_intake(intake, assessor, records)
        if client:
            from screening.app.record_intake import filed  # noqa: PLC0415 - only to record

            root = knowledge_dir or shipped_knowledge()
            concluded, text = filed(replace(case, client=client), assessor, root, place, form)
        else:
            concluded = assessor.conclude(case)
            found = concluded.assessment
            text = assessment_output(found, knowledge, form, str(intake), width=page_width())
    complain(doubts(concluded, knowledge))
    click.echo(text, nl=False)
