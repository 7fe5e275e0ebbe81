"""What is said of the next session: options of `session` and `sheet`. No rule reads it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from screening import app
from screening.cli.common import at_keyboard
from screening.cli.terminal import Terminal

C = TypeVar("C", bound=Callable[..., Any])
PLACES = ("gym", "home", "bands")
EXPERIENCE = ("new", "some", "years")
SHORTEST, LONGEST, USUAL = 30, 120, 45
MOST_DAYS = 7
OPTIONS = (
    click.option(
        "--minutes",
        type=click.IntRange(SHORTEST, LONGEST),
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
    click.option(
        "--days",
        type=click.IntRange(1, MOST_DAYS),
        help="Days a week the client can train.",
    ),
    click.option(
        "--weight",
        "weights",
        multiple=True,
        metavar="EXERCISE=KILOSxREPS",
        help="The last weight used without trouble, such as deadlift=100x5.",
    ),
    click.option("--goal", metavar="TEXT", help="What the client most wants to do again."),
)


def session_options(command: C) -> C:
    """Add the options that say something of a session."""
    for one in reversed(OPTIONS):
        command = one(command)
    return command


def told(said: dict[str, Any]) -> app.session_inputs.ToldOfSession:
    """Return what the options say; takes them out."""
    place, experience = said.pop("equipment"), said.pop("experience")
    inputs = app.session_inputs
    return inputs.ToldOfSession(
        said.pop("minutes"),
        None if place is None else inputs.Place(place),
        None if experience is None else inputs.Experience(experience),
        said.pop("days"),
        said.pop("weights"),
        said.pop("goal"),
    )


def asked(said: app.session_inputs.ToldOfSession) -> app.session_inputs.ToldOfSession:
    """Return what is said, after asking on the terminal for what is not."""
    questions = app.session_questions
    minutes = questions.Bounds(SHORTEST, LONGEST, USUAL)
    return questions.asked(said, Terminal(), minutes=minutes, days=questions.Bounds(1, MOST_DAYS))


def may_ask() -> bool:
    """Tell whether somebody is there to answer."""
    return at_keyboard() and sys.stdout.isatty()
