"""Changing the key of a store: every client's key is wrapped anew, and no answer is rewritten."""

from __future__ import annotations

from screening.records.aead import BrokenSealError
from screening.records.chain import as_bytes
from screening.records.database import scrub
from screening.records.errors import RESTORE, DamagedStoreError, UnwritableStoreError
from screening.records.key_hierarchy import (
    PassphraseSource,
    Protection,
    Vault,
    kept_or_forgotten,
    renewed,
)
from screening.records.opening import note
from screening.records.store import Store
from screening.records.store_event import KeysChanged

AT_ONCE = 1000  # keys read before they are written


def rekey(store: Store, protection: Protection, passphrase: PassphraseSource) -> None:
    """Wrap every client's key under a new master key: all of them, or nothing is changed.

    Copies made before still open with the old passphrase, or the old entry of the keyring, which
    stays for them.

    Raises:
        LockedStoreError: when the old key cannot be had, or the new one cannot be kept.
        UnwritableStoreError: for a store made without encryption, and for ending encryption.

    """
    store.unlock()
    if protection is Protection.NONE or not store.vault.sealed:
        message = "encryption is chosen when a store is made, and stays"
        raise UnwritableStoreError(message, "make another store with `screening store create`")
    store.bind()
    before = store.vault
    after = renewed(before, protection, passphrase, generation=before.lock.generation + 1)
    with kept_or_forgotten(after), store.writing():
        store.same_keys()
        _wrap(store, after)
        note(store, KeysChanged(protection.value))
    store.vault = after
    scrub(store.connection, store.path)


def _wrap(store: Store, after: Vault) -> None:
    """Wrap the keys anew inside the transaction that is open."""
    query = "SELECT id, key FROM clients WHERE id > ? AND erased = 0 ORDER BY id LIMIT ?"
    last = ""
    while rows := [*store.rows(query, last, AT_ONCE)]:
        for client, wrapped in rows:
            last = str(client)
            try:
                key = store.vault.data_key(last, as_bytes(wrapped))
            except BrokenSealError as error:
                raise DamagedStoreError(f"the key of `{last}` is damaged", RESTORE) from error
            anew = after.wrapped(last, key)
            store.connection.execute("UPDATE clients SET key = ? WHERE id = ?", (anew, last))
    lock = after.lock
    store.connection.execute(
        "UPDATE store SET protection = ?, generation = ?, derivation = ?, salt = ?, lookup = ?",
        (lock.protection.value, lock.generation, lock.derivation, lock.salt, lock.lookup),
    )
