"""Finding cases in the store by what a trainer calls them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.diagnostics import quoted
from screening.errors import UnknownTargetError
from screening.records import (
    Client,
    Ledger,
    Store,
    cases,
    client_of,
    find_client,
    latest_cases,
)
from screening.records.consent import local_day

SHOWN = 20
NUMBERED = re.compile(r"(?P<label>.+)-(?P<number>[1-9][0-9]{0,5})")


def name_of(store: Store, case: str) -> str:
    """Return what a case is called: its client with its number, or its id for want of a name."""
    ledger = store.ledger(case)
    label = client_of(store, ledger.client).pseudonym
    return f"{label}-{ledger.number}" if label else case


def last_case(store: Store, name: str) -> str:
    """Return the case of a name; a client's name means the last one.

    Raises:
        UnknownTargetError: when there is none, or it can mean two.

    """
    own, numbered = _named(store, name)
    return _only(store, name, (*own[-1:], *numbered))


def one_case(store: Store, name: str) -> str:
    """Return the case of a name; a client's name will do while there is only one.

    Raises:
        UnknownTargetError: when there is none, or there are several.

    """
    own, numbered = _named(store, name)
    return _only(store, name, (*own, *numbered))


def _only(store: Store, name: str, found: tuple[Ledger, ...]) -> str:
    ids = [one.id for one in found]
    if len(ids) > 1:
        names = [name_of(store, one) for one in ids]
        shown = ids if name in names else names
        days = [local_day(one.opened) for one in found]
        several = ", ".join(f"{one} ({day})" for one, day in zip(shown, days, strict=True))
        raise UnknownTargetError(f"{quoted(name)} has several cases: {several}")
    if not ids:
        raise unknown(store, name)
    return ids[0]


def known_client(store: Store, name: str) -> Client:
    """Return the client of a name.

    Raises:
        UnknownTargetError: when there is none.

    """
    client = find_client(store, name)
    if client is None:
        raise UnknownTargetError(
            f"no client {quoted(name)} in the records; `screening clients list` names them"
        )
    return client


def _named(store: Store, name: str) -> tuple[tuple[Ledger, ...], tuple[Ledger, ...]]:
    """Return the cases of the client of this name, and the one that itself has it."""
    client = find_client(store, name)
    own = () if client is None else cases(store, client.id)
    numbered = NUMBERED.fullmatch(name)
    other = find_client(store, numbered["label"]) if numbered else None
    if numbered and other is not None:
        number = int(numbered["number"])
        return own, tuple(one for one in cases(store, other.id) if one.number == number)
    query = "SELECT id FROM ledgers WHERE id = ? AND number > 0"
    row = store.row(query, name) if name.isprintable() else None
    return own, () if row is None else (store.ledger(name),)


def unknown(store: Store, name: str) -> UnknownTargetError:
    """Return the error for a name that is no case, with those there are."""
    names = list(_readable(store))
    known = ", ".join(names[:SHOWN]) or "none yet"
    known += " and more" if len(names) > SHOWN else ""
    return UnknownTargetError(f"no case {quoted(name)} in the records; saved cases: {known}")


def _readable(store: Store) -> Iterator[str]:
    """Yield what the latest cases are called; those of erased clients are left out."""
    for one in latest_cases(store, SHOWN + 1):
        if not client_of(store, one.client).erased:
            yield name_of(store, one.id)
