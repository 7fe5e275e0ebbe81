"""What named people decide about a client: a clinician's agreement, a trainer's override."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import Enum

from screening.model.vocabularies import Level
from screening.storage.codec import PAIRS, SPARED, KeptAs

REPEAT_AFTER = 14
"""Days a screening may rest on its answers; after it all are asked again (safety.md G06, 5.2)."""


class Looked(Enum):
    """Whether somebody has looked at what the screening before referred.

    `ASK` leaves it to the client's word, as for an intake file; on record only a named
    clinician's agreement makes it `YES`.
    """

    ASK = "ask"
    NO = "no"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Agreement:
    """A named clinician's word, given on a day, that the client may exercise, within limits.

    `limits` holds the most of a kind of limit, by its id; `leave_out` the ids of categories and
    exercises. It counts `until` a day; `stop_if` says when the client is to stop and come back.
    """

    by: str
    role: str
    on: datetime.date
    limits: tuple[tuple[str, int], ...] = field(default=(), metadata=KeptAs(form=PAIRS).metadata)
    leave_out: tuple[str, ...] = ()
    note: str = ""
    until: datetime.date | None = field(default=None, metadata=SPARED)
    stop_if: str = field(default="", metadata=SPARED)

    @property
    def who(self) -> str:
        """Who agreed, in what role, and when.

        >>> Agreement("Dr A. Okafor", "GP", datetime.date(2026, 3, 2)).who
        'Dr A. Okafor (GP), 2026-03-02'
        """
        return f"{self.by} ({self.role}), {self.on.isoformat()}"


@dataclass(frozen=True, slots=True)
class Override:
    """A trainer's decision, for a reason, to go on against what these rules withhold.

    It never lowers the level that is referred at, and it counts for nothing in an emergency.
    """

    by: str
    on: datetime.date
    reason: str
    rules: tuple[str, ...]

    @property
    def who(self) -> str:
        """Who overrode it, and when."""
        return f"{self.by}, {self.on.isoformat()}"


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What the record of a case says beside its answers: the day, and what people decided.

    What was decided counts for the answers it was decided on: `lapsed` overrides were followed by
    other answers. `agreed` is the last agreement; it counts from the next screening on, as a look
    at the referral only where `looked` says so, that is when no answers followed it. `level` is
    what was concluded in it last, with the knowledge of then.
    """

    on: datetime.date
    overrides: tuple[Override, ...] = ()
    lapsed: tuple[Override, ...] = ()
    agreed: Agreement | None = None
    looked: Looked = Looked.NO
    level: Level = field(default=Level.NONE, metadata=KeptAs(added=True).metadata)
