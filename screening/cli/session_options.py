"""What is said of the next session: options of `session` and `sheet`, and questions on a terminal.

No rule reads the answers.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import click

from screening import app
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


def may_ask() -> bool:
    """Tell whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty() and sys.stdout.isatty()


def asked(said: app.session_inputs.ToldOfSession) -> app.session_inputs.ToldOfSession:
    """Return what is said, after asking for what is not; Enter alone leaves it as it is."""
    terminal, inputs = Terminal(), app.session_inputs
    terminal.say("About the session. Enter alone skips a question; no rule reads the answers.")
    heard: dict[str, Any] = {}
    for name, words, legal in (
        ("minutes", f"Minutes, {SHORTEST} to {LONGEST} ({USUAL})", None),
        ("place", "Where: gym, home, or home with bands or dumbbells: gym, home, bands", PLACES),
        ("experience", "Training with weights or similar, weekly: new, some, years", EXPERIENCE),
        ("days", f"Days a week they can train, 1 to {MOST_DAYS}", None),
        ("goal", "What do they most want to do again?", ()),
    ):
        if getattr(said, name) is None:
            heard[name] = _heard(terminal, words, name, legal)
    if heard.get("place"):
        heard["place"] = inputs.Place(heard["place"])
    if heard.get("experience"):
        heard["experience"] = inputs.Experience(heard["experience"])
    return replace(said, **heard)


def _heard(
    terminal: Terminal, words: str, name: str, legal: tuple[str, ...] | None
) -> str | int | None:
    """Return an answer that fits; None for none."""
    low, high = (SHORTEST, LONGEST) if name == "minutes" else (1, MOST_DAYS)
    while True:
        text = terminal.line(f"{words} > ").strip()
        if not text:
            return None
        if legal is None:
            if text.isascii() and text.isdecimal() and low <= int(text) <= high:
                return int(text)
            terminal.say(f"{low} to {high}, or Enter.")
            continue
        if legal == () or text in legal:
            return text
        terminal.say(f"One of {', '.join(legal)}, or Enter.")
