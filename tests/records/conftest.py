"""Stores for the tests of records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import books
import pytest

from screening.records import Protection, Store


@pytest.fixture(autouse=True)
def fast_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    books.quick(monkeypatch)


@pytest.fixture(params=[Protection.PASSPHRASE, Protection.NONE], ids=lambda one: str(one.value))
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    """Return a new store, encrypted and not."""
    with books.make(tmp_path / "home" / "records.db", request.param) as made:
        yield made
