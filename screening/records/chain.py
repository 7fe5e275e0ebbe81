"""The links of a chain: each holds all before it, so that a change shows in every later one.

Rows of the tables are types, each checked for its place in a chain.
"""

from __future__ import annotations

import base64
import hashlib
from typing import NamedTuple

from screening.records.errors import RESTORE, DamagedStoreError
from screening.records.event import Event

START = bytes(32)
COVER = b"sealed later than written\0"  # no body begins so by chance
SHOWN = 12  # characters of a head digest: 60 bits


class Link(NamedTuple):
    """What a link binds: its place in a ledger, whose it is, the time as said, and the body."""

    client: str
    ledger: str
    number: int
    at: str
    digest: bytes

    def after(self, before: bytes) -> bytes:
        """Return the link that follows another."""
        place = "\0".join(("event", self.client, self.ledger, str(self.number), self.at, ""))
        return hashlib.sha256(before + place.encode() + self.digest).digest()


def store_link(before: bytes, place: int, link: bytes) -> bytes:
    """Return the link of the whole store's chain that takes up a ledger's link."""
    return hashlib.sha256(before + f"store\0{place}\0".encode() + link).digest()


def body_digest(body: bytes) -> bytes:
    """Return the commitment to a stored body, which begins with random bytes."""
    return hashlib.sha256(body).digest()


def _whole(body: bytes, digest: bytes) -> bool:
    """Tell whether a stored body is what was written, as far as can be told without a key.

    What was sealed later holds a digest of its own: of the seal, and of what is inside.
    """
    if not body.startswith(COVER):
        return body_digest(body) == digest
    ends = len(COVER) + len(digest)
    return body_digest(digest + body[ends:]) == body[len(COVER) : ends]


class ChainHead(NamedTuple):
    """The last link of a ledger, and how many events it has."""

    ledger: str
    events: int
    link: bytes

    @property
    def digest(self) -> str:
        """The head digest to print on a report: 12 characters.

        >>> ChainHead("case-1", 0, START).digest
        'aaaaaaaaaaaa'
        """
        return shown(self.link)


def shown(link: bytes) -> str:
    """Return a link as 12 letters and digits (RFC 4648 base32, lower case)."""
    return base64.b32encode(link).decode().lower()[:SHOWN]


STORE = "store"  # the ledger of what happens to the store itself
OWN = 0  # the number of a client's own ledger; cases count from 1


class Recorded(NamedTuple):
    """An event as stored. `at` is what the clock said; the order is the number, never the time."""

    number: int
    at: str
    event: Event
    head: ChainHead


class Ledger(NamedTuple):
    """A chain of events: of a case, of a client (number 0), or of the store (no client)."""

    id: str
    client: str
    number: int
    opened: str
    last: str
    events: int
    head: bytes


class ChainedRow(NamedTuple):
    """An event's row whose link follows from the one before; `body` is None once erased."""

    number: int
    at: str
    digest: bytes
    body: bytes | None
    link: bytes


def in_chain(ledger: Ledger, number: int, before: bytes, row: tuple[object, ...]) -> ChainedRow:
    """Return the place of a row (`STORED`) (number, at, digest, body, link) that must come next.

    Raises:
        DamagedStoreError: when it is another, or not what was written.

    """
    found, at, digest, body, link = row
    if found != number:
        raise damaged(ledger.id, number, "it is missing")
    if body is not None and not _whole(as_bytes(body), as_bytes(digest)):
        raise damaged(ledger.id, number, "its content is not what was written")
    expected = Link(ledger.client, ledger.id, number, str(at), as_bytes(digest)).after(before)
    if link != expected:
        raise damaged(ledger.id, number, "it does not follow from the one before")
    stored = None if body is None else as_bytes(body)
    return ChainedRow(number, str(at), as_bytes(digest), stored, expected)


def damaged(ledger: str, number: int, why: str) -> DamagedStoreError:
    """Return the error that names a bad record."""
    return DamagedStoreError(f"event {number} of `{ledger}` cannot be trusted: {why}", RESTORE)


def as_ledger(row: tuple[object, ...]) -> Ledger:
    """Return a ledger from its row."""
    name, client, number, opened_at, last, events, head = row
    return Ledger(
        str(name),
        str(client or ""),
        as_int(number),
        str(opened_at),
        str(last),
        as_int(events),
        as_bytes(head),
    )


def as_bytes(value: object) -> bytes:
    """Return the bytes of a column; none where something else stands."""
    return value if isinstance(value, bytes) else b""


def as_int(value: object) -> int:
    """Return the number of a column; -1, which no column holds, where something else stands."""
    return value if isinstance(value, int) else -1
