"""`screening run`: conclude an intake file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from screening import app
from screening.cli.common import (
    FILE,
    command,
    complain,
    format_option,
    knowledge_option,
    page_width,
    tell,
)
from screening.cli.records import client_option, sources, store_options
from screening.cli.terminal import Terminal, full_option
from screening.cli.who_asks import trainer_option
from screening.render.page import FORMATS_OF_ONE, Format, PageFormat, Shape

EPILOG = """\b
Examples:
  screening run client.yaml
  screening run client.yaml --full
  screening run client.yaml --format json
  screening run client.yaml --client blue-bike
  cat client.yaml | screening run -
"""


@command(epilog=EPILOG)
@click.argument("intake", type=FILE)
@client_option("Record it as a screening of this client.")
@trainer_option
@full_option
@format_option(*FORMATS_OF_ONE)
@knowledge_option
@store_options
def run(  # noqa: PLR0913 - one for each option
    intake: Path,
    *,
    client: str,
    trainer: str,
    full: bool,
    form: PageFormat,
    knowledge_dir: Path | None,
    place: app.stores.StorePlace,
) -> None:
    """Conclude an INTAKE file (YAML or JSON; `-` reads stdin): referral, plan and advice."""
    shape = Shape(form, page_width(), country=app.settings.country())
    with sources(place) as found:
        assessor = app.conclude.assessor(knowledge_dir)
        case = app.conclude.case_in(intake, assessor, found)
        if client:
            root = app.knowledge.root_of(knowledge_dir)
            own = replace(case, client=client)
            asks = app.settings.who_asks(trainer)
            with app.stores.open_or_create_records(place) as store:
                if plain := app.stores.in_plain_sight(store):
                    tell(plain)
                place_ = app.conclude.FiledIn(store, root, asks)
                made = app.conclude.filed(own, assessor, place_, shape)
        else:
            made = app.conclude.screened(case, assessor, shape, str(intake))
    if made.caution:
        tell(made.caution)
    complain(made.doubts)
    Terminal().page(made.report, whole=full or form is not Format.TABLE)
