"""Clients and their cases: random ids, and labels that are kept apart from the answers."""

from __future__ import annotations

import json
import secrets
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from screening.records.aead import BrokenSealError, keyed_hash, new_key
from screening.records.chain import OWN, Ledger, Recorded, as_bytes, as_ledger
from screening.records.errors import (
    RESTORE,
    BadLabelError,
    DamagedStoreError,
    ForeignRecordError,
    OpenCaseError,
    UnknownRecordError,
)
from screening.records.event import CaseEvent, Started
from screening.records.key_hierarchy import opened, shut
from screening.records.store import Store

T = TypeVar("T")
UNREADABLE = (DamagedStoreError, ForeignRecordError, UnknownRecordError)
LONGEST_LABEL = 80
MANY = 20  # cases of a list unless more are asked for
LABEL = 2048  # bytes; no pseudonym and name together need more, in whatever script
EVERYBODY = -1  # no limit, to SQLite


class Client(NamedTuple):
    """A client. `pseudonym` and `name` are empty when none was given; both when erased."""

    id: str
    pseudonym: str
    name: str
    last: str
    erased: bool


def add_client(store: Store, pseudonym: str = "", name: str = "") -> str:
    """Return the id of a new client, with a key of its own.

    Raises:
        BadLabelError: when the pseudonym or name cannot be used, or another client has it.

    """
    label, full = usable_label(pseudonym), usable_label(name)
    with store.writing():
        return add_within(store, label, full)


def add_within(store: Store, label: str, full: str) -> str:
    """Return the id of a new client, inside the transaction that is open."""
    client = _unused(store, "client", 5)
    store.same_keys()
    wrapped = store.vault.wrapped(client, new_key())
    store.connection.execute(
        "INSERT INTO clients VALUES (?, ?, ?, 0)", (client, wrapped, store.clock())
    )
    store.open_ledger(client, client, OWN)
    if label or full:
        _label(store, client, label, full)
    return client


def rename(store: Store, client: str, pseudonym: str, name: str = "") -> None:
    """Give a client another pseudonym and name.

    Raises:
        BadLabelError: when one cannot be used, or another client has the pseudonym.

    """
    label, full = usable_label(pseudonym), usable_label(name)
    with store.writing():
        _label(store, client, label, full)


def relabel(store: Store, client: Client) -> None:
    """Keep a client's pseudonym and name anew, inside the transaction that is open."""
    _label(store, client.id, client.pseudonym, client.name)


def _label(store: Store, client: str, label: str, full: str) -> None:
    other = _client_of(store, label)
    if other not in {"", client}:
        raise BadLabelError(f"another client is called `{label}`", "take another pseudonym")
    if label != client and store.row("SELECT 1 FROM ledgers WHERE id = ?", label.casefold()):
        raise BadLabelError(f"`{label}` is an id in these records", "take another pseudonym")
    plain = json.dumps({"pseudonym": label, "name": full}).encode().ljust(LABEL)
    sealed = shut(store.data_key(client), plain, _bound(store, client))
    hidden = _hidden(store, label) if label else secrets.token_bytes(32)
    store.connection.execute(
        "INSERT OR REPLACE INTO labels VALUES (?, ?, ?)", (client, hidden, sealed)
    )


def find_client(store: Store, label: str) -> Client | None:
    """Return the client of a pseudonym or id, or None; upper and lower case are the same."""
    store.unlock()
    if not label.strip().isprintable():  # no label is, and SQLite takes no half of a character
        return None
    client = _client_of(store, label.strip())
    row = store.row("SELECT id FROM clients WHERE id = ?", client or label)
    return None if row is None else client_of(store, str(row[0]))


def client_of(store: Store, client: str) -> Client:
    """Return a client by id.

    Raises:
        UnknownRecordError: when there is none of that id.

    """
    query = """
        SELECT last, erased, sealed, lookup FROM clients LEFT JOIN labels ON client = id
        WHERE id = ?
    """
    row = store.row(query, client)
    if row is None:
        raise UnknownRecordError(f"there is no client `{client[:40]}` in the store")
    last, erased, sealed, lookup = row
    if sealed is None:
        return Client(client, "", "", str(last), bool(erased))
    try:
        plain = opened(store.data_key(client), as_bytes(sealed), _bound(store, client))
        said = json.loads(plain)
        found = Client(client, said["pseudonym"], said["name"], str(last), bool(erased))
    except (BrokenSealError, ValueError, KeyError, TypeError) as error:
        raise _mislabelled(client) from error
    if found.pseudonym and lookup != _hidden(store, found.pseudonym):
        raise _mislabelled(client)
    return found


def _mislabelled(client: str) -> DamagedStoreError:
    return DamagedStoreError(f"the label of `{client}` is not what was written", RESTORE)


