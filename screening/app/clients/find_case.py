"""Finding cases in the store by what a trainer calls them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from screening.diagnostics import quoted
from screening.errors import UnknownTargetError
from screening.records import (
    Client,
    Ledger,
    Store,
    cases,
    client_of,
    clients,
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


def known_client(store: Store, name: str, *, whole: bool = False) -> Client:
    """Return the client of a pseudonym, id, name or part of one; only of a `whole` one, if so.

    Raises:
        UnknownTargetError: when there is none, or it can mean several.

    """
    found = _clients_of(store, name, whole=whole)
    if not found:
        raise UnknownTargetError(
            f"no client {quoted(name)} in the records; `screening clients list` names them"
        )
    if len(found) > 1:
        names = ", ".join(_label(one) for one in found[:SHOWN])
        raise UnknownTargetError(f"{quoted(name)} can mean several clients: {names}")
    return found[0]


def _clients_of(store: Store, name: str, *, whole: bool = False) -> tuple[Client, ...]:
    """Return whom a name means: by pseudonym or id; else by name; else by parts of either."""
    exact = find_client(store, name)
    if exact is not None:
        return (exact,)
    said = folded(name)
    everybody = clients(store) if said else ()
    named = tuple(one for one in everybody if said == folded(one.name))
    if named or whole:
        return named
    spoken = [(f" {folded(one.pseudonym)} {folded(one.name)}", one) for one in everybody]
    begun = tuple(one for words, one in spoken if f" {said}" in words)
    return begun or tuple(one for words, one in spoken if said in words)


def _label(client: Client) -> str:
    label = client.pseudonym or client.id
    return f"{label} ({client.name})" if client.name else label


def folded(text: str) -> str:
    """Return a text as it is looked for: without accents, in small letters."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _named(store: Store, name: str) -> tuple[tuple[Ledger, ...], tuple[Ledger, ...]]:
    """Return the cases of the client of this name, and the one that itself has it."""
    client = find_client(store, name)
    own = () if client is None else cases(store, client.id)
    if client is None and not NUMBERED.fullmatch(name) and not _is_case(store, name):
        meant = _clients_of(store, name)
        own = cases(store, known_client(store, name).id) if meant else ()
    numbered = NUMBERED.fullmatch(name)
    other = find_client(store, numbered["label"]) if numbered else None
    if numbered and other is not None:
        number = int(numbered["number"])
        return own, tuple(one for one in cases(store, other.id) if one.number == number)
    return own, (store.ledger(name),) if _is_case(store, name) else ()


def _is_case(store: Store, name: str) -> bool:
    query = "SELECT id FROM ledgers WHERE id = ? AND number > 0"
    return name.isprintable() and store.row(query, name) is not None


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
