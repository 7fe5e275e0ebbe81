"""`screening session`: the next hour for a client."""

from __future__ import annotations

from pathlib import Path

import click

from screening import app
from screening.cli.common import FILE, command, format_option, knowledge_option, show
from screening.cli.records import sources, store_options
from screening.render.page import PageFormat

PLACES = ("gym", "home", "bands")
SHORTEST, LONGEST = 30, 120
EPILOG = """\b
Examples:
  screening session client.yaml
  screening session blue-bike --minutes 60 --equipment gym
  screening session client.yaml --equipment home --swap plank
  screening session client.yaml --without "back squat" --format json
"""


minutes_option = click.option(
    "--minutes",
    type=click.IntRange(SHORTEST, LONGEST),
    default=45,
    show_default=True,
    help="How long it is.",
)
equipment_option = click.option(
    "--equipment",
    type=click.Choice(PLACES),
    default=PLACES[0],
    show_default=True,
    help="What is at hand: a gym, a home, a home with bands or dumbbells.",
)


@command(epilog=EPILOG)
@click.argument("intake", type=FILE)
@minutes_option
@equipment_option
@click.option("--swap", metavar="EXERCISE", help="Put the next best in its place.")
@click.option("--without", multiple=True, metavar="EXERCISE", help="Leave it out.")
@format_option()
@knowledge_option
@store_options
def session(  # noqa: PLR0913 - one for each option
    intake: Path,
    *,
    minutes: int,
    equipment: str,
    swap: str | None,
    without: tuple[str, ...],
    form: PageFormat,
    knowledge_dir: Path | None,
    place: app.stores.StorePlace,
) -> None:
    """Plan the next hour from an INTAKE file: exercises, how much, how hard, and why.

    INTAKE is a YAML or JSON file, `-` for stdin, a recorded case, or a client: the last one.
    """
    wish = app.sessions.Wish(minutes, app.sessions.Place(equipment), without, swap)
    with sources(place) as found:
        show(app.sessions.next_session(knowledge_dir, intake, wish, found), form)
