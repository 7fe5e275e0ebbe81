"""Stores for the tests of records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
import stores
from keyring_file import FILE, FileKeyring

from screening.records import (
    Protection,
    Store,
    database,
)


@pytest.fixture(autouse=True)
def fast_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    stores.quick(monkeypatch)


@pytest.fixture(autouse=True)
def without_waiting_for_the_disk(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Spare the disk, except where a test asks for the settings as they are."""
    if "durable" not in request.fixturenames:
        waits = "PRAGMA synchronous = FULL"
        assert waits in database.SETTINGS
        settings = tuple(one for one in database.SETTINGS if one != waits)
        monkeypatch.setattr(database, "SETTINGS", (*settings, "PRAGMA synchronous = OFF"))


@pytest.fixture
def durable() -> None:
    """Ask for the settings as they are."""


@pytest.fixture(params=[Protection.PASSPHRASE, Protection.NONE], ids=lambda one: str(one.value))
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    """Return a new store, encrypted and not."""
    with stores.make(tmp_path / "home" / "records.db", request.param) as made:
        yield made


@pytest.fixture
def keyring_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the file of a keyring that is used instead of the system's."""
    path = tmp_path / "keyring.json"
    monkeypatch.setenv(FILE, str(path))
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())
    yield path
    keyring.set_keyring(before)
