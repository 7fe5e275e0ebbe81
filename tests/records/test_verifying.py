"""Whatever is changed in a store is found, and the first bad record is named."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
import stores
from hypothesis import example, given, settings
from hypothesis import strategies as st

from screening.errors import RecordsError
from screening.records import (
    Protection,
    Store,
    add_client,
    find_client,
    put_knowledge,
    start_case,
)
from screening.records.chain import shown
from screening.records.erasing import ErasureReason, erase
from screening.records.errors import DamagedStoreError
from screening.records.verifying import verify_ledger, verify_store


def test_what_was_written_is_found_whole(store: Store) -> None:
    case, other = stores.a_case(store, "blue-bike"), stores.a_case(store)
    put_knowledge(store, {"a.yaml": b"x"}, "l", "t")
    for contents in (True, False):
        whole = verify_store(store, contents=contents)
        assert (whole.bad, whole.events, whole.head) == ("", 9, store.store_head())
        assert whole.unread == (0 if contents else 8)
        for ledger in (case, other):
            one = verify_ledger(store, ledger, contents=contents)
            assert (one.bad, one.events, one.head) == ("", 4, store.head(ledger))


CHANGED_BYTE = (  # encrypted bytes are random: what is there may be any
    "UPDATE events SET body = CAST(iif(substr(body, 1, 1) = x'00', x'01', x'00')"
    " || substr(body, 2) AS BLOB) WHERE place = 4"
)
TAMPERINGS = {
    "a changed byte": (CHANGED_BYTE, 3),
    "text for bytes": ("UPDATE events SET body = x'ff' || substr(body, 2) WHERE place = 4", 3),
    "another time": ("UPDATE events SET at = '2020' WHERE place = 4", 3),
    "another digest": ("UPDATE events SET digest = zeroblob(32) WHERE place = 4", 3),
    "another link": ("UPDATE events SET link = zeroblob(32) WHERE place = 4", 3),
    "a removed event": ("DELETE FROM events WHERE place = 4", 3),
    "a removed content": ("UPDATE events SET body = NULL WHERE place = 4", 3),
    "a removed tail": ("DELETE FROM events WHERE place = 5", 4),
    "a removed tail and count": (
        "DELETE FROM events WHERE place = 5; UPDATE ledgers SET events = 3 WHERE events = 4",
        4,
    ),
    "another store link": ("UPDATE events SET store_link = zeroblob(32) WHERE place = 4", 3),
}


@pytest.mark.parametrize("change", TAMPERINGS)
def test_a_change_is_found_and_named(store: Store, change: str) -> None:
    case = stores.a_case(store)
    statement, number = TAMPERINGS[change]
    store.connection.execute("PRAGMA foreign_keys = OFF")
    store.connection.executescript(statement)
    whole, one = verify_store(store), verify_ledger(store, case)
    assert f"event {number} of `{case}`" in one.bad
    assert whole.bad
    assert verify_store(store, contents=False).bad  # as copies are checked, without the key
    if "store link" not in change:
        with pytest.raises(DamagedStoreError, match=f"event {number} of `{case}`"):
            store.events(case)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE store SET events = 4",
        "UPDATE store SET head = zeroblob(32)",
        "UPDATE ledgers SET head = zeroblob(32) WHERE number = 1",
        "DELETE FROM ledgers WHERE number = 1",
        "UPDATE clients SET erased = 1",
        "UPDATE clients SET erased = 2",
        "UPDATE knowledge SET files = zeroblob(9)",
        "UPDATE labels SET sealed = x'00' || substr(sealed, 2, 3)",
        "DELETE FROM clients",
    ],
)
def test_a_change_beside_the_events_is_found(store: Store, statement: str) -> None:
    stores.a_case(store, "blue-bike")
    put_knowledge(store, {"a.yaml": b"x"}, "l", "t")
    store.connection.execute("PRAGMA foreign_keys = OFF")
    store.connection.execute(statement)
    assert verify_store(store).bad


BESIDE = {
    "two cases of a client swapped": (
        """UPDATE ledgers SET number = 9 WHERE id = :first; UPDATE ledgers SET number = 1 WHERE
        id = :second; UPDATE ledgers SET number = 2 WHERE id = :first""",
        "is not the case number",
    ),
    "a case further on": ("UPDATE ledgers SET number = 5 WHERE id = :second", "number 5"),
    "an end at another time": ("UPDATE ledgers SET last = '2020'", "did not end when it says"),
    "seen at another time": ("UPDATE clients SET last = '2020'", "was not seen last when"),
    "kept for another time": ("UPDATE store SET retention = 7", "the retention is not 0 weeks"),
    "a case without events": (
        """INSERT INTO ledgers SELECT 'case-0', client, 3, opened, last, 0, zeroblob(32)
        FROM ledgers WHERE id = :first""",
        "`case-0` does not end",
    ),
}


@pytest.mark.parametrize("change", BESIDE)
def test_what_the_chains_do_not_bear_out_is_found(store: Store, change: str) -> None:
    client = add_client(store, "blue-bike")
    first, second = (start_case(store, client, stores.STARTED) for _ in range(2))
    statements, said = BESIDE[change]
    for statement in statements.split("; "):
        store.connection.execute(
            statement.replace(":first", f"'{first}'").replace(":second", f"'{second}'")
        )
    for contents in (True, False):
        assert said in verify_store(store, contents=contents).bad
    if "case" in change and "events" not in change:
        assert verify_ledger(store, second).bad


def test_what_an_erased_client_left_is_found(store: Store) -> None:
    case = stores.a_case(store, "blue-bike")
    ledger = store.ledger(case)
    rows = [*store.rows("SELECT body, place FROM events WHERE ledger = ?", case)]
    labels = [*store.rows("SELECT * FROM labels")]
    erase(store, ledger.client, ErasureReason.ASKED)
    assert verify_store(store).bad == ""
    store.connection.execute("INSERT INTO labels VALUES (?, ?, ?)", labels[0])
    assert "its key or name is there" in verify_store(store).bad
    store.connection.execute("UPDATE events SET body = ? WHERE place = ?", rows[2])
    assert f"event 3 of `{case}`" in verify_store(store).bad


def test_a_name_that_leads_to_another_client_is_refused(store: Store) -> None:
    clients = [add_client(store, name) for name in ("anna", "bert")]
    found = [store.row("SELECT lookup FROM labels WHERE client = ?", one) for one in clients]
    store.connection.execute("UPDATE labels SET lookup = x'00' WHERE client = ?", clients[:1])
    for lookup, client in zip(found, reversed(clients), strict=True):
        assert lookup is not None
        store.connection.execute(
            "UPDATE labels SET lookup = ? WHERE client = ?", (lookup[0], client)
        )
    for name in ("anna", "bert"):
        with pytest.raises(DamagedStoreError, match="label"):
            find_client(store, name)
    assert "label" in verify_store(store).bad


@pytest.mark.parametrize(
    "statement",
    [
        """CREATE TRIGGER forget AFTER INSERT ON events BEGIN
        UPDATE events SET body = NULL WHERE place = new.place - 1; END""",
        "CREATE VIEW notes AS SELECT * FROM labels",
    ],
)
def test_a_store_that_does_something_by_itself_is_not_opened(store: Store, statement: str) -> None:
    store.connection.execute(statement)
    with pytest.raises(DamagedStoreError, match="which no version of screening makes"):
        stores.reopen(store.path)


def test_an_encrypted_store_is_never_taken_for_an_open_one(tmp_path: Path) -> None:
    with stores.make(tmp_path / "records.db") as store:
        stores.a_case(store, "blue-bike")
        store.connection.execute("UPDATE store SET protection = 'none'")
    with pytest.raises(DamagedStoreError, match="is encrypted, and says that it is not"):
        stores.reopen(tmp_path / "records.db")


def test_a_reader_that_stops_closes_nothing_that_is_closed(store: Store) -> None:
    stores.a_case(store)
    rows = store.rows("SELECT place FROM events")
    next(rows)
    store.close()
    rows.close()  # type: ignore[attr-defined]


def _swap(store: Store, columns: str, one: int = 3, other: int = 6) -> None:
    for column in columns.split():
        first, second = (
            store.row(f"SELECT {column} FROM events WHERE place = ?", place)  # noqa: S608 - ours
            for place in (one, other)
        )
        for place, value in ((other, first), (one, second)):
            assert value is not None
            store.connection.execute(
                f"UPDATE events SET {column} = ? WHERE place = ?",  # noqa: S608 - ours
                (value[0], place),
            )


@pytest.mark.parametrize("columns", ["body", "body digest", "body digest link"])
def test_swapped_records_of_two_clients_are_found(store: Store, columns: str) -> None:
    first, second = stores.a_case(store, answers=2), stores.a_case(store, answers=2)
    _swap(store, columns)
    assert verify_ledger(store, first).bad
    assert verify_ledger(store, second).bad
    assert f"event 2 of `{first}`" in verify_store(store).bad


def _chain_anew(store: Store) -> None:
    """Write every link anew, as somebody would who can write the file and has no key."""
    from screening.records.chain import START, Link, store_link  # noqa: PLC0415 - an attacker's

    heads: dict[str, bytes] = {}
    store_head = START
    for row in [
        *store.rows("SELECT place, ledger, number, at, digest FROM events ORDER BY place")
    ]:
        place, ledger, number, at, digest = row
        client = store.ledger(str(ledger)).client
        link = Link(client, str(ledger), int(str(number)), str(at), digest)  # type: ignore[arg-type]
        heads[str(ledger)] = link.after(heads.get(str(ledger), START))
        store_head = store_link(store_head, int(str(place)), heads[str(ledger)])
        store.connection.execute(
            "UPDATE events SET link = ?, store_link = ? WHERE place = ?",
            (heads[str(ledger)], store_head, place),
        )
    for ledger, head in heads.items():
        store.connection.execute("UPDATE ledgers SET head = ? WHERE id = ?", (head, ledger))
    store.connection.execute("UPDATE store SET head = ?", (store_head,))


def test_a_record_sealed_for_another_place_is_found_even_with_a_new_chain(tmp_path: Path) -> None:
    with stores.make(tmp_path / "records.db") as store:
        first = stores.a_case(store, answers=2)
        stores.a_case(store, answers=2)
        _swap(store, "body digest")
        _chain_anew(store)
        assert verify_store(store, contents=False).bad == ""
        assert verify_store(store).bad.endswith("it was sealed for another place")
        with pytest.raises(DamagedStoreError, match=f"event 2 of `{first}` cannot be trusted"):
            store.events(first)


def test_answers_of_one_client_that_changed_places_are_found_even_with_a_new_chain(
    tmp_path: Path,
) -> None:
    with stores.make(tmp_path / "records.db") as store:
        case = stores.a_case(store, answers=2)
        _swap(store, "body digest", 3, 4)
        _chain_anew(store)
        assert verify_store(store, contents=False).bad == ""
        assert verify_store(store).bad.endswith("it was sealed for another place")
        with pytest.raises(DamagedStoreError, match=f"event 2 of `{case}` cannot be trusted"):
            store.events(case)


def test_a_printed_head_shows_a_tail_that_was_cut_off_with_care(store: Store) -> None:
    case = stores.a_case(store, answers=1)
    early = store.head(case)
    store.append(case, stores.answer(9))
    printed = store.head(case).digest
    store.connection.execute("DELETE FROM events WHERE place = 4")
    store.connection.execute(
        "UPDATE ledgers SET events = 2, head = ?, last = (SELECT at FROM events WHERE place = 3) "
        "WHERE id = ?",
        (early.link, case),
    )
    store.connection.execute("UPDATE clients SET last = (SELECT at FROM events WHERE place = 3)")
    store.connection.execute(
        "UPDATE store SET events = 3, head = (SELECT store_link FROM events WHERE place = 3)"
    )
    for checked in (
        verify_store(store, [printed, early.digest]),
        verify_ledger(store, case, [f"{printed[:4].upper()}-{printed[4:]}", early.digest]),
    ):
        assert ("not its key" in checked.bad) is store.vault.sealed  # the chains cannot show it
        assert checked.missing == (printed,)
        assert checked.found[early.digest].startswith(f"event 2 of `{case}`")


def test_head_of_the_whole_store_is_found_too(store: Store) -> None:
    stores.a_case(store)
    digest = store.store_head().digest
    assert verify_store(store, [digest, shown(bytes(32))]).missing == (shown(bytes(32)),)


def test_a_clock_that_was_set_back_is_noted_and_changes_no_order(tmp_path: Path) -> None:
    clock = {"now": "2026-05-01T00:00:00.000Z"}
    with stores.create_store(
        tmp_path / "records.db", Protection.NONE, str, clock=lambda: clock["now"]
    ) as store:
        case = start_case(store, add_client(store), stores.STARTED)
        clock["now"] = "2026-04-01T00:00:00.000Z"
        store.append(case, stores.answer(1))
        clock["now"] = "2026-04-02T00:00:00.000Z"
        store.append(case, stores.answer(2))
        assert [one.event for one in store.events(case)][1:] == [
            stores.answer(1),
            stores.answer(2),
        ]
        for checked in (verify_ledger(store, case), verify_store(store)):
            assert checked.bad == ""
            assert checked.set_back == f"event 2 of `{case}` (2026-04-01T00:00:00.000Z)"


@settings(max_examples=40)
@example(where=0.0625, bit=7)  # SQLite quotes a byte that is no text
@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_anywhere_is_found_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, where: float, bit: int
) -> None:
    """A bit of the file: what is read is what was written, or an error that says so."""
    path = tmp_path_factory.mktemp("bit") / "records.db"
    with stores.make(path) as store:
        case = stores.a_case(store, "blue-bike")
        events = store.events(case)
    raw = bytearray(path.read_bytes())
    raw[int(where * len(raw))] ^= 1 << bit
    path.write_bytes(raw)
    with suppress(RecordsError), stores.reopen(path) as store:
        assert store.events(case) == events
        found = verify_store(store)
        assert found.bad or found.events == 5