def clients(store: Store, limit: int = EVERYBODY, *, erased: bool = False) -> tuple[Client, ...]:
    """Return all clients, the last one seen first; fewer, or erased ones too, if asked for."""
    query = "SELECT id FROM clients WHERE erased = 0 OR ? ORDER BY last DESC, id LIMIT ?"
    return tuple(client_of(store, str(row[0])) for row in [*store.rows(query, erased, limit)])


def of_each_client(
    store: Store,
    read: Callable[[str], T],
    unread: Callable[[str], object],
    limit: int = EVERYBODY,
) -> Iterator[T]:
    """Yield what is read of each client by id, the last one seen first.

    One whose records cannot be read stops nobody else's: `unread` is told who and why.
    """
    query = "SELECT id FROM clients WHERE erased = 0 ORDER BY last DESC, id LIMIT ?"
    for (client,) in [*store.rows(query, limit)]:
        try:
            found = read(str(client))
        except UNREADABLE as error:  # noqa: PERF203 - each on its own
            unread(f"`{client}` cannot be read: {error.message}")
        else:
            yield found


def start_case(store: Store, client: str, *events: CaseEvent, wanted: int = 0) -> str:
    """Return the id of a new case of a client, begun with these events.

    With `wanted` it must be the client's case of that number.

    Raises:
        UnknownRecordError: when there is no such client.
        ErasedClientError: when the client was erased.
        OpenCaseError: when another case was begun meanwhile.
        ForeignRecordError: when it goes on from a case of another client.

    """
    with store.writing():
        store.data_key(client)
        for event in events:
            own_link(store, client, event)
        row = store.row("SELECT max(number) FROM ledgers WHERE client = ?", client)
        number = int(str(row[0])) + 1 if row else 1
        if wanted and number != wanted:
            message = "a screening of this client was recorded in another terminal meanwhile"
            raise OpenCaseError(message, "nothing of this one is kept; begin it again")
        case = _unused(store, "case", 4)
        store.open_ledger(case, client, number)
        store.add(case, *events)
    return case


def own_link(store: Store, client: str, event: object) -> None:
    """Make sure that what an event of a client goes on from is that client's own.

    Raises:
        ForeignRecordError: when it is another client's.

    """
    before = event.follows if isinstance(event, Started) else ""
    if before and store.ledger(before).client != client:
        whose = client_of(store, client).pseudonym or client
        raise ForeignRecordError(
            f"a screening of `{whose}` goes on from `{before}`, which is of another client",
            f"it holds answers of both: erase `{whose}`, and screen anew",
        )


def own_case(store: Store, case: str, recorded: Sequence[Recorded]) -> None:
    """Make sure that what a recorded case goes on from is its own client's; see `own_link`."""
    own_link(store, store.ledger(case).client, recorded[0].event)


def cases(store: Store, client: str) -> tuple[Ledger, ...]:
    """Return a client's cases, the first one first."""
    query = "SELECT * FROM ledgers WHERE client = ? AND number > 0 ORDER BY number"
    return tuple(as_ledger(row) for row in store.rows(query, client))


def latest_cases(store: Store, limit: int = MANY) -> tuple[Ledger, ...]:
    """Return the cases of all clients, the last one used first."""
    query = "SELECT * FROM ledgers WHERE number > 0 ORDER BY last DESC, id LIMIT ?"
    return tuple(as_ledger(row) for row in store.rows(query, limit))


def usable_label(text: str) -> str:
    """Return a pseudonym or name as it is kept, or refuse it.

    Raises:
        BadLabelError: when it is too long, cannot be printed, or reads like an option.

    >>> usable_label(" blue-bike ")
    'blue-bike'

    """
    label = unicodedata.normalize("NFC", text.strip())
    if not label.isprintable():
        raise BadLabelError("a name that can be printed is expected", "leave odd characters out")
    if label.startswith("-"):
        raise BadLabelError(
            f"`{label[:LONGEST_LABEL]}` reads like an option", "begin it with a letter or a number"
        )
    if len(label) > LONGEST_LABEL:
        raise BadLabelError(
            f"a name of at most {LONGEST_LABEL} characters is expected, found {len(label)}",
            "take a short pseudonym",
        )
    return label


def _client_of(store: Store, label: str) -> str:
    """Return the id of the client of a pseudonym, or nothing."""
    row = store.row("SELECT client FROM labels WHERE lookup = ?", _hidden(store, label))
    return "" if row is None or not label else str(row[0])


def _hidden(store: Store, label: str) -> bytes:
    return keyed_hash(store.vault.finder, unicodedata.normalize("NFC", label).casefold())


def _bound(store: Store, client: str) -> bytes:
    return store.vault.lock.bound("label", client)


def _unused(store: Store, kind: str, size: int) -> str:
    """Return a new random id that is used by nothing else in the store."""
    name = f"{kind}-{secrets.token_hex(size)}"
    while store.row("SELECT 1 FROM ledgers WHERE id = ?", name):
        name = f"{kind}-{secrets.token_hex(size)}"
    return name
