"""Meeting a client for the first time: what they are called, and what they agree to."""

from __future__ import annotations

from screening.records import Store, add_client, find_client
from screening.records.consent import Purpose
from screening.records.event import ConsentGiven, ConsentWithdrawn

ASKED = (Purpose.KEEP, Purpose.CLINICIAN, Purpose.STATISTICS)


def known(store: Store, label: str) -> bool:
    """Tell whether a client has this pseudonym already."""
    return bool(label) and find_client(store, label) is not None


def introduced(store: Store, label: str, name: str, agreed: dict[Purpose, bool]) -> str:
    """Return what a new client goes by, with their answer for each purpose on record.

    Raises:
        BadLabelError: when the pseudonym or the name cannot be used.

    """
    client = add_client(store, label, name)
    for purpose, yes in agreed.items():
        given = ConsentGiven(purpose.value, purpose.words)
        store.append(client, given if yes else ConsentWithdrawn(purpose.value))
    return label or client
