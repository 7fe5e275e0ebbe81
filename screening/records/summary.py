"""What can be said about a store without its key."""

from __future__ import annotations

from dataclasses import dataclass

from screening.records.chain import as_int
from screening.records.erasing import due, kept_for
from screening.records.key_hierarchy import Protection
from screening.records.schema import VERSION
from screening.records.store import Store


@dataclass(frozen=True, slots=True)
class Summary:
    """A store in numbers. `size` is in bytes; `weeks` is the retention, 0 for ever."""

    path: str
    protection: Protection
    version: int
    clients: int
    erased: int
    cases: int
    events: int
    knowledge: int
    size: int
    weeks: int
    due: int
    head: str


def summary(store: Store) -> Summary:
    """Return what can be said about a store without its key."""
    counted = store.row("""
        SELECT (SELECT count(*) FROM clients WHERE erased = 0),
               (SELECT count(*) FROM clients WHERE erased <> 0),
               (SELECT count(*) FROM ledgers WHERE number > 0),
               (SELECT count(*) FROM knowledge)
    """)
    clients, erased, cases, knowledge = (as_int(one) for one in counted or (0, 0, 0, 0))
    head = store.store_head()
    return Summary(
        path=str(store.path),
        protection=store.vault.lock.protection,
        version=VERSION,
        clients=clients,
        erased=erased,
        cases=cases,
        events=head.events,
        knowledge=knowledge,
        size=store.path.stat().st_size,
        weeks=kept_for(store),
        due=len(due(store)),
        head=head.digest,
    )
