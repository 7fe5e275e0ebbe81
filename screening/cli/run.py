"""`screening run`: conclude an intake file."""

from __future__ import annotations

from pathlib import Path

import click

from screening import app
from screening.cli.common import command, complain, page_width, tell
from screening.cli.options import (
    FILE,
    client_option,
    format_option,
    full_option,
    knowledge_option,
    sources,
    store_options,
    trainer_option,
)
from screening.cli.terminal import Terminal
from screening.render.page import FORMATS_OF_ONE, Format, PageFormat, Shape


@command()
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
    """Conclude an INTAKE file (YAML or JSON; `-` reads stdin): referral, plan and advice.

    $ screening run client.yaml
    $ screening run client.yaml --full
    $ screening run client.yaml --format json
    $ screening run client.yaml --client blue-bike
    $ cat client.yaml | screening run -
    """
    shape = Shape(form, page_width(), country=app.settings.country())
    filing = app.conclude.Filing(place, client, trainer)
    with sources(place) as found:
        made = app.conclude.concluded_intake(intake, knowledge_dir, filing, shape, found)
    if made.caution:
        tell(made.caution)
    complain(made.doubts)
    Terminal().page(made.report, whole=full or form is not Format.TABLE)
