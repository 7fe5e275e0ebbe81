"""A store: events go in, are on disk when `append` returns, and come out as they went in."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from screening.records import database
from screening.records.chain import START, ChainHead, Link, digest_of, store_link
from screening.records.event import Event
from screening.records.payload import decode, encode
from screening.records.sealing import BrokenSealError
from screening.records.trouble import (
    RESTORE,
    DamagedStoreError,
    ErasedClientError,
    LockedStoreError,
    UnknownRecordError,
    UnreadableError,
    told,
)
from screening.records.vault import Vault, opened, shut

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


def now() -> str:
    """Return the time by the clock of this machine, in UTC, to the millisecond."""
    here = datetime.datetime.now(datetime.timezone.utc)
    return here.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


class Store:
    """An open store. One thread uses it; several processes may have the same file open."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        vault: Vault,
        clock: Callable[[], str] = now,
    ) -> None:
        self.path = path
        self.connection = connection
        self.vault = vault
        self.clock = clock
        self._keys: dict[str, bytes] = {}

    def __enter__(self) -> Store:  # noqa: PYI034 - `Self` needs Python 3.11
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._keys.clear()
        self.connection.close()

    def unlock(self) -> None:
        """Fetch the key now, before anything is asked of a client.

        Raises:
            LockedStoreError: when it cannot be had.

        """
        self.vault.unlock()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold a write transaction; keys are fetched before, so that nobody else waits for it."""
        self.unlock()
        with database.writing(self.connection, self.path):
            yield

    def rows(self, query: str, *values: object) -> Iterator[tuple[object, ...]]:
        """Yield rows, read as they are wanted."""
        with told(self.path):
            yield from self.connection.execute(query, values)

    def row(self, query: str, *values: object) -> tuple[object, ...] | None:
        """Return the first row, or None."""
        return next(self.rows(query, *values), None)

    def append(self, ledger: str, *events: Event) -> ChainHead:
        """Append events to a case or to a client's own ledger; they are on disk on return.

        All of them are appended or none. Nothing another process appends is lost.

        Raises:
            UnknownRecordError: when there is no such ledger.
            ErasedClientError: when the client was erased.
            RecordsError: when they cannot be written; then nothing is changed.

        """
        with self.writing():
            return self.add(ledger, *events)

    def add(self, ledger: str, *events: Event) -> ChainHead:
        """Append events inside the transaction that is open."""
        row = self.ledger(ledger)
        key = self.data_key(row.client) if row.client else b""
        link, at = row.head, self.clock()
        place, store_head = self._end()
        for number, event in enumerate(events, start=row.events + 1):
            place += 1
            body = shut(key, encode(event), self._bound(row, number))
            digest = digest_of(body)
            link = Link(row.client, ledger, number, at, digest).after(link)
            store_head = store_link(store_head, place, link)
            self.connection.execute(
                "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (place, ledger, number, at, digest, body, link, store_head),
            )
        head = ChainHead(ledger, row.events + len(events), link)
        self.connection.execute(
            "UPDATE ledgers SET last = ?, events = ?, head = ? WHERE id = ?",
            (at, head.events, link, ledger),
        )
        self.connection.execute("UPDATE clients SET last = ? WHERE id = ?", (at, row.client))
        self.connection.execute("UPDATE store SET events = ?, head = ?", (place, store_head))
        return head

    def open_ledger(self, ledger: str, client: str | None, number: int) -> None:
        """Begin a ledger inside the transaction that is open."""
        at = self.clock()
        self.connection.execute(
            "INSERT INTO ledgers VALUES (?, ?, ?, ?, ?, 0, ?)",
            (ledger, client, number, at, at, START),
        )

    def events(self, ledger: str) -> tuple[Recorded, ...]:
        """Return every event of a ledger in order, each checked against the chain.

        Raises:
            UnknownRecordError: when there is no such ledger.
            ErasedClientError: when the client was erased.
            DamagedStoreError: when a record is not what was written; names the first.

        """
        row = self.ledger(ledger)
        key = self.data_key(row.client) if row.client else b""
        query = (
            "SELECT number, at, digest, body, link FROM events WHERE ledger = ? ORDER BY number"
        )
        found: list[Recorded] = []
        before = START
        for number, at, digest, body, link in self.rows(query, ledger):
            place = Link(row.client, ledger, len(found) + 1, str(at), _bytes(digest))
            before = place.after(before)
            if number != place.number or link != before or digest != digest_of(_bytes(body)):
                raise damaged(ledger, place.number, "it is not what was written")
            found.append(self._read(row, place, _bytes(body), key, before))
        if (len(found), before) != (row.events, row.head):
            raise damaged(ledger, len(found) + 1, "it is missing")
        return tuple(found)

    def _read(self, row: Ledger, place: Link, body: bytes, key: bytes, link: bytes) -> Recorded:
        try:
            raw = opened(key, body, self._bound(row, place.number))
            event = decode(raw)
        except BrokenSealError as error:
            raise damaged(row.id, place.number, "it was sealed for another place") from error
        except UnreadableError as error:
            raise damaged(row.id, place.number, str(error)) from error
        return Recorded(place.number, place.at, event, ChainHead(row.id, place.number, link))

    def ledger(self, ledger: str) -> Ledger:
        """Return what is known about a ledger without opening its events.

        Raises:
            UnknownRecordError: when there is none of that id.

        """
        row = self.row("SELECT * FROM ledgers WHERE id = ?", ledger)
        if row is None:
            raise UnknownRecordError(f"there is no record `{ledger[:40]}` in the store")
        return as_ledger(row)

    def head(self, ledger: str) -> ChainHead:
        """Return the head of a ledger, whose digest goes on every report."""
        row = self.ledger(ledger)
        return ChainHead(ledger, row.events, row.head)

    def store_head(self) -> ChainHead:
        """Return the head of the chain over the whole store."""
        return ChainHead(STORE, *self._end())

    def data_key(self, client: str) -> bytes:
        """Return a client's data key; empty in a store without encryption.

        Raises:
            ErasedClientError: when the client was erased.
            LockedStoreError: when the keys were changed by another process meanwhile.
            DamagedStoreError: when the wrapped key is not what was written.

        """
        row = self.row(
            "SELECT key, erased, generation FROM clients, store WHERE clients.id = ?", client
        )
        if row is None:
            raise UnknownRecordError(f"there is no client `{client[:40]}` in the store")
        wrapped, erased, generation = row
        if erased:
            raise ErasedClientError("this client was erased", "nothing of it can be read again")
        if client not in self._keys:
            self.unlock()
            if generation != self.vault.lock.generation:
                message = "the keys of the store were changed in another terminal"
                raise LockedStoreError(message, "start again; what was saved is kept")
            try:
                self._keys[client] = self.vault.data_key(client, _bytes(wrapped))
            except BrokenSealError as error:
                raise DamagedStoreError(f"the key of `{client}` is damaged", RESTORE) from error
        return self._keys[client]

    def _end(self) -> tuple[int, bytes]:
        row = self.row("SELECT events, head FROM store")
        if row is None:
            raise DamagedStoreError(f"`{self.path}` has lost its first row", RESTORE)
        return _int(row[0]), _bytes(row[1])

    def _bound(self, ledger: Ledger, number: int) -> bytes:
        return self.vault.lock.bound("event", ledger.client, ledger.id, str(number))


def damaged(ledger: str, number: int, why: str) -> DamagedStoreError:
    """Return the error that names a bad record."""
    return DamagedStoreError(f"event {number} of `{ledger}` cannot be trusted: {why}", RESTORE)


def as_ledger(row: tuple[object, ...]) -> Ledger:
    """Return a ledger from its row."""
    name, client, number, opened_at, last, events, head = row
    return Ledger(
        str(name),
        str(client or ""),
        _int(number),
        str(opened_at),
        str(last),
        _int(events),
        _bytes(head),
    )


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""


def _int(value: object) -> int:
    return value if isinstance(value, int) else -1
