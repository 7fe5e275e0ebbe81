"""Making a store, and opening one that exists, whichever version wrote it."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from pathlib import Path

from screening import __version__
from screening.records import database
from screening.records.aead import KEY, SALT
from screening.records.chain import OWN, START, STORE, ChainHead, as_bytes
from screening.records.errors import (
    RESTORE,
    DamagedStoreError,
    UnwritableStoreError,
    store_errors,
)
from screening.records.key_hierarchy import (
    Lock,
    PassphraseSource,
    Protection,
    Vault,
    kept_or_forgotten,
    new_vault,
)
from screening.records.payload import own_event
from screening.records.schema import APPLICATION, CREATE, MIGRATIONS, VERSION
from screening.records.store import Store, now
from screening.records.store_event import (
    KeysChanged,
    StoreCreated,
    StoreEvent,
    StoreMigrated,
    StoreProtected,
)


def create_store(
    path: Path,
    protection: Protection,
    passphrase: PassphraseSource,
    *,
    practice: bool = False,
    clock: Callable[[], str] = now,
) -> Store:
    """Make a store and return it open; one for practice says so for as long as it exists.

    Raises:
        RecordsError: when it cannot be made, or there is one already.

    """
    if database.exists(path):
        raise _there(path)
    vault = new_vault(secrets.token_hex(8), protection, passphrase)
    with kept_or_forgotten(vault):
        database.make_file(path)
        connection = database.connect(path)
        try:
            store = Store(path, connection, vault, clock)
            with store.writing_locked():  # the vault is new, and open
                _fill(store, practice=practice)
        except BaseException:
            connection.close()
            raise
    return store


def _there(path: Path) -> UnwritableStoreError:
    message = f"there is a file at `{path}` already"
    return UnwritableStoreError(message, "name another place with `--store`")


def _fill(store: Store, *, practice: bool) -> None:
    """Write the tables and the first row inside the transaction that is open.

    Raises:
        UnwritableStoreError: when another process made a store meanwhile.

    """
    if database.version_of(store.connection, store.path):
        raise _there(store.path)
    database.script(store.connection, CREATE)
    for step in MIGRATIONS:
        database.script(store.connection, step)
    store.connection.execute(f"PRAGMA application_id = {APPLICATION}")
    store.connection.execute(f"PRAGMA user_version = {VERSION}")
    lock = store.vault.lock
    store.connection.execute(
        "INSERT INTO store VALUES (1, ?, ?, ?, ?, ?, ?, 0, 0, ?, 0, x'')",
        (
            lock.store,
            lock.protection.value,
            lock.generation,
            lock.derivation,
            lock.salt,
            lock.lookup,
            START,
        ),
    )
    store.open_ledger(STORE, None, OWN)
    note(store, StoreCreated(lock.protection.value, __version__, practice))


def note(store: Store, event: StoreEvent) -> ChainHead:
    """Append what happens to the store itself, inside the transaction that is open."""
    return store.add(STORE, event)


def open_store(
    path: Path, passphrase: PassphraseSource, *, clock: Callable[[], str] = now
) -> Store:
    """Return a store that exists. Its key is fetched when first needed, or by `unlock`.

    Raises:
        RecordsError: when it cannot be opened.

    """
    connection = database.connect(path)
    try:
        _brought_up(path, connection, clock)
        return Store(path, connection, Vault(read_lock(path, connection), passphrase), clock)
    except BaseException:
        connection.close()
        raise


def _brought_up(path: Path, connection: sqlite3.Connection, clock: Callable[[], str]) -> None:
    """Bring a store of an earlier version to the present one, whole or not at all.

    Raises:
        NoStoreError: when the file is still empty.

    """
    version = database.version_of(connection, path)
    if not version:
        raise database.no_store(path)
    if version == VERSION:
        return
    with database.writing(connection, path):
        if database.version_of(connection, path) == version:  # nobody else did it meanwhile
            database.migrate(connection, version)
            store = Store(path, connection, Vault(read_lock(path, connection), str), clock)
            note(store, StoreMigrated(version, VERSION))


def read_lock(path: Path, connection: sqlite3.Connection) -> Lock:
    """Return what the store says about its key.

    Raises:
        DamagedStoreError: when it says nothing that can be used.

    """
    query = "SELECT id, protection, generation, derivation, salt, lookup FROM store"
    with store_errors(path):
        row = connection.execute(query).fetchone()
    try:
        name, protection, generation, derivation, salt, lookup = row
        lock = Lock(name, Protection(protection), generation, derivation, salt, lookup)
    except (TypeError, ValueError) as error:
        raise DamagedStoreError(f"`{path}` does not say how it is protected", RESTORE) from error
    if lock.protection is Protection.NONE and _was_sealed(path, connection, lock):
        # never write in plain sight what was sealed until now
        raise DamagedStoreError(f"`{path}` is encrypted, and says that it is not", RESTORE)
    if not lock.as_written:
        message = f"how `{path}` is protected is not said as this program says it"
        raise DamagedStoreError(message, RESTORE)
    return lock


def _was_sealed(path: Path, connection: sqlite3.Connection, lock: Lock) -> bool:
    """Tell whether anything in a store shows that it is encrypted."""
    keyed = "SELECT 1 FROM clients WHERE key IS NOT NULL LIMIT 1"
    with store_errors(path):
        found = connection.execute(keyed).fetchone()
    said = any(map(_says_sealed, _own_bodies(path, connection)))
    marked = found or lock.derivation or lock.salt or said or len(lock.lookup) != KEY
    return bool(marked or _unreadable(path, connection))


ASCII = 127  # events are written in it alone; half the bytes of a seal are above
FIRST_AND_LAST = """
    SELECT * FROM (SELECT body FROM events WHERE ledger <> ? AND body IS NOT NULL
        ORDER BY place LIMIT 1)
    UNION ALL SELECT * FROM (SELECT body FROM events WHERE ledger <> ? AND body IS NOT NULL
        ORDER BY place DESC LIMIT 1)
"""


def _unreadable(path: Path, connection: sqlite3.Connection) -> bool:
    """Tell whether clients' events, the first and the last one, are no text in plain sight.

    All else that shows encryption can be written anew by whoever has the file. A damaged event is
    text still, but for some bytes.
    """
    with store_errors(path):
        bodies = connection.execute(FIRST_AND_LAST, (STORE, STORE)).fetchall()
    texts = (as_bytes(body)[SALT:] for (body,) in bodies)
    return any(sum(byte > ASCII for byte in text) * 10 > len(text) for text in texts)


def _own_bodies(path: Path, connection: sqlite3.Connection) -> list[bytes]:
    """Return what happened to the store itself, as it is stored: the first event first."""
    query = "SELECT body FROM events WHERE ledger = ? ORDER BY number"
    with store_errors(path):
        return [as_bytes(body) for (body,) in connection.execute(query, (STORE,))]


def for_practice(store: Store) -> bool:
    """Tell whether a store was made for practice: with invented clients only."""
    row = store.row("SELECT body FROM events WHERE ledger = ? AND number = 1", STORE)
    made = own_event(as_bytes(row and row[0]))
    return isinstance(made, StoreCreated) and made.practice


def _says_sealed(body: bytes) -> bool:
    """Tell whether an event of the store's own says that it is encrypted."""
    event = own_event(body)
    sealed = {Protection.KEYRING.value, Protection.PASSPHRASE.value}
    kinds = StoreCreated | StoreProtected | KeysChanged
    return isinstance(event, kinds) and event.protection in sealed
