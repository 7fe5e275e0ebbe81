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

SHOWN = 20
NUMBERED = re.compile(r"(?P<label>.+)-(?P<number>[1-9][0-9]{0,5})")


def name_of(store: Store, case: str) -> str:
    """Return what a case is called: by its client, with a number where there are several."""
    ledger = store.ledger(case)
    label = client_of(store, ledger.client).pseudonym
    if not label:
        return case
    alone = len(cases(store, ledger.client)) == 1
    return label if alone else f"{label}-{ledger.number}"


def last_case(store: Store, name: str) -> str:
    """Return the case of a name; a client's name means the last one.

    Raises:
        UnknownTargetError: when there is none.

    """
    found = _named(store, name)
    if not found:
        raise unknown(store, name)
    return found[-1].id


def one_case(store: Store, name: str) -> str:
    """Return the case of a name; a client's name will do while there is only one.

    Raises:
        UnknownTargetError: when there is none, or there are several.

    """
    found = _named(store, name)
    if len(found) > 1:
        several = ", ".join(f"{name_of(store, one.id)} ({one.opened[:10]})" for one in found)
        raise UnknownTargetError(f"{quoted(name)} has several cases: {several}")
    return last_case(store, name)


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


def _named(store: Store, name: str) -> tuple[Ledger, ...]:
    """Return the cases a name can mean: its own, or all of a client, the first one first."""
    client = find_client(store, name)
    if client is not None:
        return cases(store, client.id)
    numbered = NUMBERED.fullmatch(name)
    client = find_client(store, numbered["label"]) if numbered else None
    if numbered and client is not None:
        number = int(numbered["number"])
        return tuple(one for one in cases(store, client.id) if one.number == number)
    row = store.row("SELECT id FROM ledgers WHERE id = ? AND number > 0", name)
    return () if row is None else (store.ledger(name),)


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
