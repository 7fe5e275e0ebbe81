"""A store made without encryption is encrypted later: all of it, or nothing is changed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
import stores

from screening.records import (
    Protection,
    Store,
    add_client,
    cases,
    clients,
    find_client,
    open_store,
    start_case,
)
from screening.records.copying import backup, restore
from screening.records.erasing import ErasureReason, erase
from screening.records.errors import (
    DamagedStoreError,
    LockedStoreError,
    UnwritableStoreError,
    WrongPassphraseError,
)
from screening.records.event import Skipped
from screening.records.protecting import copies_in_plain_sight, protect
from screening.records.rekeying import rekey
from screening.records.store_event import StoreProtected
from screening.records.verifying import verify_store

SECRETS = (b"Question_", b"question_1", b"blue-bike", b"Anna")


@pytest.fixture
def plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a store in plain sight: two clients, one of them erased."""
    stores.quick(monkeypatch)
    path = tmp_path / "records.db"
    with stores.make(path, Protection.NONE) as store:
        client = add_client(store, "blue-bike", "Anna")
        case = start_case(store, client, stores.STARTED)
        store.append(case, *(stores.answer(number) for number in range(40)))
        gone = add_client(store, "red-car")
        start_case(store, gone, stores.STARTED, stores.answer(1))
        erase(store, gone, ErasureReason.ASKED)
    return path


def told(store: Store) -> tuple[object, ...]:
    """Return all that a store holds of a client, with every link."""
    found = find_client(store, "blue-bike")
    assert found is not None
    return found, [store.events(one.id) for one in cases(store, found.id)]


def bytes_of(path: Path) -> bytes:
    """Return a store's file and what SQLite keeps beside it."""
    beside = (path.with_name(path.name + end) for end in ("", "-wal", "-shm"))
    return b"".join(one.read_bytes() for one in beside if one.exists())


def test_all_of_it_is_encrypted_and_nothing_else_changes(plain: Path) -> None:
    assert all(word in bytes_of(plain) for word in (b"question_1", b"blue-bike", b"Anna"))
    with stores.reopen(plain) as store:
        before, links = told(store), [*store.rows("SELECT place, link, store_link FROM events")]
        protect(store, Protection.PASSPHRASE, stores.passphrase)
        assert told(store) == before
        assert not any(word in bytes_of(plain) for word in SECRETS)
        after = [*store.rows("SELECT place, link, store_link FROM events")]
        assert after[: len(links)] == links, "a printed head would no longer be found"
        assert verify_store(store).bad == ""
        (case,) = cases(store, before[0].id)  # type: ignore[attr-defined]
        store.append(case.id, Skipped("age"))
    with stores.reopen(plain) as store:
        assert len(store.events(case.id)) == 42
        assert StoreProtected("passphrase") in [one.event for one in store.events("store")]
        assert verify_store(store).bad == ""
        assert len(clients(store, erased=True)) == 2
    with open_store(plain, lambda: "other words entirely") as store:
        with pytest.raises(WrongPassphraseError):
            store.unlock()
        assert verify_store(store, contents=False).bad == ""


def test_what_was_encrypted_later_can_be_copied_rekeyed_and_erased(plain: Path) -> None:
    with stores.reopen(plain) as store:
        protect(store, Protection.PASSPHRASE, stores.passphrase)
        backup(store, plain.with_name("copy.db"))
        before = told(store)
        rekey(store, Protection.PASSPHRASE, lambda: "other words entirely")
        assert told(store) == before
    restore(plain.with_name("copy.db"), plain)
    with stores.reopen(plain) as store:
        assert told(store) == before
        erase(store, before[0].id, ErasureReason.ASKED)  # type: ignore[attr-defined]
        assert verify_store(store).bad == ""


def test_the_keyring_may_take_the_key(plain: Path, keyring_file: Path) -> None:
    with stores.reopen(plain) as store:
        protect(store, Protection.KEYRING, str)
        before = told(store)
    with open_store(plain, str) as store:
        assert told(store) == before
    assert keyring_file.exists()


def test_an_encrypted_store_is_not_encrypted_again(tmp_path: Path) -> None:
    with (
        stores.make(tmp_path / "records.db") as store,
        pytest.raises(UnwritableStoreError, match="is encrypted already"),
    ):
        protect(store, Protection.PASSPHRASE, stores.passphrase)


