"""A store: events go in, are on disk when `append` returns, and come out as they went in."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from screening.records import database
from screening.records.aead import BrokenSealError
from screening.records.chain import (
    START,
    STORE,
    ChainedRow,
    ChainHead,
    Ledger,
    Link,
    Recorded,
    as_bytes,
    as_int,
    as_ledger,
    body_digest,
    damaged,
    in_chain,
    store_link,
)
from screening.records.errors import (
    RESTORE,
    DamagedStoreError,
    ErasedClientError,
    LockedStoreError,
    UnknownRecordError,
    UnreadableError,
    UnwritableStoreError,
    store_errors,
)
from screening.records.event import Event
from screening.records.key_hierarchy import Vault, shut, uncovered
from screening.records.payload import decode, encode, own_event
from screening.records.store_event import ClientErased, RetentionSet, StoreMigrated, StoreRestored

KEYS_AT_HAND = 64  # data keys that are kept open
UNKEYED = ClientErased | RetentionSet | StoreMigrated | StoreRestored  # needs no key
CHANGED = "the records were changed by somebody who has the file and not its key"


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
        self._file = database.identity(path)

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
        with self.writing_locked():
            if self.unbound:
                raise DamagedStoreError(self.unbound, RESTORE)
            yield

    @contextmanager
    def writing_locked(self) -> Iterator[None]:
        """Hold a write transaction that needs no key.

        Raises:
            UnwritableStoreError: when the file was replaced or removed since it was opened.

        """
        with database.writing(self.connection, self.path):
            if database.identity(self.path) != self._file:
                message = f"`{self.path}` was replaced or removed while it was open here"
                raise UnwritableStoreError(message, "nothing more is saved; start again")
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold what is read to one moment, whatever other processes write meanwhile."""
        if self.connection.in_transaction:
            yield
            return
        with store_errors(self.path):
            self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("ROLLBACK")  # nothing was written

    def rows(self, query: str, *values: object) -> Iterator[tuple[object, ...]]:
        """Yield rows, read as they are wanted."""
        with store_errors(self.path):
            # `yield from` would close the cursor of a reader that stops, maybe after the file
            for row in self.connection.execute(query, values):  # noqa: UP028 - see above
                yield row

    def row(self, query: str, *values: object) -> tuple[object, ...] | None:
        """Return the first row, or None."""
        with store_errors(self.path):
            found: tuple[object, ...] | None = self.connection.execute(query, values).fetchone()
        return found

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
            body = shut(key, encode(event), self.bound(row, number))
            digest = body_digest(body)
            link = Link(row.client, ledger, number, at, digest).after(link)
            store_head = store_link(store_head, place, link)
            self.connection.execute(
                "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (place, ledger, number, at, digest, body, link, store_head),
            )
        head = ChainHead(ledger, row.events + len(events), link)
        self.connection.execute(
            "UPDATE ledgers SET last = ?, events = ?, head = ?, opened = ? WHERE id = ?",
            (at, head.events, link, row.opened if row.events else at, ledger),
        )
        self.connection.execute("UPDATE clients SET last = ? WHERE id = ?", (at, row.client))
        self.connection.execute("UPDATE store SET events = ?, head = ?", (place, store_head))
        self._bind(place, store_head)
        return head

    def bind(self) -> None:
        """Bind the head of a store of an earlier version, if nobody did so yet."""
        if self.vault.sealed and not self.vault.binds:
            with self.writing():
                self._bind(*self._end())

    def _bind(self, place: int, head: bytes) -> None:
        """Bind the head of the store, where the key is at hand.

        What is written without one, such as an erasure, is bound by whoever has it next.
        """
        if not (self.vault.master and self.vault.sealed):
            return
        if not self.vault.binds:
            self.connection.execute("UPDATE store SET lookup = ?", (self.vault.bind(),))
        code = self.vault.code(place, head)
        self.connection.execute("UPDATE store SET bound_events = ?, bound = ?", (place, code))

    @property
    def unbound(self) -> str:
        """What is wrong with the head that the key binds; nothing where all is well.

        Only what is written without the key may come after it.
        """
        self.unlock()
        if not (self.vault.sealed and self.vault.binds):
            return ""
        query = """
            SELECT bound_events, bound, (SELECT store_link FROM events WHERE place = bound_events)
            FROM store
        """
        events, bound, head = self.row(query) or (0, b"", b"")
        good = bound == self.vault.code(as_int(events), as_bytes(head))
        return "" if good and self._only_unkeyed(as_int(events)) else CHANGED

    def _only_unkeyed(self, bound: int) -> bool:
        """Tell whether all that comes after an event can be written without the key."""
        after = self.rows("SELECT ledger, body FROM events WHERE place > ?", bound)
        return all(
            ledger == STORE and isinstance(own_event(as_bytes(body)), UNKEYED)
            for ledger, body in after
        )

    def open_ledger(self, ledger: str, client: str | None, number: int) -> None:
        """Begin a ledger inside the transaction that is open; it is opened by its first event."""
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
        with self.reading():
            return tuple(self._events(self.ledger(ledger)))

    def _events(self, ledger: Ledger) -> Iterator[Recorded]:
        """Yield the events of a ledger, and make sure that it ends where it says."""
        key = self.data_key(ledger.client) if ledger.client else b""
        query = (
            "SELECT number, at, digest, body, link FROM events WHERE ledger = ? ORDER BY number"
        )
        number, before = 0, START
        for number, row in enumerate(self.rows(query, ledger.id), start=1):
            place = in_chain(ledger, number, before, row)
            before = place.link
            yield self.read(ledger, place, key)
        if (number, before) != (ledger.events, ledger.head):
            raise damaged(ledger.id, number + 1, "it is missing")

    def read(self, ledger: Ledger, place: ChainedRow, key: bytes) -> Recorded:
        """Return the event at a place of a ledger.

        Raises:
            DamagedStoreError: when it was sealed for another place, or is none.

        """
        try:
            bound = self.bound(ledger, place.number)
            event = decode(uncovered(key, place.body or b"", bound, place.digest))
        except BrokenSealError as error:
            raise damaged(ledger.id, place.number, "it was sealed for another place") from error
        except UnreadableError as error:
            raise damaged(ledger.id, place.number, str(error)) from error
        head = ChainHead(ledger.id, place.number, place.link)
        return Recorded(place.number, place.at, event, head)

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
        row = self.row("SELECT key, erased FROM clients WHERE id = ?", client)
        if row is None:
            raise UnknownRecordError(f"there is no client `{client[:40]}` in the store")
        wrapped, erased = row
        if erased:
            raise ErasedClientError("this client was erased", "nothing of it can be read again")
        if client not in self._keys or not self.vault.sealed:  # encrypted meanwhile, elsewhere
            self.same_keys()
            while len(self._keys) >= KEYS_AT_HAND:
                del self._keys[next(iter(self._keys))]
            try:
                self._keys[client] = self.vault.data_key(client, as_bytes(wrapped))
            except BrokenSealError as error:
                raise DamagedStoreError(f"the key of `{client}` is damaged", RESTORE) from error
        return self._keys[client]

    def rekeyed(self, vault: Vault) -> None:
        """Go on with other keys."""
        self._keys.clear()
        self.vault = vault

    def forget(self, client: str) -> None:
        """Let go of a client's key."""
        self._keys.pop(client, None)

    def same_keys(self) -> None:
        """Make sure that the master key at hand is still the one of the store.

        Raises:
            LockedStoreError: when another process changed it meanwhile.

        """
        self.unlock()
        if self.row("SELECT generation FROM store") != (self.vault.lock.generation,):
            message = "the keys of the store were changed in another terminal"
            raise LockedStoreError(message, "start again; what was saved is kept")

    def _end(self) -> tuple[int, bytes]:
        row = self.row("SELECT events, head FROM store")
        if row is None:
            raise DamagedStoreError(f"`{self.path}` has lost its first row", RESTORE)
        return as_int(row[0]), as_bytes(row[1])

    def bound(self, ledger: Ledger, number: int) -> bytes:
        """Return what the seal of an event is bound to."""
        return self.vault.lock.bound("event", ledger.client, ledger.id, str(number))
