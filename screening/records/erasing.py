"""Erasing a client: its key and labels are destroyed, a tombstone stays, the chains still hold."""

from __future__ import annotations

import datetime
from contextlib import ExitStack
from enum import Enum

from screening.records.beside_the_chains import kept_as_set
from screening.records.case_lock import holding
from screening.records.chain import as_int
from screening.records.database import scrub
from screening.records.errors import RESTORE, DamagedStoreError, UnknownRecordError
from screening.records.opening import note
from screening.records.store import Store
from screening.records.store_event import ClientErased, RetentionSet

NEVER = 0  # weeks: nobody is due
LONGEST = 5200  # weeks that can be chosen


class ErasureReason(Enum):
    """Why a client was erased; said in the tombstone, which names nobody."""

    ASKED = "asked"
    DUE = "due"


def erase(store: Store, client: str, reason: ErasureReason) -> None:
    """Erase a client, whose cases must not be open. What is erased cannot be had back.

    It needs no key. Doing it again is no error: whatever was left of it is cleaned up. Copies of
    the store made before still hold the client.

    Raises:
        UnknownRecordError: when there is no such client.
        OpenCaseError: when a case of the client is open in another terminal.
        BusyStoreError: when traces stay in the write-ahead log because another process reads.

    """
    with ExitStack() as held:
        for row in [*store.rows("SELECT id FROM ledgers WHERE client = ?", client)]:
            held.enter_context(holding(store, str(row[0])))
        erase_unheld(store, client, reason)


def erase_unheld(store: Store, client: str, reason: ErasureReason) -> None:
    """Erase a client of a store that nobody else has open."""
    with store.writing_locked():
        _erase(store, client, reason)
    store.forget(client)
    scrub(store.connection, store.path)


def _erase(store: Store, client: str, reason: ErasureReason) -> None:
    """Erase a client inside the transaction that is open, unless that was done before."""
    row = store.row("SELECT erased FROM clients WHERE id = ?", client)
    if row is None:
        raise UnknownRecordError(f"there is no client `{client[:40]}` in the store")
    if row[0]:
        return
    mine = "ledger IN (SELECT id FROM ledgers WHERE client = ?)"
    counted = store.row(f"SELECT count(*) FROM events WHERE {mine}", client)  # noqa: S608 - ours
    store.connection.execute(f"UPDATE events SET body = NULL WHERE {mine}", (client,))  # noqa: S608 - ours
    store.connection.execute("DELETE FROM labels WHERE client = ?", (client,))
    note(store, ClientErased(client, as_int(counted and counted[0]), reason.value))
    store.connection.execute(
        "UPDATE clients SET key = NULL, erased = (SELECT events FROM store) WHERE id = ?",
        (client,),
    )


def keep_for(store: Store, weeks: int) -> None:
    """Set after how many weeks without an event a client is due for erasure; 0 is never."""
    with store.writing_locked():
        store.connection.execute("UPDATE store SET retention = ?", (weeks,))
        note(store, RetentionSet(weeks))


def kept_for(store: Store) -> int:
    """Return after how many weeks a client is due for erasure; 0 is never."""
    row = store.row("SELECT retention FROM store")
    weeks = as_int(row and row[0])
    if not NEVER <= weeks <= LONGEST:
        raise DamagedStoreError("how long clients are kept is no number of weeks", RESTORE)
    kept_as_set(store)
    return weeks


def due(store: Store) -> tuple[str, ...]:
    """Return the clients that are kept longer than the retention says, the longest first."""
    weeks = kept_for(store)
    if weeks == NEVER:
        return ()
    today = datetime.datetime.fromisoformat(store.clock().removesuffix("Z"))
    before = (today - datetime.timedelta(weeks=weeks)).isoformat(timespec="milliseconds") + "Z"
    query = "SELECT id FROM clients WHERE erased = 0 AND last < ? ORDER BY last, id"
    return tuple(str(row[0]) for row in store.rows(query, before))
