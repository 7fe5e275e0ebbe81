"""Encrypting a store that was made without: every record is sealed as it was written.

The chains stay as they are: each goes on committing to what was written, which is inside the seal
now. So every head digest that was printed is still found.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from screening.records.aead import new_key
from screening.records.chain import Ledger, as_bytes, as_int, as_ledger
from screening.records.clients import Client, clients, relabel
from screening.records.copying import says
from screening.records.database import scrub
from screening.records.errors import RESTORE, DamagedStoreError, UnwritableStoreError
from screening.records.key_hierarchy import (
    PassphraseSource,
    Protection,
    Vault,
    covered,
    kept_or_forgotten,
    renewed,
)
from screening.records.opening import note
from screening.records.store import Store
from screening.records.store_event import StoreProtected
from screening.records.verifying import verify_store


def protect(store: Store, protection: Protection, passphrase: PassphraseSource) -> None:
    """Encrypt all that is in a store, and check it; or nothing is changed.

    Copies made before stay as they are: readable by whoever has them.

    Raises:
        UnwritableStoreError: when it is encrypted already.
        DamagedStoreError: when what it holds is not what was written.
        LockedStoreError: when the new key cannot be kept, or the passphrase is too short.
        BusyStoreError: when old pages stay in the log because another terminal reads.

    """
    before = store.vault
    if before.sealed:
        scrub(store.connection, store.path)
        message = f"`{store.path}` is encrypted already"
        raise UnwritableStoreError(message, "`screening store rekey` changes what opens it")
    lock = replace(before.lock, generation=before.lock.generation + 1)
    fresh = Vault(lock, passphrase, finder=new_key(), binds=True)
    after = renewed(fresh, protection, passphrase, generation=lock.generation)
    try:
        with kept_or_forgotten(after), store.writing():
            store.same_keys()
            _sealed(store, after)
    except BaseException:
        store.rekeyed(before)
        raise
    scrub(store.connection, store.path)


def _sealed(store: Store, after: Vault) -> None:
    """Seal everything inside the transaction that is open, and check it.

    Raises:
        DamagedStoreError: when it is not as it was written.

    """
    labelled = clients(store)
    store.rekeyed(after)
    _locked(store, after)
    for client in labelled:
        _keyed(store, client)
    _covered(store)
    note(store, StoreProtected(after.lock.protection.value))
    if bad := verify_store(store).bad:
        raise DamagedStoreError(bad, RESTORE)


def _locked(store: Store, after: Vault) -> None:
    """Write down what opens the store from now on."""
    lock = after.lock
    store.connection.execute(
        "UPDATE store SET protection = ?, generation = ?, derivation = ?, salt = ?, lookup = ?",
        (lock.protection.value, lock.generation, lock.derivation, lock.salt, lock.lookup),
    )


def _keyed(store: Store, client: Client) -> None:
    """Give a client a key, under which the pseudonym and name are kept from now on."""
    wrapped = store.vault.wrapped(client.id, new_key())
    store.connection.execute("UPDATE clients SET key = ? WHERE id = ?", (wrapped, client.id))
    if client.pseudonym or client.name:
        relabel(store, client)


def _covered(store: Store) -> None:
    """Seal every event of every client."""
    query = "SELECT * FROM ledgers WHERE client IN (SELECT id FROM clients WHERE erased = 0)"
    for ledger in [as_ledger(row) for row in store.rows(query)]:
        _covered_ledger(store, ledger)


def _covered_ledger(store: Store, ledger: Ledger) -> None:
    key = store.data_key(ledger.client)
    query = "SELECT place, number FROM events WHERE ledger = ? AND body IS NOT NULL"
    for place, number in [*store.rows(query, ledger.id)]:
        row = store.row("SELECT body FROM events WHERE place = ?", place)
        body = covered(key, as_bytes(row and row[0]), store.bound(ledger, as_int(number)))
        store.connection.execute("UPDATE events SET body = ? WHERE place = ?", (body, place))


def copies_in_plain_sight(store: Store) -> tuple[Path, ...]:
    """Return the copies of a store in its folder that anybody can read."""
    mine = (store.vault.lock.store, Protection.NONE.value)
    beside = sorted(one for one in store.path.parent.iterdir() if one.name != store.path.name)
    return tuple(one for one in beside if says(one) == mine)
