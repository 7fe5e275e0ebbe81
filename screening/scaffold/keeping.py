"""Asking for what is there: Enter keeps it, `-` takes it away, anything else replaces it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from contextlib import suppress

from screening.scaffold.phrases import SHOWN, Offer
from screening.scaffold.prompts import Author, read, sentence

CLEAR = "-"
HOW = "Enter keeps what is there, `-` takes it away."
PART = re.compile(r"\d+( to \d+)?")
VALID = re.compile(r"session|always|\d+ weeks?")


def whole(text: str) -> str | None:
    """Return what is wrong with a whole number; None where nothing is."""
    return None if text.isdecimal() else "A whole number is needed."


def part(text: str) -> str | None:
    """Return what is wrong with a range."""
    return None if PART.fullmatch(text) else "A number is needed, or two as in `8 to 12`."


def validity(text: str) -> str | None:
    """Return what is wrong with how long an answer counts."""
    return None if VALID.fullmatch(text) else "`session`, `always`, or weeks as in `4 weeks`."


def day(text: str) -> str | None:
    """Return what is wrong with a day."""
    with suppress(ValueError):
        datetime.date.fromisoformat(text)
        return None
    return "A day is needed, such as 2027-11-01."


def line(
    author: Author,
    prompt: str,
    now: str = "",
    wrong: Callable[[str], str | None] = lambda _: None,
    *,
    optional: bool = False,
) -> str:
    """Return a line of text; `wrong` says what cannot be taken of one."""
    if now:
        author.say(f"Now: {now}")
    while True:
        said = sentence(author, prompt, optional=optional or bool(now))
        if not said:
            return now
        if said == CLEAR and optional:
            return ""
        odd = "It is needed." if said == CLEAR else wrong(said)
        if odd is None:
            return said
        author.say(odd)


def one_of(
    author: Author, prompt: str, offers: Sequence[Offer], now: str = "", *, optional: bool = False
) -> str:
    """Return one of several offers."""
    if now:
        named = next((one.words for one in offers if one.written == now), "")
        author.say(f"Now: {now}" + (f" ({named})" if named and named != now else ""))
    shown = offers if len(offers) <= SHOWN else ()
    if shown:
        author.show(shown)
    may_stay = optional or bool(now)
    said = read(
        author, prompt, offers, _clearing(optional=optional), shown=shown, optional=may_stay
    )
    return now if not said else ("" if said == CLEAR else said)


def several(
    author: Author, prompt: str, offers: Sequence[Offer] | None, now: Sequence[str] = ()
) -> list[str]:
    """Return several of some offers, or lines of text, until an empty line; maybe none."""
    if now:
        author.say(f"Now: {', '.join(now)}")
    found: list[str] = []
    while True:
        if offers is None:
            said = sentence(author, prompt, optional=True)
        else:
            said = read(author, prompt, offers, _clearing(optional=True), optional=True)
        if not said:
            return found or list(now)
        if said == CLEAR:
            return found
        found.append(said)


def _clearing(*, optional: bool) -> Callable[[str], str | None]:
    return lambda text: text if optional and text == CLEAR else None
