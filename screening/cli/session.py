"""`screening session`: the next hour for a client."""

from __future__ import annotations

from pathlib import Path

import click

from screening import app
from screening.cli.common import FILE, command, format_option, knowledge_option, row_options, show
from screening.cli.records import sources, store_options
from screening.render.page import FORMATS_OF_ONE, PageFormat

PLACES = ("gym", "home", "bands")
SHORTEST, LONGEST = 30, 120
EPILOG = """\b
Examples:
  screening session client.yaml
  screening session blue-bike --minutes 60 --equipment gym
  screening session client.yaml --equipment home --swap plank
  screening session client.yaml --without "back squat" --format json
  screening session members.csv --row 17
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
@row_options
@format_option(*FORMATS_OF_ONE)
@knowledge_option
@store_options
def session(  # noqa: PLR0913 - one for each option
    intake: Path,
    *,
    minutes: int,
    equipment: str,
    swap: str | None,
    without: tuple[str, ...],
    row: int | None,
    map_file: Path | None,
    form: PageFormat,
    knowledge_dir: Path | None,
    place: app.stores.StorePlace,
) -> None:
    """Plan the next hour from an INTAKE file: exercises, how much, how hard, and why.

    INTAKE is a YAML or JSON file, `-` for stdin, a recorded case, a client (the last one), or
    with `--row` a table.
    """
    wish = app.sessions.Wish(minutes, app.sessions.Place(equipment), without, swap)
    with sources(place) as found:
        subject = app.chosen_case.ChosenCase(intake, row, map_file)
        show(app.sessions.next_session(knowledge_dir, subject, wish, found), form)
