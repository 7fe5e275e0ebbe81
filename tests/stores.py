"""Small stores to test with: fast to make, with or without encryption."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from screening.records import (
    Protection,
    Store,
    add_client,
    create_store,
    open_store,
    start_case,
)
from screening.records.aead import DERIVATION
from screening.records.event import Answered, Started

if TYPE_CHECKING:
    import pytest

__all__ = ["create_store", "open_store"]

PASSPHRASE = "four words that differ"  # noqa: S105 - it opens nothing but tests
FAST = "scrypt:4:8:1"
STARTED = Started("adaptive", "0" * 64, "0.1.0")


def passphrase() -> str:
    return PASSPHRASE


def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let passphrases be stretched less, so that a test takes no third of a second for each."""
    assert DERIVATION != FAST
    monkeypatch.setattr("screening.records.key_hierarchy.DERIVATION", FAST)


def make(path: Path, protection: Protection = Protection.PASSPHRASE) -> Store:
    return create_store(path, protection, passphrase)


def reopen(path: Path) -> Store:
    return open_store(path, passphrase)


def answer(number: int, value: str = "no") -> Answered:
    return Answered(f"question_{number}", value, "0" * 16, f"Question {number}: {value}")


def a_case(store: Store, pseudonym: str = "", answers: int = 3) -> str:
    """Return a new case of a new client with so many answers."""
    case = start_case(store, add_client(store, pseudonym), STARTED)
    for number in range(answers):
        store.append(case, answer(number))
    return case
