"""From what is known about a store to a page, and to JSON."""

from __future__ import annotations

from dataclasses import asdict

from screening.errors import assert_never
from screening.records.key_hierarchy import Protection
from screening.records.summary import Summary
from screening.render.json_form import Json
from screening.render.page import Heading, Page, Pairs, counted

KIB = 1024


def protected(protection: Protection) -> str:
    """Return what stands between the file and a reader."""
    match protection:
        case Protection.KEYRING:
            return "encrypted; the key is in the keyring of this system"
        case Protection.PASSPHRASE:
            return "encrypted; a passphrase opens it"
        case Protection.NONE:
            return "NOT encrypted: whoever has the file can read names and answers"
    assert_never(protection)


def store_page(found: Summary) -> Page:
    """Return the page of `store info`."""
    kept = f"{found.weeks} weeks after the last event" if found.weeks else "until erased by hand"
    rows = (
        ("file", f"{found.path} ({found.size // KIB} KiB, version {found.version})"),
        ("protection", protected(found.protection)),
        ("clients", f"{found.clients}, and {found.erased} erased"),
        ("cases", f"{found.cases}, {found.events} events in all"),
        ("knowledge", f"{counted(found.knowledge, 'version')} kept"),
        ("kept", f"{kept}; {found.due} due"),
        ("head", found.head),
    )
    return (Heading("Records"), Pairs(rows))


def store_form(found: Summary) -> Json:
    """Return `store info` as JSON values."""
    return {**asdict(found), "protection": found.protection.value}
