"""From the time of an event, in UTC, to the day on the calendar of this computer."""

from __future__ import annotations

import datetime

DAY = len("2026-03-02")


def local_time(at: str) -> str:
    """Return a time as the clock on this computer's wall shows it, to the minute.

    A text that is no time comes back as it is: what was changed is for the chain to find.
    """
    try:
        moment = datetime.datetime.fromisoformat(at.removesuffix("Z")).replace(
            tzinfo=datetime.timezone.utc
        )
        return moment.astimezone().isoformat(timespec="minutes")[: len("2026-03-02T10:00")]
    except (ValueError, OverflowError, OSError):
        return at


def local_day(at: str) -> str:
    """Return the day of a time on this computer's calendar."""
    return local_time(at)[:DAY]
