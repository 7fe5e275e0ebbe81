"""`screening settings`: what is the same for every client on this computer."""

from __future__ import annotations

from pathlib import Path

import click

from screening import app
from screening.cli.common import ScreeningGroup, format_option, knowledge_option, show
from screening.render.page import PageFormat


@click.group(cls=ScreeningGroup)
def settings() -> None:
    """Look at and change what is the same for every client, such as the country."""


@settings.command("show")
@format_option()
@knowledge_option
def show_(form: PageFormat, knowledge_dir: Path | None) -> None:
    """Show the settings of this computer."""
    show(app.settings.shown(app.knowledge.open_knowledge(knowledge_dir)), form)


@settings.command("set")
@click.option("--country", required=True, help="Whose numbers and words results are given in.")
@knowledge_option
def set_(country: str, knowledge_dir: Path | None) -> None:
    """Set the country: emergency number, crisis line, and what a physiotherapist is called."""
    click.echo(app.settings.set_country(app.knowledge.open_knowledge(knowledge_dir), country))
