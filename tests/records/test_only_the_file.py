"""Who holds only the file: learns nothing from sizes, and changes nothing unseen."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import stores
from store_versions import path_of

from screening.app.audit import conclusion
from screening.app.stores import StorePlace, open_records
from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest
from screening.interview.asked import digest_of, said
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import ASKED_UNKNOWN
from screening.records import Protection, add_client, clients, find_client, open_store
from screening.records.chain import START, Link, body_digest, store_link
from screening.records.erasing import ErasureReason, due, erase, keep_for
from screening.records.errors import DamagedStoreError, LockedStoreError
from screening.records.event import (
    Answered,
    Asked,
    Changed,
    ConsentGiven,
    ConsentWithdrawn,
    Unsure,
)
from screening.records.key_hierarchy import shut
from screening.records.opening import note
from screening.records.payload import encode
from screening.records.rekeying import rekey
from screening.records.store_event import KeysChanged, StoreCreated, StoreProtected
from screening.records.verifying import verify_store
from screening.web.office import TypedOnce


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a sealed store with three clients, the middle one to be cut out."""
    path = tmp_path / "records.db"
    with stores.make(path) as store:
        for name in ("alice", "carl", "dora"):
            stores.a_case(store, name)
        dora = find_client(store, "dora")
        assert dora is not None
        store.append(dora.id, ConsentGiven("clinician", "yes"))
        store.append(dora.id, ConsentWithdrawn("clinician"))
    return path


def chained_anew(connection: sqlite3.Connection) -> None:
    """Write both chains, and all that stands beside them, anew; no key is needed."""
    owner = dict(connection.execute("SELECT id, coalesce(client, '') FROM ledgers"))
    query = "SELECT place, ledger, at, digest FROM events ORDER BY place"
    heads: dict[str, tuple[int, bytes, str]] = {}
    whole, rows = START, connection.execute(query).fetchall()
    connection.execute("UPDATE events SET place = place + 1000000, number = number + 1000000")
    for place, (was, ledger, at, digest) in enumerate(rows, start=1):
        number, before, _ = heads.get(ledger, (0, START, ""))
        link = Link(owner[ledger], ledger, number + 1, at, digest).after(before)
        heads[ledger] = number + 1, link, at
        whole = store_link(whole, place, link)
        connection.execute(
            "UPDATE events SET place = ?, number = ?, link = ?, store_link = ? WHERE place = ?",
            (place, number + 1, link, whole, was + 1000000),
        )
    for ledger, (number, link, at) in heads.items():
        values = number, link, at, ledger
        connection.execute("UPDATE ledgers SET events=?, head=?, last=? WHERE id=?", values)
    connection.execute("UPDATE store SET events = ?, head = ?", (len(rows), whole))
    connection.execute(
        "UPDATE clients SET last = (SELECT e.at FROM events e JOIN ledgers l ON l.id = e.ledger "
        "WHERE l.client = clients.id ORDER BY e.place DESC LIMIT 1)"
    )
    connection.execute(
        "UPDATE ledgers SET opened = coalesce((SELECT at FROM events e "
        "WHERE e.ledger = ledgers.id AND e.number = 1), opened)"
    )


def a_client_cut_out(connection: sqlite3.Connection) -> None:
    (carl,) = connection.execute(
        "SELECT client FROM ledgers JOIN events ON ledger = id WHERE place = 6"
    ).fetchone()
    for statement in (
        "DELETE FROM events WHERE ledger IN (SELECT id FROM ledgers WHERE client = ?)",
        "DELETE FROM ledgers WHERE client = ?",
        "DELETE FROM labels WHERE client = ?",
        "DELETE FROM clients WHERE id = ?",
    ):
        connection.execute(statement, (carl,))


