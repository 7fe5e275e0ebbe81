"""What stands in tables beside the chains, held against the events: ends, order, tombstones.

The tables are quick to look things up in, and nothing links them; so a row changed in the file
would be believed.
"""

from __future__ import annotations

from screening.records.chain import START, STORE, as_bytes, as_int
from screening.records.errors import RESTORE, DamagedStoreError
from screening.records.payload import own_event
from screening.records.store import Store
from screening.records.store_event import ClientErased, RetentionSet

ODD_ENDS = """
    SELECT l.id, l.events FROM ledgers l
    LEFT JOIN events e ON e.ledger = l.id AND e.number = l.events
    WHERE coalesce(e.link, ?) <> l.head OR (e.link IS NULL AND l.events <> 0)
    OR (l.number > 0 AND l.events = 0)
    OR EXISTS (SELECT 1 FROM events m WHERE m.ledger = l.id AND m.number > l.events)
    ORDER BY l.id LIMIT 1
"""
ODD_NUMBERS = """
    SELECT l.id, l.number FROM ledgers l
    LEFT JOIN ledgers b ON b.client = l.client AND b.number = l.number - 1
    LEFT JOIN events x ON x.ledger = b.id AND x.number = 1 AND b.number > 0
    LEFT JOIN events y ON y.ledger = l.id AND y.number = 1
    WHERE l.number > 0 AND (b.id IS NULL OR x.place > y.place) {} LIMIT 1
"""
ODD_OPENING = """
    SELECT l.id FROM ledgers l JOIN events e ON e.ledger = l.id AND e.number = 1
    WHERE l.number > 0 AND e.at <> l.opened {} LIMIT 1
"""
ODD_TIMES = """
    SELECT l.id FROM ledgers l JOIN events e ON e.ledger = l.id AND e.number = l.events
    WHERE e.at <> l.last {} LIMIT 1
"""
ODD_VISITS = """
    SELECT c.id FROM clients c WHERE c.last <> coalesce((
        SELECT e.at FROM ledgers l JOIN events e ON e.ledger = l.id AND e.number = l.events
        WHERE l.client = c.id ORDER BY e.place DESC LIMIT 1), c.last) LIMIT 1
"""
UNCOUNTED = """
    SELECT 1 FROM ledgers l LEFT JOIN clients c ON c.id = l.client
    WHERE l.client IS NOT NULL AND c.id IS NULL
    UNION ALL
    SELECT 1 WHERE (SELECT coalesce(sum(events), 0) FROM ledgers)
        <> (SELECT coalesce(max(place), 0) FROM events)
    UNION ALL
    SELECT 1 FROM clients c LEFT JOIN ledgers l ON l.client = c.id AND l.number = 0
    WHERE l.id IS NULL LIMIT 1
"""
HALF_ERASED = """
    SELECT id FROM clients c WHERE erased <> 0
    AND (key IS NOT NULL OR EXISTS (SELECT 1 FROM labels WHERE client = c.id)) LIMIT 1
"""


def check_tables(store: Store) -> None:
    """Make sure that the tables of a store say what its chains bear out.

    Raises:
        DamagedStoreError: when they do not; names the first.

    """
    odd = store.row(ODD_ENDS, START)
    if odd is not None:
        raise _not_borne_out(f"`{odd[0]}` does not end with event {odd[1]} as it says")
    in_order(store)
    odd = store.row(ODD_VISITS)
    if odd is not None:
        raise _not_borne_out(f"`{odd[0]}` was not seen last when it says")
    all_there(store)
    kept_as_set(store)


def all_there(store: Store) -> None:
    """Make sure that no record is out of sight; it is quick, and done whenever a store is opened.

    Raises:
        DamagedStoreError: when a case or a client was taken out of the tables.

    """
    odd = store.row(UNCOUNTED)
    if odd is not None:
        raise _not_borne_out(
            "a client or a case was taken out of the tables, and its events are there"
        )
    odd = store.row(HALF_ERASED)
    if odd is not None:
        raise _not_borne_out(f"`{odd[0]}` is erased, and its key or name is there")
    _tombstones(store)


def in_order(store: Store, client: str = "") -> None:
    """Make sure that cases, of a client or of all, are numbered as they began, and end in time.

    Raises:
        DamagedStoreError: when one is not.

    """
    narrow, values = ("AND l.client = ?", (client,)) if client else ("", ())
    odd = store.row(ODD_NUMBERS.format(narrow), *values)
    if odd is not None:
        raise _not_borne_out(f"`{odd[0]}` is not the case number {odd[1]} of its client")
    odd = store.row(ODD_OPENING.format(narrow), *values)
    if odd is not None:
        raise _not_borne_out(f"`{odd[0]}` did not begin when it says")
    odd = store.row(ODD_TIMES.format(narrow), *values)
    if odd is not None:
        raise _not_borne_out(f"`{odd[0]}` did not end when it says")


def _tombstones(store: Store) -> None:
    """Make sure that every erased client has its tombstone."""
    query = """
        SELECT c.id, e.body, e.ledger FROM clients c LEFT JOIN events e ON e.place = c.erased
        WHERE c.erased <> 0
    """
    for client, body, ledger in store.rows(query):
        if ledger != STORE or tombstone(as_bytes(body)) != client:
            raise _not_borne_out(f"`{client}` is erased without a tombstone")


def tombstone(body: bytes) -> str:
    """Return the client whose tombstone a body of the store's own ledger is, or nothing."""
    event = own_event(body)
    return event.client if isinstance(event, ClientErased) else ""


def kept_as_set(store: Store) -> None:
    """Make sure that clients are kept as long as was set last.

    Raises:
        DamagedStoreError: when another number stands in its place.

    """
    query = "SELECT body FROM events WHERE ledger = ? ORDER BY number DESC"
    events = (own_event(as_bytes(row[0])) for row in store.rows(query, STORE))
    said = next((event.weeks for event in events if isinstance(event, RetentionSet)), 0)
    row = store.row("SELECT retention FROM store")
    if as_int(row and row[0]) != said:
        raise _not_borne_out(f"the retention is not {said} weeks, as was set last")


def _not_borne_out(words: str) -> DamagedStoreError:
    return DamagedStoreError(words, RESTORE)
