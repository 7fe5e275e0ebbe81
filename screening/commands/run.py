"""`screening run`: conclude an intake file."""

from __future__ import annotations

from pathlib import Path

import click

from screening.commands.common import (
    complain,
    exits,
    format_option,
    knowledge_option,
    open_checked_knowledge,
)
from screening.commands.records import Place, store_options

EPILOG = """\b
Examples:
  screening run client.yaml
  screening run client.yaml --format json
  cat client.yaml | screening run -
"""


@click.command(epilog=EPILOG)
@click.argument("intake", type=click.Path(path_type=Path))
@format_option("table", "json", "markdown")
@knowledge_option
@store_options
def run(intake: Path, form: str, knowledge_dir: Path | None, place: Place) -> None:
    """Conclude an INTAKE file (YAML or JSON; `-` reads stdin): referral, plan and advice."""
    from screening.assess import Assessor, doubts  # noqa: PLC0415 - a slow import
    from screening.commands.intake import open_intake, page_width, records_of  # noqa: PLC0415 - same
    from screening.render.output import assessment_output  # noqa: PLC0415 - same

    with exits(), records_of(place) as records:
        knowledge = open_checked_knowledge(knowledge_dir)
        assessor = Assessor(knowledge)
        concluded = assessor.conclude(open_intake(intake, assessor, records))
    complain(doubts(concluded, knowledge))
    found = concluded.assessment
    text = assessment_output(found, knowledge, form, str(intake), width=page_width())
    click.echo(text, nl=False)
