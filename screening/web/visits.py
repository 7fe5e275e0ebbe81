"""Who is at which browser: the trainer, or a client to whom it was handed; by a cookie alone."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from hmac import compare_digest

BYTES = 32  # of a key: nobody guesses it
IDLE = 600.0  # seconds after which the trainer's page locks
PAUSE = 180.0  # seconds after which a client's question is hidden; a tap goes on
MOST = 50  # browsers at once; the one that was seen least lately is forgotten


class Who(Enum):
    """Who is at a browser."""

    NOBODY = "nobody"
    LOCKED = "locked"
    TRAINER = "trainer"
    CLIENT = "client"


def new_key() -> str:
    """Return a key of letters and digits that nobody guesses."""
    return secrets.token_urlsafe(BYTES)


@dataclass
class Visit:
    """One browser: who is there, and when it was heard of last.

    `sitting` is the interview that was handed over with it. `token` stands in every form.
    """

    who: Who
    seen: float
    key: str = field(default_factory=new_key)
    token: str = field(default_factory=new_key)
    sitting: str = ""
    back_to: str = "/"

    def meant(self, token: str) -> bool:
        """Tell whether a form was made for this visit."""
        return compare_digest(self.token.encode(), token.encode())


class Visits:
    """All browsers that were let in, and the link that lets in the next one, once."""

    def __init__(self, clock: Callable[[], float], idle: float = IDLE) -> None:
        self._clock = clock
        self._idle = idle
        self._visits: dict[str, Visit] = {}
        self._link = ""

    def link(self) -> str:
        """Return the key of a new start link; one that was not used yet is dead by then."""
        self._link = new_key()
        return self._link

    def by_link(self, key: str) -> Visit | None:
        """Return the visit of whoever has the start link, which is used up by that."""
        if not self._link or not compare_digest(self._link.encode(), key.encode()):
            return None
        self._link = ""
        return self.begin(Who.LOCKED)

    def begin(self, who: Who, *, sitting: str = "", back_to: str = "/") -> Visit:
        """Return a new visit."""
        while len(self._visits) >= MOST:
            del self._visits[min(self._visits, key=lambda key: self._visits[key].seen)]
        visit = Visit(who, self._clock(), sitting=sitting, back_to=back_to)
        self._visits[visit.key] = visit
        return visit

    def of(self, key: str, *, tapped: bool = True) -> Visit | None:
        """Return the visit of a cookie; a trainer's that was idle for long is locked by then.

        A page that asks again by itself is no tap.
        """
        visit = self._visits.get(key)
        if visit is None:
            return None
        if visit.who is Who.TRAINER and self._clock() - visit.seen > self._idle:
            visit.who = Who.LOCKED
        if tapped or visit.who is not Who.TRAINER:
            visit.seen = self._clock()
        return visit

    def instead(self, visit: Visit, who: Who, *, sitting: str = "", back_to: str = "/") -> Visit:
        """Return a new visit in place of one, which ends: its cookie opens nothing any more."""
        self.end(visit)
        return self.begin(who, sitting=sitting, back_to=back_to)

    def end(self, visit: Visit) -> None:
        """End a visit."""
        self._visits.pop(visit.key, None)

    def lock_all(self) -> None:
        """Lock every trainer's page."""
        for visit in self._visits.values():
            if visit.who is Who.TRAINER:
                visit.who = Who.LOCKED

    @property
    def handed_over(self) -> bool:
        """Whether a client is at one of the browsers."""
        return any(one.who is Who.CLIENT for one in self._visits.values())

    @property
    def in_use(self) -> bool:
        """Whether a client is at one of them, or a trainer who was heard of lately."""
        since = self._clock() - self._idle
        there = self._visits.values()
        return self.handed_over or any(o.who is Who.TRAINER and o.seen >= since for o in there)

    @property
    def idle(self) -> int:
        """After how many seconds a trainer's page locks."""
        return int(self._idle)
