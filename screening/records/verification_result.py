"""What checking a store found, and what it cannot show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from screening.records.chain import SHOWN, ChainHead, shown
from screening.records.row_types import Ledger, Place

CANNOT_SHOW = (
    "records cut off at the end, or a store put back as it was: compare a printed head (`--head`)",
    "whether an answer is what the client said, or the clock was right",
    "in a store without encryption: whether all of it was written anew",
)
"""What checking the chains cannot show, whatever it finds."""


@dataclass(slots=True)
class Checked:
    """What checking found, with or without opening the `contents`.

    `bad` names the first bad record; empty when all is as written.
    `printed` are the head digests to look for, and `found` says where each of them is. `unread`
    counts events whose content was not opened: erased, or without the key. `set_back` says where
    the clock was set back for the first time.
    """

    head: ChainHead
    contents: bool
    printed: tuple[str, ...] = ()
    events: int = 0
    bad: str = ""
    unread: int = 0
    set_back: str = ""
    found: dict[str, str] = field(default_factory=dict)
    _last: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The head digests that are nowhere: of what was cut off, or of other records."""
        return tuple(digest for digest in self.printed if digest not in self.found)

    def pass_by(self, ledger: Ledger, place: Place, store_head: bytes) -> None:
        """Take in one event whose links hold."""
        self.events += 1
        where = f"event {place.number} of `{ledger.id}` ({place.at})"
        if place.at < self._last and not self.set_back:
            self.set_back = where
        self._last = max(self._last, place.at)
        for link in (place.link, store_head) if self.printed else ():
            if shown(link) in self.printed:
                self.found.setdefault(shown(link), where)


def as_printed(digests: Iterable[str]) -> tuple[str, ...]:
    """Return head digests as they are compared: lower case, without spaces and dashes.

    >>> as_printed(["ABCD-EFGH ijkl"])
    ('abcdefghijkl',)
    """
    kept = ("".join(c for c in digest if c.isalnum()).lower() for digest in digests)
    return tuple(digest[:SHOWN] for digest in kept)