def test_another_terminal_writes_nothing_more_in_plain_sight(plain: Path) -> None:
    with stores.reopen(plain) as store, stores.reopen(plain) as other:
        found = find_client(other, "blue-bike")
        assert found is not None
        (case,) = cases(other, found.id)
        other.events(case.id)
        protect(store, Protection.PASSPHRASE, stores.passphrase)
        for refused in (
            lambda: other.append(case.id, stores.answer(1)),
            lambda: other.events(case.id),
            lambda: add_client(other, "green-boat"),
        ):
            with pytest.raises(LockedStoreError, match="changed in another terminal"):
                refused()
        assert verify_store(store).bad == ""
    assert b"question_1" not in bytes_of(plain)


CHANGES = (
    "UPDATE events SET body = zeroblob(length(body)) WHERE place = 4",
    "UPDATE events SET body = (SELECT body FROM events WHERE place = 5) WHERE place = 4",
    "UPDATE events SET body = substr(body, 1, 60) || x'00' || substr(body, 62) WHERE place = 4",
    "UPDATE labels SET sealed = zeroblob(length(sealed))",
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_in_what_was_encrypted_later_is_found(plain: Path, change: str) -> None:
    with stores.reopen(plain) as store:
        protect(store, Protection.PASSPHRASE, stores.passphrase)
    with closing(sqlite3.connect(plain)) as connection:
        connection.execute(change)
        connection.commit()
    with stores.reopen(plain) as store:
        assert verify_store(store).bad
    if "events" in change:
        with stores.reopen(plain) as store:
            assert verify_store(store, contents=False).bad, "a copy is checked without its key"


def test_encryption_cannot_be_switched_off_again_in_the_file(plain: Path) -> None:
    with stores.reopen(plain) as store:
        protect(store, Protection.PASSPHRASE, stores.passphrase)
    with closing(sqlite3.connect(plain)) as connection:
        connection.executescript(
            "UPDATE store SET protection = 'none', derivation = '', salt = x'', "
            "lookup = zeroblob(32); UPDATE clients SET key = NULL"
        )
    with pytest.raises(DamagedStoreError, match="is encrypted, and says that it is not"):
        stores.reopen(plain)


def test_a_damaged_store_is_left_as_it_is(plain: Path) -> None:
    with closing(sqlite3.connect(plain)) as connection:
        connection.execute("UPDATE events SET body = zeroblob(length(body)) WHERE place = 4")
        connection.commit()
    with stores.reopen(plain) as store:
        with pytest.raises(DamagedStoreError, match="cannot be trusted"):
            protect(store, Protection.PASSPHRASE, stores.passphrase)
        assert not store.vault.sealed
    with stores.reopen(plain) as store:
        assert not store.vault.sealed
        assert find_client(store, "blue-bike") is not None


WRITER = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[2]]
import stores
from screening.records import Protection, key_hierarchy
from screening.records.protecting import protect
key_hierarchy.DERIVATION = stores.FAST
with stores.reopen(Path(sys.argv[1])) as store:
    print("ready", flush=True)
    protect(store, Protection.PASSPHRASE, stores.passphrase)
    print("done", flush=True)
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_broken_off_at_any_moment_nothing_is_lost(plain: Path, how: signal.Signals) -> None:
    kept = plain.read_bytes()
    with stores.reopen(plain) as store:
        before = told(store)
    states = set()
    for wait in (0, 0.002, 0.004, 0.008, 0.012, 0.02, 0.05, 0.2):
        plain.write_bytes(kept)
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, plain, str(Path(__file__).parents[1])],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(wait)
            writer.send_signal(how)
        with stores.reopen(plain) as store:
            assert told(store) == before
            assert verify_store(store).bad == ""
            states.add(store.vault.sealed)
            sealed = store.vault.sealed
        if sealed:
            assert not any(word in bytes_of(plain) for word in SECRETS)
    assert states, "nothing was tried"


def test_copies_beside_it_that_are_in_plain_sight_are_named(plain: Path) -> None:
    with stores.reopen(plain) as store:
        backup(store, plain.with_name("copy.db"))
        protect(store, Protection.PASSPHRASE, stores.passphrase)
        backup(store, plain.with_name("later.db"))
        stores.make(plain.with_name("other.db"), Protection.NONE).close()
        plain.with_name("notes.txt").write_text("mine", "utf-8")
        assert copies_in_plain_sight(store) == (plain.with_name("copy.db"),)
