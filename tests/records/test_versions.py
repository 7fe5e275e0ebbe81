"""A store of every version there was opens with all that was in it, and is brought up to date."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import stores
from store_versions import EVENTS, path_of, write

from screening.records import (
    Protection,
    add_client,
    cases,
    clients,
    database,
    find_client,
    knowledge,
    opening,
    schema,
)
from screening.records.erasing import kept_for
from screening.records.errors import NewerStoreError
from screening.records.event import ConsentGiven, Started
from screening.records.store_event import StoreMigrated
from screening.records.verifying import verify_store

NEXT = schema.VERSION + 1
KINDS = (Protection.PASSPHRASE, Protection.NONE)


@pytest.mark.parametrize("version", range(1, schema.VERSION + 1))
@pytest.mark.parametrize("protection", KINDS)
def test_a_store_of_every_version_opens_whole(
    tmp_path: Path, version: int, protection: Protection
) -> None:
    path = tmp_path / "records.db"
    shutil.copyfile(path_of(version, protection), path)
    with stores.reopen(path) as store:
        assert database.version_of(store.connection, path) == schema.VERSION
        found = find_client(store, "blue-bike")
        assert found is not None
        assert found.name == "Anna Ångström"
        (case,) = cases(store, found.id)
        started, *events = (one.event for one in store.events(case.id))
        assert tuple(events) == EVENTS
        assert isinstance(started, Started)
        assert knowledge(store, started.knowledge).files == {"a.yaml": b"a: b\n"}
        assert [one.event for one in store.events(found.id)] == [
            ConsentGiven("screening", "I agree")
        ]
        assert kept_for(store) == 104
        assert len(clients(store, erased=True)) == 2
        assert verify_store(store).bad == ""
        add_client(store, "green-boat")
        assert verify_store(store).bad == ""


@pytest.mark.parametrize("protection", KINDS)
def test_the_kept_stores_are_what_this_program_writes(
    tmp_path: Path, protection: Protection
) -> None:
    """A change of the tables without a new version would leave the kept stores behind."""
    write(tmp_path / "records.db", protection)
    tables = "SELECT sql FROM sqlite_master ORDER BY name"
    with stores.reopen(tmp_path / "records.db") as now:
        shutil.copyfile(path_of(schema.VERSION, protection), tmp_path / "kept.db")
        with stores.reopen(tmp_path / "kept.db") as kept:
            assert [*now.rows(tables)] == [*kept.rows(tables)]
            assert now.store_head().events == kept.store_head().events


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program be one version further."""
    step = "ALTER TABLE clients ADD COLUMN note TEXT;\nCREATE INDEX notes ON clients (note);\n"
    for module in (database, opening):
        monkeypatch.setattr(module, "MIGRATIONS", (*schema.MIGRATIONS, step))
        monkeypatch.setattr(module, "VERSION", NEXT)


@pytest.mark.usefixtures("next_version")
def test_an_earlier_store_is_brought_up_to_date_once_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    shutil.copyfile(path_of(1, Protection.PASSPHRASE), path)
    for _ in range(2):
        with stores.reopen(path) as store:
            assert store.events("store")[-1].event == StoreMigrated(1, NEXT)
            assert store.row("SELECT count(note) FROM clients") == (0,)
            assert verify_store(store).bad == ""


@pytest.mark.usefixtures("next_version")
def test_a_step_that_fails_leaves_the_earlier_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "records.db"
    shutil.copyfile(path_of(1, Protection.PASSPHRASE), path)
    steps = ("ALTER TABLE clients ADD COLUMN note TEXT;\nALTER TABLE absent ADD COLUMN a;\n",)
    with monkeypatch.context() as broken:
        broken.setattr(database, "MIGRATIONS", steps)
        with pytest.raises(Exception, match="no such table"):
            stores.reopen(path)
    with stores.reopen(path) as store:
        assert store.events("store")[-1].event == StoreMigrated(1, NEXT)


def test_what_a_later_program_brought_up_to_date_is_refused(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "records.db"
    shutil.copyfile(path_of(1, Protection.PASSPHRASE), path)
    request.getfixturevalue("next_version")
    stores.reopen(path).close()
    for module in (database, opening):
        monkeypatch.setattr(module, "VERSION", 1)
    with pytest.raises(NewerStoreError, match="update screening"):
        stores.reopen(path)