def a_withdrawal_taken_back(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM events WHERE place = (SELECT max(place) FROM events)")


def another_time(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE events SET at = '2020-01-01T00:00:00.000Z' WHERE place > 3")


def another_order(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE events SET place = -4 WHERE place = 10")  # dora's first
    connection.execute("UPDATE events SET place = 10 WHERE place = 9")  # carl's last
    connection.execute("UPDATE events SET place = 9 WHERE place = -4")


def a_tail_cut_off(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM events WHERE place > 9 AND number > 1")


def a_binding_forgotten(connection: sqlite3.Connection) -> None:
    a_client_cut_out(connection)
    connection.execute("UPDATE store SET bound_events = 0, bound = x''")


FORGERIES = (
    a_client_cut_out, a_withdrawal_taken_back, another_time, another_order, a_tail_cut_off,
    a_binding_forgotten,
)  # fmt: skip


def forged(path: Path, forge: Callable[[sqlite3.Connection], None]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        forge(connection)
        chained_anew(connection)
        connection.commit()


@pytest.mark.parametrize("forge", FORGERIES)
def test_chains_that_were_written_anew_are_found_with_the_key(
    path: Path, forge: Callable[[sqlite3.Connection], None]
) -> None:
    forged(path, forge)
    with stores.reopen(path) as store:
        assert verify_store(store, contents=False).bad == ""  # the forgery is a good one
        assert "not its key" in verify_store(store).bad
        with pytest.raises(DamagedStoreError, match="not its key"):
            add_client(store, "eve")
        assert len(clients(store)) <= 3


def test_what_needs_no_key_is_bound_by_whoever_has_it_next(path: Path) -> None:
    with stores.reopen(path) as store:
        carl = find_client(store, "carl")
    assert carl is not None
    with open_store(path, str) as store:
        keep_for(store, 10)
        erase(store, carl.id, ErasureReason.ASKED)
    with stores.reopen(path) as store:
        assert verify_store(store).bad == ""
        stores.a_case(store, "eve")
        assert verify_store(store).bad == ""
    forged(path, a_withdrawal_taken_back)
    with stores.reopen(path) as store:
        assert "not its key" in verify_store(store).bad


@pytest.mark.parametrize("by", ["an answer", "another key"])
def test_a_store_of_the_version_before_is_bound_from_the_first_write_on(
    tmp_path: Path, by: str
) -> None:
    path = tmp_path / "records.db"
    shutil.copyfile(path_of(1, Protection.PASSPHRASE), path)
    with stores.reopen(path) as store:
        store.unlock()
        assert not store.vault.binds
        if by == "an answer":
            stores.a_case(store, "eve")
        else:
            rekey(store, Protection.PASSPHRASE, stores.passphrase)
    with stores.reopen(path) as store:
        store.unlock()
        assert store.vault.binds
        assert verify_store(store).bad == ""
    forged(path, another_time)
    with stores.reopen(path) as store:
        assert "not its key" in verify_store(store).bad


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE store SET protection = 'none', lookup = zeroblob(32)",
        "UPDATE store SET protection = 'none', lookup = zeroblob(32), derivation = '', salt = x''",
        """UPDATE store SET protection = 'none', lookup = zeroblob(32), derivation = '';
        UPDATE store SET salt = x''; UPDATE clients SET key = NULL""",
        "UPDATE store SET protection = 'keyring'",
        "UPDATE store SET salt = 'text'",
        "UPDATE store SET salt = x'00'",
        "UPDATE store SET id = x'00ff'",
        "UPDATE store SET generation = 'one'",
        "UPDATE store SET derivation = 'scrypt:18:32:32'",
    ],
)
def test_protection_cannot_be_switched_off_or_changed_in_the_file(
    path: Path, statement: str
) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statement)
    with pytest.raises((DamagedStoreError, LockedStoreError)):
        stores.reopen(path)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM events; END",
        "CREATE VIEW v AS SELECT * FROM events",
        "CREATE UNIQUE INDEX one ON events (place)",
        "DROP INDEX clients_by_last",
        "CREATE TABLE more (a)",
        "ALTER TABLE events ADD COLUMN more",
        "ALTER TABLE events RENAME TO e0; CREATE TABLE events AS SELECT * FROM e0",
    ],
)
def test_a_store_that_is_made_otherwise_is_not_opened(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statement)
    with pytest.raises(DamagedStoreError, match="which no version of screening makes"):
        stores.reopen(path)


