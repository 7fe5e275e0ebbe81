"""What goes into a store comes out as it went in, or is refused by name."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest
import stores
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import events

from screening.records import (
    Protection,
    Store,
    add_client,
    cases,
    clients,
    find_client,
    holding,
    latest_cases,
    open_store,
    rename,
    start_case,
)
from screening.records.aead import NONCE
from screening.records.errors import (
    BadLabelError,
    DamagedStoreError,
    NoStoreError,
    OpenCaseError,
    UnknownRecordError,
    UnreadableError,
    UnwritableStoreError,
    WrongPassphraseError,
)
from screening.records.event import ConsentGiven, Event, Skipped
from screening.records.payload import BLOCK, decode, encode


@given(event=events())
def test_an_event_comes_back_as_it_was(event: Event) -> None:
    raw = encode(event)
    assert decode(raw) == event
    assert len(raw) % BLOCK == 0


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b'{"event":"Nothing"}',
        b'{"event":"Skipped"}',
        b'{"event":"Skipped","question":1}',
        b'{"event":"Skipped","question":"a","more":1}',
        b'{"question":"a","event":"Skipped"}',
        encode(Skipped("age")) + b" ",
        b"[" * 100_000,
    ],
)
def test_bytes_no_program_writes_are_no_event(raw: bytes) -> None:
    with pytest.raises(UnreadableError):
        decode(raw)


def test_events_come_back_in_order_from_another_process_view(store: Store) -> None:
    case = stores.a_case(store, answers=5)
    with stores.reopen(store.path) as other:
        found = other.events(case)
    assert [one.number for one in found] == [1, 2, 3, 4, 5, 6]
    assert [one.event for one in found] == [
        stores.STARTED,
        *map(stores.answer, range(5)),
    ]
    assert found[-1].head == store.head(case)
    assert len(store.head(case).digest) == 12


def test_no_two_records_begin_alike(store: Store) -> None:
    case = stores.a_case(store, answers=3)
    store.append(case, stores.answer(1), stores.answer(1))
    bodies = [bytes(str(row[0]), "ascii") for row in store.rows("SELECT hex(body) FROM events")]
    assert len({body[: 2 * NONCE] for body in bodies}) == len(bodies) == 7


def test_several_events_are_appended_together_or_not_at_all(store: Store) -> None:
    case = stores.a_case(store, answers=0)
    before = store.store_head()
    with pytest.raises(TypeError):
        store.append(case, stores.answer(1), object())  # type: ignore[arg-type]
    assert (len(store.events(case)), store.store_head()) == (1, before)


def test_client_has_a_ledger_of_its_own(store: Store) -> None:
    client = add_client(store, "blue-bike")
    consent = ConsentGiven("screening", "I agree")
    store.append(client, consent)
    assert [one.event for one in store.events(client)] == [consent]
    assert cases(store, client) == ()


def test_cases_of_a_client_are_numbered_and_listed(store: Store) -> None:
    client = add_client(store, "blue-bike")
    first, second = (start_case(store, client, stores.STARTED) for _ in range(2))
    other = stores.a_case(store)
    assert [(one.id, one.number) for one in cases(store, client)] == [(first, 1), (second, 2)]
    assert {one.id for one in latest_cases(store)} == {first, second, other}
    assert len(latest_cases(store, 2)) == 2


def test_client_is_found_by_pseudonym_in_any_case_and_by_id(store: Store) -> None:
    client = add_client(store, "Blue-Bike", "Änna Bäcker")
    for label in ("blue-bike", " BLUE-BIKE ", client):
        found = find_client(store, label)
        assert found is not None
        assert (found.id, found.pseudonym, found.name) == (client, "Blue-Bike", "Änna Bäcker")
    assert find_client(store, "nobody") is None
    assert find_client(store, "") is None


def test_client_without_a_pseudonym_is_one_too(store: Store) -> None:
    first, second = add_client(store), add_client(store)
    assert first != second
    assert {one.id for one in clients(store)} == {first, second}


def test_pseudonym_of_another_is_refused(store: Store) -> None:
    add_client(store, "blue-bike")
    other = add_client(store, "red-car")
    with pytest.raises(BadLabelError, match="another client is called `Blue-Bike`"):
        add_client(store, "Blue-Bike")
    with pytest.raises(BadLabelError):
        rename(store, other, "blue-bike")
    rename(store, other, "green-boat")
    assert find_client(store, "red-car") is None


@pytest.mark.parametrize(
    "label",
    ["../../etc/passwd", "a'; DROP TABLE clients; --", 'b"c', "🦴 Ånna", "c:\\con", "%s{0}"],
)
def test_odd_pseudonyms_are_only_names(store: Store, label: str) -> None:
    client = add_client(store, label)
    found = find_client(store, label)
    assert found is not None
    assert (found.id, found.pseudonym) == (client, label)
    assert sorted(path.name.split("-")[0] for path in store.path.parent.iterdir()) == [
        "records.db",
        "records.db",
        "records.db",
    ]


@pytest.mark.parametrize("label", ["x" * 10_000, "a\nb", "a\x00b", "a\x1b[2J", "\udcff"])
def test_unusable_pseudonyms_are_refused(store: Store, label: str) -> None:
    with pytest.raises(BadLabelError):
        add_client(store, label)
    assert clients(store) == ()


@settings(max_examples=20)
@given(label=st.text(min_size=1, max_size=20))
def test_any_text_is_a_pseudonym_or_refused(
    tmp_path_factory: pytest.TempPathFactory, label: str
) -> None:
    with stores.make(tmp_path_factory.mktemp("any") / "records.db", Protection.NONE) as store:
        try:
            client = add_client(store, label)
        except BadLabelError:
            return
        found = find_client(store, label)
        assert not label.strip() or (found is not None and found.id == client)


def test_nothing_but_the_owner_can_read_the_files(store: Store) -> None:
    case = stores.a_case(store)
    with holding(store, case):
        for path in store.path.parent.rglob("*"):
            wanted = 0o700 if path.is_dir() else 0o600
            assert stat.S_IMODE(path.stat().st_mode) == wanted, path
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700


def test_file_that_others_could_read_is_closed_to_them_again(store: Store) -> None:
    store.close()
    store.path.chmod(0o644)
    stores.reopen(store.path).close()
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


@pytest.mark.usefixtures("durable")
def test_settings_make_a_returned_event_durable(store: Store) -> None:
    for setting, value in (
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
    ):
        assert store.connection.execute(f"PRAGMA {setting}").fetchone() == (value,)


def test_wrong_passphrase_ten_times_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    with stores.make(path) as store:
        stores.a_case(store, "blue-bike")
    before = path.read_bytes()
    for attempt in range(10):
        with open_store(path, lambda: f"wrong passphrase {attempt}") as store:  # noqa: B023
            with pytest.raises(WrongPassphraseError, match="the passphrase is wrong"):
                store.unlock()
            with pytest.raises(WrongPassphraseError):
                add_client(store, "red-car")
    assert path.read_bytes() == before
    with stores.reopen(path) as store:
        assert find_client(store, "blue-bike") is not None


def test_passphrase_is_asked_for_only_when_a_key_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    with stores.make(path) as store:
        case = stores.a_case(store)

    def never() -> str:
        raise AssertionError

    with open_store(path, never) as store:
        assert store.head(case).events == 4
        assert len(latest_cases(store)) == 1


def test_case_is_open_in_one_place_at_a_time(store: Store) -> None:
    case, other = stores.a_case(store), stores.a_case(store)
    with stores.reopen(store.path) as second, holding(store, case):
        with (
            pytest.raises(
                OpenCaseError, match=rf"open in another terminal \(process {os.getpid()}"
            ),
            holding(second, case),
        ):
            pass
        with holding(second, other):
            pass
        second.append(case, Skipped("age"))
    with holding(store, case):
        assert len(store.events(case)) == 5


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on files there")
def test_case_is_held_where_no_file_can_grow(store: Store) -> None:
    import resource  # noqa: PLC0415 - not on Windows

    case = stores.a_case(store)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        with holding(store, case):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not any((store.path.parent / "records.db-open").iterdir())


def test_what_is_not_there_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnknownRecordError, match="no record `case-0`"):
        store.events("case-0")
    with pytest.raises(UnknownRecordError):
        store.append("case-0", Skipped("age"))
    with pytest.raises(UnknownRecordError), holding(store, "../../case"):
        pass
    with pytest.raises(UnknownRecordError):
        start_case(store, "client-0", stores.STARTED)
    with pytest.raises(NoStoreError, match="there is no store"):
        stores.reopen(tmp_path / "other.db")


def test_a_second_store_never_replaces_the_first(store: Store) -> None:
    case = stores.a_case(store)
    with pytest.raises(UnwritableStoreError, match="there is a file"):
        stores.make(store.path)
    assert len(store.events(case)) == 4


def test_a_file_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    path.write_text("my shopping list, which is not a database at all" * 40, "utf-8")
    before = path.read_bytes()
    with pytest.raises(DamagedStoreError, match="cannot be read as a record store"):
        stores.reopen(path)
    with pytest.raises(UnwritableStoreError, match="there is a file"):
        stores.make(path)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE a (b)")
    connection.close()
    other.chmod(0o644)
    was = other.read_bytes()
    with pytest.raises(DamagedStoreError, match="no record store"):
        stores.reopen(other)
    assert (path.read_bytes(), other.read_bytes()) == (before, was)
    assert other.stat().st_mode & 0o777 == 0o644
    assert sorted(one.name for one in tmp_path.iterdir()) == ["other.db", "records.db"]


def test_a_name_that_is_too_long_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(NoStoreError, match="there is no store"):
        stores.reopen(tmp_path / ("x" * 5000))


def test_an_empty_database_is_no_store_yet(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    with closing(sqlite3.connect(path)) as connection:  # as a crash leaves it
        connection.execute("PRAGMA journal_mode = WAL")
    assert path.stat().st_size
    with pytest.raises(NoStoreError):
        stores.reopen(path)
    with stores.make(path) as store:
        assert len(store.events(stores.a_case(store))) == 4
