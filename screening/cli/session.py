"""`screening session`: the next hour for a client."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screening import app
from screening.cli.common import at_keyboard, command, show
from screening.cli.options import (
    FILE,
    case_options,
    format_option,
    gathered,
    knowledge_option,
    with_sources,
)
from screening.cli.terminal import Terminal
from screening.render.page import FORMATS_OF_ONE, Format, PageFormat

PLACES = ("gym", "home", "bands")
EXPERIENCE = ("new", "some", "years")
USUAL = 45  # minutes
session_options = gathered(
    "told",
    "session_inputs.ToldOfSession.given",
    click.option(
        "--minutes",
        type=click.IntRange(30, 120),
        help=f"How long it is.  [default: as last time, else {USUAL}]",
    ),
    click.option(
        "--equipment",
        type=click.Choice(PLACES),
        help="What is at hand: a gym, a home, a home with bands or dumbbells.  "
        f"[default: as last time, else {PLACES[0]}]",
    ),
    click.option(
        "--experience",
        type=click.Choice(EXPERIENCE),
        help="How long the client has trained with weights or similar, at least weekly: new is "
        "under 3 months, or not now.  [default: as last time, else as the programme shows]",
    ),
    click.option("--days", type=click.IntRange(1, 7), help="Days a week the client can train."),
    click.option(
        "--weight",
        "weights",
        multiple=True,
        metavar="EXERCISE=KILOSxREPS",
        help="The last weight used without trouble, such as deadlift=100x5.",
    ),
    click.option("--goal", metavar="TEXT", help="What the client most wants to do again."),
)


@command()
@click.argument("intake", type=FILE)
@session_options
@click.option("--ask", is_flag=True, help="Ask what is not said, also what was said last time.")
@click.option("--swap", metavar="EXERCISE", help="Put the next best in its place.")
@click.option("--without", multiple=True, metavar="EXERCISE", help="Leave it out.")
@case_options
@format_option(*FORMATS_OF_ONE)
@knowledge_option
@with_sources
def session(  # noqa: PLR0913 - one for each option
    subject: app.chosen_case.ChosenCase,
    told: app.session_inputs.ToldOfSession,
    *,
    ask: bool,
    swap: str | None,
    without: tuple[str, ...],
    form: PageFormat,
    knowledge_dir: Path | None,
    found: app.conclude.Sources,
) -> None:
    """Plan the next hour from an INTAKE file: exercises, how much, how hard, and why.

    INTAKE is a YAML or JSON file, `-` for stdin, a recorded case, a client (the last one), or
    with `--row` a table. On a terminal it asks what it does not know of the session; what is said
    of a client on record is kept for next time.

    $ screening session client.yaml
    $ screening session blue-bike --minutes 60 --equipment gym
    $ screening session blue-bike --experience years --weight deadlift=100x5
    $ screening session client.yaml --equipment home --swap plank
    $ screening session client.yaml --without "back squat" --format json
    $ screening session members.csv --row 17
    """
    new = app.sessions.never_said(subject, found) and form is Format.TABLE
    if ask or (new and at_keyboard() and sys.stdout.isatty()):
        told = app.session_questions.asked(told, Terminal())
    wish = app.sessions.Wish(told, without, swap)
    show(app.sessions.next_session(knowledge_dir, subject, wish, found), form)
