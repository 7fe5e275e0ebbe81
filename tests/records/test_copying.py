"""A copy counts once it is checked; nothing is replaced before, and what is replaced stays."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
import stores

from screening.records import (
    Store,
    add_client,
    find_client,
)
from screening.records.copying import backup, restore
from screening.records.erasing import ErasureReason, erase
from screening.records.errors import (
    BusyStoreError,
    DamagedStoreError,
    NoStoreError,
    UnwritableStoreError,
)
from screening.records.event import Skipped
from screening.records.store_event import StoreRestored
from screening.records.verifying import verify_store


def test_a_copy_of_an_open_store_is_whole_and_one_private_file(
    store: Store, tmp_path: Path
) -> None:
    case = stores.a_case(store, "blue-bike")
    copy = tmp_path / "copies" / "one.db"
    with stores.reopen(store.path) as writer:
        writer.append(case, Skipped("age"))
        head = backup(store, copy)
        writer.append(case, Skipped("sleep"))
    assert head.events == store.store_head().events - 1
    assert [path.name for path in copy.parent.iterdir()] == ["one.db"]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with stores.reopen(copy) as other:
        assert len(other.events(case)) == 5
        assert find_client(other, "blue-bike") is not None


def test_nothing_is_overwritten_by_a_copy(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "one.db"
    copy.write_text("mine", "utf-8")
    with pytest.raises(UnwritableStoreError, match="is there already"):
        backup(store, copy)
    assert copy.read_text("utf-8") == "mine"


def test_a_damaged_store_makes_no_copy(store: Store, tmp_path: Path) -> None:
    stores.a_case(store)
    store.connection.execute("UPDATE events SET at = 'then' WHERE place = 3")
    with pytest.raises(DamagedStoreError, match="the copy cannot be trusted: event 2 of `case-"):
        backup(store, tmp_path / "copies" / "one.db")
    assert not [*(tmp_path / "copies").iterdir()]


@pytest.mark.parametrize("text", ["not a copy", ""])
def test_a_file_that_is_no_copy_is_named(store: Store, tmp_path: Path, text: str) -> None:
    stores.a_case(store)
    copy = tmp_path / "photos.db"
    if text:
        copy.write_text(text, "utf-8")
    else:
        with closing(sqlite3.connect(copy)) as other:
            other.execute("CREATE TABLE a (b)")
    with pytest.raises(DamagedStoreError, match=r"the copy `.*photos.db` cannot be trusted"):
        restore(copy, store.path)


def test_restore_brings_back_the_copy_and_keeps_what_was_there(
    store: Store, tmp_path: Path
) -> None:
    case = stores.a_case(store)
    copy = tmp_path / "one.db"
    head = backup(store, copy)
    later = stores.a_case(store)
    store.close()
    done = restore(copy, store.path)
    assert (done.head, done.erased) == (head, ())
    with stores.reopen(store.path) as found:
        assert len(found.events(case)) == 4
        assert found.row("SELECT 1 FROM ledgers WHERE id = ?", later) is None
        assert found.events("store")[-1].event == StoreRestored(head.digest)
        assert verify_store(found, [head.digest]).missing == ()
    assert done.old is not None
    with stores.reopen(done.old) as old:
        assert len(old.events(later)) == 4
    assert copy.exists()


def test_whoever_was_erased_since_the_copy_is_erased_again(store: Store, tmp_path: Path) -> None:
    gone, kept = add_client(store, "blue-bike"), add_client(store, "red-car")
    copy = tmp_path / "one.db"
    backup(store, copy)
    erase(store, gone, ErasureReason.ASKED)
    store.close()
    assert restore(copy, store.path).erased == (gone,)
    with stores.reopen(store.path) as found:
        assert find_client(found, "blue-bike") is None
        assert find_client(found, "red-car") is not None
        assert verify_store(found).bad == ""
    assert kept


def test_a_copy_that_does_not_verify_replaces_nothing(store: Store, tmp_path: Path) -> None:
    case = stores.a_case(store)
    copy = tmp_path / "one.db"
    backup(store, copy)
    store.close()
    before = store.path.read_bytes()
    with sqlite3.connect(copy) as connection:
        connection.execute("UPDATE events SET body = ? WHERE place = 3", (b"other",))
    connection.close()
    with pytest.raises(DamagedStoreError, match="event 2 of `case-"):
        restore(copy, store.path)
    copy.write_bytes(b"no database at all" * 100)
    with pytest.raises(DamagedStoreError, match="cannot be read as a record store"):
        restore(copy, store.path)
    with pytest.raises(NoStoreError):
        restore(tmp_path / "nothing.db", store.path)
    assert store.path.read_bytes() == before
    assert [path.name for path in store.path.parent.iterdir() if "before" in path.name] == []
    with stores.reopen(store.path) as found:
        assert len(found.events(case)) == 4


def test_a_store_that_is_open_is_not_replaced(store: Store, tmp_path: Path) -> None:
    case = stores.a_case(store)
    backup(store, tmp_path / "one.db")
    with pytest.raises(BusyStoreError, match="is open in another terminal"):
        restore(tmp_path / "one.db", store.path)
    store.append(case, Skipped("age"))
    assert len(store.events(case)) == 5


@pytest.mark.parametrize("left", [b"", b"garbage" * 1000, None])
def test_a_store_that_is_damaged_or_gone_is_restored(
    store: Store, tmp_path: Path, left: bytes | None
) -> None:
    case = stores.a_case(store)
    backup(store, tmp_path / "one.db")
    store.close()
    if left is None:
        store.path.unlink()
    else:
        store.path.write_bytes(left)
        store.path.with_name("records.db-wal").write_bytes(b"old log")
    done = restore(tmp_path / "one.db", store.path)
    with stores.reopen(store.path) as found:
        assert len(found.events(case)) == 4
        assert verify_store(found).bad == ""
    if left:
        assert done.erased is None
        assert done.old is not None
        assert done.old.read_bytes() == left
        assert done.old.with_name(done.old.name + "-wal").read_bytes() == b"old log"


def test_a_store_that_was_replaced_takes_nothing_more_from_who_had_it_open(
    store: Store, tmp_path: Path
) -> None:
    case = stores.a_case(store)
    other = tmp_path / "one.db"
    backup(store, other)
    other.replace(store.path)
    with pytest.raises(UnwritableStoreError, match="was replaced or removed"):
        store.append(case, Skipped("age"))
