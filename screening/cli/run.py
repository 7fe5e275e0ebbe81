"""`screening run`: conclude an intake file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli.common import (
    complain,
    exits,
    format_option,
    knowledge_option,
    open_checked_knowledge,
    tell,
)
from screening.cli.records import Place, client_option, open_or_create_records, store_options
from screening.load import shipped_knowledge

if TYPE_CHECKING:
    from screening.assess import Assessor, Concluded
    from screening.model.case import Case

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
@format_option("table", "json", "markdown")
@knowledge_option
@store_options
def run(intake: Path, client: str, form: str, knowledge_dir: Path | None, place: Place) -> None:
    """Conclude an INTAKE file (YAML or JSON; `-` reads stdin): referral, plan and advice."""
    from screening.assess import Assessor, doubts  # noqa: PLC0415 - a slow import
    from screening.cli.intake import open_intake, page_width, records_of  # noqa: PLC0415 - same
    from screening.render.formats import assessment_output  # noqa: PLC0415 - same

    with exits(), records_of(place) as records:
        assessor = Assessor(open_checked_knowledge(knowledge_dir))
        case = open_intake(intake, assessor, records)
        if client:
            root = knowledge_dir or shipped_knowledge()
            concluded, text = _filed(replace(case, client=client), assessor, root, place, form)
        else:
            concluded = assessor.conclude(case)
            found, named = concluded.assessment, str(intake)
            text = assessment_output(found, assessor.knowledge, form, named, width=page_width())
    complain(doubts(concluded, assessor.knowledge))
    click.echo(text, nl=False)


def _filed(
    case: Case, assessor: Assessor, root: Path, place: Place, form: str
) -> tuple[Concluded, str]:
    """Return a conclusion that is on record by now, and its report."""
    from screening.app.conclude import filed  # noqa: PLC0415 - only to record
    from screening.app.recorder import Shape  # noqa: PLC0415 - same
    from screening.cli.intake import page_width  # noqa: PLC0415 - same

    with open_or_create_records(place) as store:
        made = filed(case, assessor, root, store, Shape(form, page_width()))
    if made.caution:
        tell(made.caution)
    return made.concluded, made.report
