"""An erased client cannot be read from anything that is left, and the chains still hold."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import stores

from screening.records import (
    Protection,
    Store,
    add_client,
    cases,
    client_of,
    clients,
    find_client,
    holding,
    start_case,
)
from screening.records.erasing import ErasureReason, due, erase, keep_for
from screening.records.errors import (
    BusyStoreError,
    ErasedClientError,
    OpenCaseError,
    UnknownRecordError,
)
from screening.records.event import ConsentGiven, Skipped
from screening.records.store_event import ClientErased, RetentionSet
from screening.records.verifying import verify_ledger, verify_store

NAME = "Gudrun Überall"


def on_disk(store: Store) -> bytes:
    """Everything that is left in the files of a store, its log included."""
    return b"".join(path.read_bytes() for path in store.path.parent.rglob("*") if path.is_file())


def test_everything_of_an_erased_client_is_gone(store: Store) -> None:
    kept = stores.a_case(store, "red-car")
    client = add_client(store, "blue-bike", NAME)
    case = start_case(store, client, stores.STARTED, stores.answer(1, "new_or_worse"))
    store.append(client, ConsentGiven("screening", "I agree"))
    rows = store.rows(
        "SELECT body FROM events JOIN ledgers l ON ledger = id AND client = ?", client
    )
    bodies = [row[0] for row in rows]
    key = store.row("SELECT key FROM clients WHERE id = ?", client)
    label = store.row("SELECT lookup, sealed FROM labels WHERE client = ?", client)
    traces = [one for one in (*bodies, *(key or ()), *(label or ())) if isinstance(one, bytes)]
    assert len(bodies) == 3
    assert all(trace[:24] in on_disk(store) for trace in traces)  # a long one lies in two pages
    erase(store, client, ErasureReason.ASKED)
    left = on_disk(store)
    assert not [trace for trace in traces if trace in left or trace[:24] in left]
    assert NAME.encode() not in left
    assert find_client(store, "blue-bike") is None
    assert client_of(store, client).erased
    assert [one.id for one in clients(store)] == [store.ledger(kept).client]
    assert len(clients(store, erased=True)) == 2
    assert [one.id for one in cases(store, client)] == [case]


def test_chains_hold_after_an_erasure(store: Store) -> None:
    case, kept = stores.a_case(store, "blue-bike"), stores.a_case(store, "red-car")
    head, client = store.head(case), store.ledger(case).client
    erase(store, client, ErasureReason.ASKED)
    whole = verify_store(store)
    assert (whole.bad, whole.unread) == ("", 4)
    one = verify_ledger(store, case, [head.digest])
    assert (one.bad, one.events, one.missing) == ("", 4, ())
    assert verify_ledger(store, kept).bad == ""
    assert store.events("store")[-1].event == ClientErased(client, 4, "asked")


def test_nothing_is_read_from_or_added_to_an_erased_client(store: Store) -> None:
    case = stores.a_case(store, "blue-bike")
    client = store.ledger(case).client
    with stores.reopen(store.path) as other:
        other.append(case, Skipped("age"))  # has the key at hand
        erase(store, client, ErasureReason.ASKED)
        for one in (store, other):
            with pytest.raises(ErasedClientError):
                one.events(case)
            with pytest.raises(ErasedClientError):
                one.append(case, Skipped("age"))
            with pytest.raises(ErasedClientError):
                start_case(one, client, stores.STARTED)


def test_erasing_again_changes_nothing(store: Store) -> None:
    client = store.ledger(stores.a_case(store)).client
    erase(store, client, ErasureReason.ASKED)
    head = store.store_head()
    erase(store, client, ErasureReason.ASKED)
    assert store.store_head() == head
    with pytest.raises(UnknownRecordError):
        erase(store, "client-0", ErasureReason.ASKED)


def test_a_case_that_is_open_is_not_erased(store: Store) -> None:
    case = stores.a_case(store)
    client = store.ledger(case).client
    with (
        stores.reopen(store.path) as other,
        holding(other, case),
        pytest.raises(OpenCaseError),
    ):
        erase(store, client, ErasureReason.ASKED)
    assert len(store.events(case)) == 4


def test_erasing_needs_no_key(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    with stores.make(path) as store:
        client = add_client(store, "blue-bike")

    def forgotten() -> str:
        raise AssertionError

    with stores.open_store(path, forgotten) as store:
        erase(store, client, ErasureReason.ASKED)
    with stores.reopen(path) as store:
        assert find_client(store, "blue-bike") is None


def test_a_reader_that_holds_the_log_is_said(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screening.records.database.PATIENCE", 0.1)
    client = store.ledger(stores.a_case(store)).client
    with stores.reopen(store.path) as mine, stores.reopen(store.path) as reader:
        reader.connection.execute("BEGIN")
        reader.connection.execute("SELECT count(*) FROM events").fetchone()
        with pytest.raises(BusyStoreError, match="old pages are still in the write-ahead log"):
            erase(mine, client, ErasureReason.ASKED)
        reader.connection.execute("COMMIT")
        erase(mine, client, ErasureReason.ASKED)
    assert Path(f"{store.path}-wal").stat().st_size == 0


def test_whoever_is_kept_too_long_is_due(tmp_path: Path) -> None:
    clock = {"now": "2026-01-01T00:00:00.000Z"}
    with stores.create_store(
        tmp_path / "records.db", Protection.NONE, str, clock=lambda: clock["now"]
    ) as store:
        old = add_client(store)
        clock["now"] = "2026-03-01T00:00:00.000Z"
        young = add_client(store)
        assert due(store) == ()
        keep_for(store, 6)
        assert due(store) == (old,)
        clock["now"] = "2025-01-01T00:00:00.000Z"  # set back: nobody is due too early
        assert due(store) == ()
        clock["now"] = "2027-01-01T00:00:00.000Z"
        assert due(store) == (old, young)
        keep_for(store, 0)
        assert due(store) == ()
        assert store.events("store")[-1].event == RetentionSet(0)


def test_secrets_are_nowhere_in_an_encrypted_store(tmp_path: Path) -> None:
    path = tmp_path / "home" / "records.db"
    with stores.make(path) as store:
        client = add_client(store, "pseudonym-of-hers", NAME)
        case = start_case(store, client, stores.STARTED)
        for number in range(50):
            store.append(case, stores.answer(number, "new_or_worse"))
        store.append(client, ConsentGiven("purpose-of-hers", "consent-in-words"))
        left = on_disk(store)
    left += on_disk(store)
    for word in (
        "pseudonym-of-hers",
        NAME,
        "Gudrun",
        "new_or_worse",
        "question_1",
        "Answered",
        "purpose-of-hers",
        "consent-in-words",
        stores.PASSPHRASE,
    ):
        assert word.encode() not in left
        assert word.encode("utf-16-le") not in left
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM events").fetchone() == (53,)
    connection.close()
