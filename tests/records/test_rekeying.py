"""Another key opens the same answers; what was open before opens no more."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
import stores

from screening.records import (
    Protection,
    Store,
    add_client,
    find_client,
    open_store,
)
from screening.records.errors import (
    DamagedStoreError,
    LockedStoreError,
    UnwritableStoreError,
    WrongPassphraseError,
)
from screening.records.event import Skipped
from screening.records.os_keyring import usable
from screening.records.rekeying import rekey
from screening.records.store_event import KeysChanged
from screening.records.verifying import verify_store

OTHER = "other words entirely"


def bodies(store: Store) -> list[tuple[object, ...]]:
    return [*store.rows("SELECT place, body, link FROM events ORDER BY place LIMIT 5")]


def test_another_passphrase_opens_the_same_answers(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    with stores.make(path) as store:
        case = stores.a_case(store, "blue-bike")
        before, events = bodies(store), store.events(case)
        wrapped = store.row("SELECT key FROM clients")
        rekey(store, Protection.PASSPHRASE, lambda: OTHER)
        assert (bodies(store), store.events(case)) == (before, events)
        assert wrapped is not None
        assert isinstance(wrapped[0], bytes)
        assert wrapped[0] not in path.read_bytes()
        store.append(case, Skipped("age"))
    with stores.reopen(path) as store, pytest.raises(WrongPassphraseError):
        store.unlock()
    with open_store(path, lambda: OTHER) as store:
        assert len(store.events(case)) == 5
        assert find_client(store, "BLUE-bike") is not None
        assert verify_store(store).bad == ""
        assert KeysChanged("passphrase") in [one.event for one in store.events("store")]


def test_keyring_and_back(tmp_path: Path, keyring_file: Path) -> None:
    path = tmp_path / "records.db"
    assert usable()
    with stores.create_store(path, Protection.KEYRING, stores.passphrase) as store:
        case = stores.a_case(store)
        assert len(json.loads(keyring_file.read_text())) == 1
        rekey(store, Protection.PASSPHRASE, stores.passphrase)
    with stores.reopen(path) as store:
        assert len(store.events(case)) == 4
        rekey(store, Protection.KEYRING, str)
    with open_store(path, str) as store:
        assert len(store.events(case)) == 4
        assert verify_store(store).bad == ""


def test_key_is_in_the_keyring_and_not_in_the_store(tmp_path: Path, keyring_file: Path) -> None:
    path = tmp_path / "records.db"
    with stores.create_store(path, Protection.KEYRING, str) as store:
        stores.a_case(store)
    (key,) = json.loads(keyring_file.read_text()).values()
    assert base64.b64decode(key) not in path.read_bytes()
    keyring_file.with_name("locked").touch()
    with open_store(path, str) as store, pytest.raises(LockedStoreError, match="is locked"):
        store.unlock()
    keyring_file.with_name("locked").unlink()
    keyring_file.unlink()
    with open_store(path, str) as store, pytest.raises(LockedStoreError, match="no key for"):
        store.unlock()
    keyring_file.write_text(json.dumps(dict.fromkeys(("a", "b"), "AAAA")))
    with open_store(path, str) as store:
        keyring_file.write_text(
            json.dumps(
                {f"screening {store.vault.lock.entry}": base64.b64encode(bytes(32)).decode()}
            )
        )
        with pytest.raises(LockedStoreError, match="is not the key of this store"):
            store.unlock()


def test_a_key_that_is_not_kept_leaves_no_store_and_no_entry(
    tmp_path: Path, keyring_file: Path
) -> None:
    path = tmp_path / "records.db"
    with stores.make(path) as store:
        stores.a_case(store)
        keyring_file.with_name("locked").touch()
        with pytest.raises(LockedStoreError, match="the keyring takes no key"):
            rekey(store, Protection.KEYRING, str)
        keyring_file.with_name("locked").unlink()
        store.connection.execute(
            "CREATE TRIGGER refuse BEFORE UPDATE OF key ON clients "
            "BEGIN SELECT RAISE(FAIL, 'full'); END"
        )
        with pytest.raises(Exception, match="full"):
            rekey(store, Protection.KEYRING, str)
        assert json.loads(keyring_file.read_text()) == {}
        store.connection.execute("DROP TRIGGER refuse")
    with stores.reopen(path) as store:
        store.unlock()


def test_other_terminal_with_the_old_key_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    with stores.make(path) as store, stores.reopen(path) as other:
        case, unseen = stores.a_case(store), stores.a_case(store)
        other.events(case)
        rekey(store, Protection.PASSPHRASE, lambda: OTHER)
        other.append(case, Skipped("age"))
        for refused in (lambda: add_client(other), lambda: other.events(unseen)):
            with pytest.raises(LockedStoreError, match="changed in another terminal"):
                refused()
        with pytest.raises(LockedStoreError):
            rekey(other, Protection.PASSPHRASE, stores.passphrase)
        assert len(store.events(case)) == 5
        assert verify_store(store).bad == ""


def test_encryption_is_chosen_once(store: Store) -> None:
    case = stores.a_case(store)
    protection = store.vault.lock.protection
    asked = Protection.PASSPHRASE if protection is Protection.NONE else Protection.NONE
    with pytest.raises(UnwritableStoreError, match="encryption is chosen when a store is made"):
        rekey(store, asked, stores.passphrase)
    assert len(store.events(case)) == 4


def test_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LockedStoreError, match="9 characters; at least 10"):
        stores.create_store(tmp_path / "records.db", Protection.PASSPHRASE, lambda: "too short")
    with stores.make(tmp_path / "records.db") as store, pytest.raises(LockedStoreError):
        rekey(store, Protection.PASSPHRASE, str)


@pytest.mark.parametrize(
    "derivation", ["", "md5", "scrypt:99:8:1", "scrypt:18:8:1", "scrypt:x:8:1", "scrypt:4:8"]
)
def test_a_store_that_asks_for_another_derivation_is_refused(
    tmp_path: Path, derivation: str
) -> None:
    path = tmp_path / "records.db"
    stores.make(path).close()
    with stores.reopen(path) as store:
        store.connection.execute("UPDATE store SET derivation = ?", (derivation,))
    with pytest.raises(DamagedStoreError, match="is protected is not said as"):
        stores.reopen(path)
