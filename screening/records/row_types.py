"""Rows of the tables as types, each checked for its place in a chain."""

from __future__ import annotations

from typing import NamedTuple

from screening.records.chain import ChainHead, Link, digest_of
from screening.records.errors import RESTORE, DamagedStoreError
from screening.records.event import Event

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


class Place(NamedTuple):
    """An event's row whose link follows from the one before; `body` is None once erased."""

    number: int
    at: str
    body: bytes | None
    link: bytes


def in_chain(ledger: Ledger, number: int, before: bytes, row: tuple[object, ...]) -> Place:
    """Return the place of a row (`STORED`) (number, at, digest, body, link) that must come next.

    Raises:
        DamagedStoreError: when it is another, or not what was written.

    """
    found, at, digest, body, link = row
    if found != number:
        raise damaged(ledger.id, number, "it is missing")
    if body is not None and digest_of(as_bytes(body)) != digest:
        raise damaged(ledger.id, number, "its content is not what was written")
    expected = Link(ledger.client, ledger.id, number, str(at), as_bytes(digest)).after(before)
    if link != expected:
        raise damaged(ledger.id, number, "it does not follow from the one before")
    return Place(number, str(at), None if body is None else as_bytes(body), expected)


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
