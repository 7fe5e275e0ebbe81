"""What is asked about the next session where it was not said; no rule reads the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from typing import Any, TypeVar

from screening.app.ports import LineTalk
from screening.app.session_inputs import DAYS, MINUTES, USUAL_MINUTES, Bounds, ToldOfSession
from screening.model.session import Experience, Place

E = TypeVar("E", bound=Enum)


def asked(said: ToldOfSession, talk: LineTalk) -> ToldOfSession:
    """Return what is said, after asking for what is not; Enter alone leaves it as it is.

    Raises:
        EOFError: at the end of input.

    """
    talk.say("About the session. Enter alone skips a question; no rule reads the answers.")
    heard: dict[str, Any] = {}
    for name, words, read in (
        (
            "minutes",
            f"Minutes, {MINUTES.low} to {MINUTES.high} ({USUAL_MINUTES})",
            _within(MINUTES),
        ),
        (
            "place",
            "Where: gym, home, or home with bands or dumbbells: gym, home, bands",
            _one_of(Place),
        ),
        (
            "experience",
            "Training with weights or similar, weekly: new, some, years",
            _one_of(Experience),
        ),
        ("days", f"Days a week they can train, {DAYS.low} to {DAYS.high}", _within(DAYS)),
        ("goal", "What do they most want to do again?", str),
    ):
        if getattr(said, name) is None:
            heard[name] = _heard(talk, words, read)
    return replace(said, **heard)


class _UnusableError(Exception):
    """An answer that does not fit; holds what would."""


def _heard(talk: LineTalk, words: str, read: Callable[[str], object]) -> object:
    """Return an answer that fits; None for none."""
    while True:
        text = talk.line(f"{words} > ").strip()
        if not text:
            return None
        try:
            return read(text)
        except _UnusableError as error:
            talk.say(f"{error}, or Enter.")


def _within(bounds: Bounds) -> Callable[[str], int]:
    def read(text: str) -> int:
        if text.isascii() and text.isdecimal() and bounds.low <= int(text) <= bounds.high:
            return int(text)
        raise _UnusableError(f"{bounds.low} to {bounds.high}")

    return read


def _one_of(words: type[E]) -> Callable[[str], E]:
    def read(text: str) -> E:
        try:
            return words(text)
        except ValueError as error:
            raise _UnusableError(f"One of {', '.join(word.value for word in words)}") from error

    return read
