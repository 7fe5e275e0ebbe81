"""What a client agreed to, purpose by purpose: given and withdrawn, never assumed.

With the day on the calendar of this computer, from the time of an event in UTC.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from screening.records.chain import Recorded
from screening.records.event import ConsentGiven, ConsentWithdrawn

if TYPE_CHECKING:
    from screening.records.store import Store

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


def local_today(store: Store) -> datetime.date:
    """Return the day on this computer's calendar, by the clock of a store."""
    return datetime.date.fromisoformat(local_day(store.clock()))


class Purpose(Enum):
    """What answers may be used for, each agreed to on its own."""

    KEEP = "keep"
    CLINICIAN = "clinician"
    STATISTICS = "statistics"

    @property
    def words(self) -> str:
        """What the client agrees to."""
        return WORDS[self]


WORDS = {
    Purpose.KEEP: "My trainer may keep my answers for later sessions.",
    Purpose.CLINICIAN: "My trainer may show my answers to a clinician.",
    Purpose.STATISTICS: "My answers may be counted in statistics, without my name.",
}


class Consent(NamedTuple):
    """Where a purpose stands: the day it was given or withdrawn last; empty when never asked."""

    purpose: Purpose
    given: bool
    day: str = ""

    @property
    def state(self) -> str:
        """Where it stands, in words.

        >>> Consent(Purpose.KEEP, True, "2026-11-25").state, Consent(Purpose.KEEP, False).state
        ('given 2026-11-25', 'not recorded')
        """
        if not self.day:
            return "not recorded"
        return f"{'given' if self.given else 'withdrawn'} {self.day}"


def consents(ledger: Iterable[Recorded]) -> tuple[Consent, ...]:
    """Return where each purpose stands by a client's own ledger, in order of the purposes."""
    found = {purpose.value: Consent(purpose, given=False) for purpose in Purpose}
    for one in ledger:
        event = one.event
        if isinstance(event, ConsentGiven | ConsentWithdrawn) and event.purpose in found:
            given = isinstance(event, ConsentGiven)
            found[event.purpose] = Consent(Purpose(event.purpose), given, local_day(one.at))
    return tuple(found.values())
