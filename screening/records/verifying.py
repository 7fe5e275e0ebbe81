"""Checking a case, or the whole store, against its chains; the first bad record is named.

What the tables say beside the chains is checked too: ends, order, times, tombstones, retention.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from screening.records.beside_the_chains import check_tables, in_order
from screening.records.chain import (
    SHOWN,
    START,
    ChainedRow,
    ChainHead,
    Ledger,
    as_bytes,
    as_int,
    as_ledger,
    damaged,
    in_chain,
    shown,
    store_link,
)
from screening.records.clients import client_of
from screening.records.errors import RESTORE, DamagedStoreError
from screening.records.snapshots import knowledge
from screening.records.store import Store
from screening.records.store_event import ClientErased

CANNOT_SHOW = (
    "a whole store put back as it once was: compare a printed head (`--head`)",
    "a name that somebody who has only the file took away, or put back to an earlier one",
    "who erased a client, changed how long clients are kept, or restored a copy: it needs no key",
    "what somebody changed who once could open these records, and kept a copy of then",
    "whether an answer is what the client said, or the clock was right",
    "in a store without encryption: whether all of it was written anew, or cut off at the end",
    "in a store of an earlier version: what was changed before this one first wrote to it",
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

    def pass_by(self, ledger: Ledger, place: ChainedRow, store_head: bytes) -> None:
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


def verify_ledger(
    store: Store, ledger: str, printed: Iterable[str] = (), *, contents: bool = True
) -> Checked:
    """Check one case; it takes as long as that case is. Without `contents` no key is needed.

    Raises:
        UnknownRecordError: when there is no such case.

    """
    with store.reading():
        checked = Checked(store.head(ledger), contents, as_printed(printed))
        try:
            _chain(store, checked, store.ledger(ledger))
        except DamagedStoreError as error:
            checked.bad = error.message
    return checked


def _chain(store: Store, checked: Checked, whole: Ledger) -> None:
    """Check the chain of one ledger, to the end it says it has."""
    query = """
        SELECT e.number, e.at, e.digest, e.body, e.link, e.place, e.store_link, p.store_link
        FROM events e LEFT JOIN events p ON p.place = e.place - 1
        WHERE e.ledger = ? ORDER BY e.number
    """
    before = START
    for row in store.rows(query, whole.id):
        here = in_chain(whole, checked.events + 1, before, row[:5])
        _joined(whole, here, as_int(row[5]), (row[7], row[6]))
        _opened(store, checked, whole, here, as_int(row[5]))
        checked.pass_by(whole, here, as_bytes(row[6]))
        before = here.link
    if (checked.events, before) != (whole.events, whole.head):
        raise damaged(whole.id, checked.events + 1, "it is missing")
    in_order(store, whole.client)
    _bound(store, checked)


def verify_store(store: Store, printed: Iterable[str] = (), *, contents: bool = True) -> Checked:
    """Check every record in the order it was written, in constant memory."""
    with store.reading():
        checked = Checked(store.store_head(), contents, as_printed(printed))
        try:
            _whole(store, checked)
        except DamagedStoreError as error:
            checked.bad = error.message
    return checked


def _whole(store: Store, checked: Checked) -> None:
    """Check the file, both chains, and everything beside them."""
    _sound(store)
    _chains(store, checked)
    check_tables(store)
    for row in store.rows("SELECT digest FROM knowledge"):
        knowledge(store, str(row[0]))
    for row in store.rows("SELECT id FROM clients WHERE erased = 0") if checked.contents else ():
        store.data_key(str(row[0]))
        client_of(store, str(row[0]))
    _bound(store, checked)


def _bound(store: Store, checked: Checked) -> None:
    """Make sure that the chains, which anybody can write anew, are the ones the key binds."""
    if checked.contents and store.unbound:
        raise DamagedStoreError(store.unbound, RESTORE)


def _chains(store: Store, checked: Checked) -> None:
    """Check both chains in the order of the store, to the end it says it has."""
    query = """
        SELECT e.number, e.at, e.digest, e.body, e.link, e.place, e.store_link, p.link,
               l.id, l.client, l.number, l.opened, l.last, l.events, l.head
        FROM events e LEFT JOIN events p ON p.ledger = e.ledger AND p.number = e.number - 1
        LEFT JOIN ledgers l ON l.id = e.ledger ORDER BY e.place
    """
    store_before = START
    for row in store.rows(query):
        place = checked.events + 1
        if row[5] != place or row[8] is None:
            raise DamagedStoreError(f"record {place} of the store is missing", RESTORE)
        ledger, number = as_ledger(row[8:]), as_int(row[0])
        before = START if number == 1 else as_bytes(row[7])
        here = in_chain(ledger, number, before, row[:5])
        _joined(ledger, here, place, (store_before, row[6]))
        _opened(store, checked, ledger, here, place)
        store_before = as_bytes(row[6])
        checked.pass_by(ledger, here, store_before)
    if (checked.events, store_before) != (checked.head.events, checked.head.link):
        message = f"record {checked.events + 1} of the store is missing"
        raise DamagedStoreError(message, RESTORE)


def _joined(ledger: Ledger, here: ChainedRow, place: int, heads: tuple[object, object]) -> None:
    """Make sure that the store's chain takes an event up: its links before and after."""
    before = START if place == 1 else as_bytes(heads[0])
    if heads[1] != store_link(before, place, here.link):
        raise damaged(ledger.id, here.number, "the chain of the store does not take it up")


def _opened(store: Store, checked: Checked, ledger: Ledger, here: ChainedRow, place: int) -> None:
    """Open an event's content, unless it was erased with its client."""
    gone = erased(store, ledger.client)
    if here.body is None and not gone:
        raise damaged(ledger.id, here.number, "its content is gone, and its client not erased")
    if gone or (ledger.client and not checked.contents):
        checked.unread += 1
        if gone and here.body is not None:
            raise damaged(ledger.id, here.number, "its client is erased, and it is still there")
        return
    key = store.data_key(ledger.client) if ledger.client else b""
    event = store.read(ledger, here, key).event
    if isinstance(event, ClientErased) and erased(store, event.client) != place:
        raise damaged(ledger.id, here.number, f"it says `{event.client}` is erased, which is not")


def erased(store: Store, client: str) -> int:
    """Return the place of a client's tombstone, 0 when there is none."""
    row = store.row("SELECT erased FROM clients WHERE id = ?", client) if client else None
    return as_int(row[0]) if row else 0


def _sound(store: Store) -> None:
    """Make sure that the file is a whole database."""
    for check in ("PRAGMA integrity_check(1)", "PRAGMA foreign_key_check"):
        found = store.row(check)
        if found not in {None, ("ok",)}:
            said = " ".join(str(part) for part in found or ())
            raise DamagedStoreError(f"the file is damaged ({said.splitlines()[-1]})", RESTORE)
