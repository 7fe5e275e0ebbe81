"""From reminders to the text of a calendar file (RFC 5545): whole days, told the day before."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from screening.render.page import clean

WIDEST = 75  # octets of a line
ALARM = "-PT15H"  # nine o'clock on the day before


@dataclass(frozen=True, slots=True)
class Reminder:
    """One matter on a day. `sequence` grows with every change of it; `uid` never changes."""

    uid: str
    on: datetime.date
    title: str
    note: str
    sequence: int


def ics(reminders: Iterable[Reminder], at: str) -> str:
    """Return a calendar made at a time in UTC, as records have it."""
    stamp = re.sub(r"[-:]|\.\d+", "", at)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//screening//EN"]
    lines += [line for one in reminders for line in _event(one, stamp)]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(one: Reminder, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{one.uid}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{one.on:%Y%m%d}"
    yield f"SUMMARY:{_text(one.title)}"
    yield f"DESCRIPTION:{_text(one.note)}"
    yield f"SEQUENCE:{one.sequence}"
    yield from ("CLASS:PRIVATE", "TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY")
    yield f"DESCRIPTION:{_text(one.title)}"
    yield from (f"TRIGGER:{ALARM}", "END:VALARM", "END:VEVENT")


def _text(words: str) -> str:
    r"""Return text as a value.

    >>> _text("a, b; c\\d")
    'a\\, b\\; c\\\\d'
    """
    return re.sub(r"([\\,;])", r"\\\1", clean(words))


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most `WIDEST` octets; no character is cut in two."""
    piece = ""
    for character in line:
        if len((piece + character).encode()) > WIDEST:
            yield piece
            piece = " "
        piece += character
    yield piece
