"""Names that look like one on record, so that nobody becomes two clients by a slip."""

from __future__ import annotations

import unicodedata

from screening.diagnostics import quoted, word
from screening.records import Store, clients, find_client

NEAR = 5  # letters from which one that differs is a slip rather than another name
CYRILLIC_AND_GREEK = str.maketrans(
    "авекмнорстухіјѕԁԛԝьαβεικνορτυχγω",
    "abekmhopctyxijsdqwbabeikvoptuxyw",
)
DIGITS = str.maketrans("0135", "oies")


def look_alikes(store: Store, label: str, *, but: str | None = None) -> tuple[str, ...]:
    """Return the clients whom a new label looks like; none where it is one itself.

    `but` is the id of the client who is to have the label, and is not asked about.
    """
    holder = find_client(store, label) if label else None
    if not label or (holder is not None and holder.id != but):
        return ()
    return tuple(
        one.pseudonym or one.id
        for one in clients(store)
        if one.id != but and any(name and alike(label, name) for name in (one.pseudonym, one.name))
    )


def rename_hint(store: Store, label: str, client: str) -> str | None:
    """Return what to say once the client of an id has a label that looks like another one's."""
    found = look_alikes(store, label, but=client)
    again = f"screening clients rename {word(label)} --pseudonym OTHER"
    return f"{_looks(label, found)} To tell them apart: `{again}`" if found else None


def hint(store: Store, label: str) -> str | None:
    """Return what to say before a client is opened who looks like another one."""
    found = look_alikes(store, label)
    if not found:
        return None
    return (
        f"{_looks(label, found)} To see that client again: `screening followup {word(found[0])}`"
    )


def _looks(label: str, found: tuple[str, ...]) -> str:
    others = ", ".join(quoted(one) for one in found)
    return f"{quoted(label)} looks like {others}, who is on record."


def alike(one: str, other: str) -> bool:
    """Tell whether two names would be taken for one another.

    >>> alike("blue bike", "Blue-Bike"), alike("blue-bike-1", "blue-bike-2")
    (True, False)
    """
    here, there = _letters(one), _letters(other)
    if here == there or here.translate(DIGITS) == there.translate(DIGITS):
        return True
    return min(len(here), len(there)) >= NEAR and _one_slip(here, there)


def _letters(name: str) -> str:
    """Return a name as it looks: without case, accents, blanks and signs, in Latin letters."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    bare = "".join(c for c in plain if c.isalnum())
    return bare.translate(CYRILLIC_AND_GREEK)


def _one_slip(one: str, other: str) -> bool:
    """Tell whether one letter more, less or another, or two swapped, lies between two names."""
    short, long = sorted((one, other), key=len)
    start = next((n for n, c in enumerate(short) if c != long[n]), len(short))
    slip = short[start : start + 1] + long[start : start + 1]
    if any(c.isdigit() for c in slip):  # numbers count clients
        return False
    if len(short) == len(long):
        same = short[start + 1 :] == long[start + 1 :]
        return same or (
            short[start : start + 2] == long[start : start + 2][::-1]
            and short[start + 2 :] == long[start + 2 :]
        )
    return short[start:] == long[start + 1 :]
