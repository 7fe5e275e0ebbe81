"""Whatever happens to the machine, what was saved is there, or its loss is said."""

from __future__ import annotations

import random
import sqlite3
from contextlib import suppress
from pathlib import Path

import crash_faults
import pytest
import stores

from screening.records import Protection, Store, create_store, database
from screening.records.errors import (
    BusyStoreError,
    DamagedStoreError,
    FullDiskError,
    NewerStoreError,
    NoStoreError,
)
from screening.records.event import Skipped
from screening.records.verifying import verify_ledger, verify_store

pytestmark = pytest.mark.usefixtures("durable")


@pytest.fixture
def dice() -> random.Random:
    """The same dice in every run."""
    return random.Random(4)  # noqa: S311 - a test


def test_killed_writers_lose_nothing_they_said_was_saved(
    tmp_path: Path, dice: random.Random
) -> None:
    toll = crash_faults.killed(tmp_path / "home" / "records.db", 4, dice)
    assert toll.clean
    assert toll.tried == 4
    assert toll.saved > 4


@pytest.mark.skipif(sqlite3.sqlite_version_info < (3, 7), reason="no write-ahead log")
def test_power_cuts_lose_nothing_that_was_saved(tmp_path: Path, dice: random.Random) -> None:
    toll = crash_faults.power_cuts(tmp_path, 60, dice)
    assert toll.clean
    assert toll.saved > 60


@pytest.mark.parametrize(
    "harm",
    [
        crash_faults.cut_log,
        crash_faults.cut_file,
        crash_faults.swapped_sectors,
        crash_faults.flipped_bit,
        crash_faults.garbage_page,
    ],
)
def test_damage_is_refused_or_shows_against_a_printed_head(
    tmp_path: Path, dice: random.Random, harm: crash_faults.Harm
) -> None:
    toll = crash_faults.damage(tmp_path, 40, dice, harm)
    assert toll.clean
    assert toll.refused


def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    toll = crash_faults.crowd(tmp_path / "home" / "records.db", 4, 20)
    assert toll.clean
    assert toll.saved == 80


def test_whoever_reads_while_another_writes_sees_whole_records(tmp_path: Path) -> None:
    path = tmp_path / "home" / "records.db"
    with stores.make(path) as store:
        case = stores.a_case(store, answers=0)
        process = crash_faults.writer(path, case, 300)
        looks = 0
        while process.poll() is None:
            store.events(case)
            assert verify_ledger(store, case).bad == ""
            assert verify_store(store).bad == ""
            looks += 1
        heads, complaint, code = crash_faults.ended(process)
        assert (len(heads), complaint, code) == (300, "", 0)
        assert looks > 3


def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path) -> None:
    toll = crash_faults.full_disk(tmp_path / "home" / "records.db", iter((9_000, 60_000)))
    assert toll.clean
    assert (toll.tried, toll.refused) == (2, 2)


def test_a_full_store_is_said_and_takes_more_when_there_is_room(store: Store) -> None:
    case = stores.a_case(store)
    pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
    store.connection.execute(f"PRAGMA max_page_count = {pages}")
    saved = 4
    with suppress(FullDiskError):
        while saved < 1000:
            store.append(case, stores.answer(saved))
            saved += 1
    with pytest.raises(FullDiskError, match="the disk is full"):
        store.append(case, stores.answer(saved))
    assert len(store.events(case)) == saved
    store.connection.execute("PRAGMA max_page_count = 100000")
    store.append(case, Skipped("age"))
    assert len(store.events(case)) == saved + 1


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    path = tmp_path / "home" / "records.db"
    with stores.make(path, Protection.NONE) as store:
        case = stores.a_case(store)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.name.startswith(
            ("pytest", "test", "popen")
        ):  # made by pytest, for its owner alone
            folder.chmod(0o755)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        said = crash_faults.as_nobody(
            lambda: stores.reopen(path).append(case, stores.answer(1)) and None
        )
        made = crash_faults.as_nobody(
            lambda: create_store(path.parent / "new.db", Protection.NONE, str).close()
        )
    finally:
        path.parent.chmod(0o700)
    assert said.startswith(f"`{path}` cannot be written")
    assert "its folder must be yours to write" in said
    assert made.startswith("no store can be made at")
    assert "permission denied" in made
    with stores.reopen(path) as store:
        assert len(store.events(case)) == 4


def test_another_process_that_never_ends_its_writing_is_said(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = stores.a_case(store)
    monkeypatch.setattr("screening.records.database.PATIENCE", 0.1)
    with stores.reopen(store.path) as waiting:
        store.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyStoreError, match="another process keeps"):
            waiting.append(case, Skipped("age"))
        assert len(waiting.events(case)) == 4
        store.connection.execute("ROLLBACK")
        waiting.append(case, Skipped("age"))
    assert len(store.events(case)) == 5


def test_a_store_from_a_later_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    with stores.make(path) as store:
        store.connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(NewerStoreError, match=r"later version of screening \(store version 99"):
        stores.reopen(path)
    assert path.read_bytes() == before


def test_a_crash_while_a_store_is_made_leaves_room_for_it(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    path.touch()
    with stores.make(path) as store:
        stores.a_case(store)
        assert verify_store(store).bad == ""
    path.write_bytes(b"\0" * 4096)
    with pytest.raises(DamagedStoreError):
        stores.reopen(path)


def test_a_file_without_tables_is_no_store_yet(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    database.make_file(path)
    database.connect(path).close()  # writes a first page
    assert path.stat().st_size > 0
    assert not database.exists(path)
    with pytest.raises(NoStoreError):
        stores.reopen(path)
    stores.make(path).close()
    assert database.exists(path)
    path.write_bytes(b"something else" * 99)
    assert database.exists(path)  # opening it says what it is