def test_every_answer_to_every_question_is_as_long(shipped: KnowledgeBase) -> None:
    sizes = {len(encode(Asked(q.id, digest_of(q)))) for q in shipped.questions.values()}
    for question in shipped.questions.values():
        known = (question.low, question.high) if question.is_number else question.words
        for value in (*known, *ASKED_UNKNOWN):
            wording, words = digest_of(question), said(question, value)
            sizes.add(len(encode(Answered(question.id, value, wording, words))))
            sizes.add(len(encode(Changed(question.id, value, value, wording, words))))
        for unknown in ASKED_UNKNOWN:
            sizes.add(len(encode(Unsure(question.id, unknown, wording, said(question, unknown)))))
    assert sizes == {512}


def test_conclusions_come_in_a_few_sizes(shipped: KnowledgeBase, assessor: Assessor) -> None:
    sizes = set()
    for said_ in ({}, {"chest": "yes"}, {"constant": "yes"}, {"fever": "yes"}, {"pain_worst": 9}):
        for sheet in (said_, with_harmless_rest(shipped, said_)):
            made = assessor.conclude(Case(sheet, ("deadlift", "plank")))
            sizes.add(len(encode(conclusion(made, shipped))))
    assert sizes == {1 << 15, 1 << 18, 1 << 21}  # more or less was asked, and less or more is open


WITHOUT_A_TRACE = (
    "DELETE FROM ledgers WHERE id = 'CASE'",
    "DELETE FROM ledgers WHERE client = 'CARL'",
    (
        "DELETE FROM labels WHERE client = 'CARL'; DELETE FROM ledgers WHERE client = 'CARL'; "
        "DELETE FROM clients WHERE id = 'CARL'"
    ),
    "DELETE FROM clients WHERE id = 'CARL'",
    "UPDATE clients SET erased = 3 WHERE id = 'CARL'",
    (
        "UPDATE clients SET erased = 3, key = NULL WHERE id = 'CARL'; "
        "DELETE FROM labels WHERE client = 'CARL'"
    ),
    "UPDATE ledgers SET events = 1 WHERE id = 'CASE'",
    "DELETE FROM events WHERE place > 9; UPDATE store SET events = 9",
)


@pytest.mark.parametrize("statement", WITHOUT_A_TRACE)
def test_what_was_taken_out_of_the_tables_is_found_when_the_store_is_opened(
    path: Path, statement: str
) -> None:
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT client, id FROM ledgers JOIN events ON ledger = id WHERE place = 6"
        carl, case = connection.execute(query).fetchone()
        connection.executescript(statement.replace("CARL", carl).replace("CASE", case))
    words = path.with_name("words")
    words.write_text(stores.PASSPHRASE, "utf-8")
    words.chmod(0o600)
    place = StorePlace(path, words, TypedOnce("", given=True))
    with pytest.raises(DamagedStoreError, match=r"out of the tables|erased|not its key") as found:
        open_records(place)
    assert "audit verify" in found.value.remedy
    with open_records(place, as_it_is=True) as store:
        assert verify_store(store).bad


def test_only_what_needs_no_key_may_follow_the_bound_head(path: Path) -> None:
    """Whoever has only the file can append to the store's own chain, which is not sealed."""
    for event in (KeysChanged("keyring"), StoreProtected("passphrase"), StoreCreated("none", "1")):
        copy = path.with_name(type(event).__name__)
        shutil.copyfile(path, copy)
        with open_store(copy, str) as store, store.writing_locked():
            note(store, event)
        with stores.reopen(copy) as store:
            assert "not its key" in verify_store(store).bad


def test_how_long_clients_are_kept_is_not_believed_from_a_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE store SET retention = 1")
        connection.commit()
    with open_store(path, str) as store, pytest.raises(DamagedStoreError, match="as was set last"):
        due(store)


def test_protection_cannot_be_switched_off_with_the_chains_written_anew(path: Path) -> None:
    """Nothing but the sealed answers themselves shows any more that the store was encrypted."""
    made = shut(b"", encode(StoreCreated("none", "0.1.0")), b"")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "UPDATE store SET protection = 'none', lookup = zeroblob(32), derivation = '', "
            "salt = x'', generation = 1, bound_events = 0, bound = x''"
        )
        connection.execute("UPDATE clients SET key = NULL")
        values = made, body_digest(made)
        connection.execute("UPDATE events SET body = ?, digest = ? WHERE place = 1", values)
        chained_anew(connection)
        connection.commit()
    with pytest.raises(DamagedStoreError, match="is encrypted, and says that it is not"):
        open_store(path, str)
