"""What happened to a store as a whole: one frozen type per event."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoreCreated:
    """The store was made; `protection` says how its keys are kept, `none` without encryption.

    One for `practice` holds invented clients only.
    """

    protection: str
    program: str
    practice: bool = False


@dataclass(frozen=True, slots=True)
class StoreProtected:
    """What was kept in plain sight until now was encrypted."""

    protection: str


@dataclass(frozen=True, slots=True)
class KeysChanged:
    """Every client's key was wrapped anew."""

    protection: str


@dataclass(frozen=True, slots=True)
class ClientErased:
    """A tombstone: the key, names and answers of a client are gone; `events` were there."""

    client: str
    events: int
    reason: str


@dataclass(frozen=True, slots=True)
class RetentionSet:
    """Clients are due for erasure so many weeks after their last event; 0 is never."""

    weeks: int


@dataclass(frozen=True, slots=True)
class StoreMigrated:
    """The tables were brought from one version to another."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class StoreRestored:
    """The store was put back from a copy that ended with this head digest."""

    head: str


StoreEvent = (
    StoreCreated
    | StoreProtected
    | KeysChanged
    | ClientErased
    | RetentionSet
    | StoreMigrated
    | StoreRestored
)
