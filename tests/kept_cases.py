"""Records to test with: a store without encryption, and what is in it."""

from __future__ import annotations

from pathlib import Path

from screening.app.clients.find_case import last_case
from screening.app.history import recalled
from screening.interview.asked import digest_of
from screening.interview.recall import Recalled
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.records import (
    Protection,
    add_client,
    create_store,
    find_client,
    open_store,
    start_case,
)
from screening.records.event import Answered, CaseEvent, Changed, Started
from screening.records.store import now


def make_store(home: Path) -> Path:
    """Make a store in a home that has none; return where it is."""
    path = home / "records.db"
    if not path.exists():
        create_store(path, Protection.NONE, str).close()
    return path


def kept(home: Path, name: str) -> Recalled:
    """Return a recorded interview."""
    with open_store(home / "records.db", str) as store:
        return recalled(store, last_case(store, name))


def happened(home: Path, name: str) -> list[str]:
    """Return the kinds of events of a case, in order."""
    with open_store(home / "records.db", str) as store:
        return [type(one.event).__name__ for one in store.events(last_case(store, name))]


def answered(home: Path, name: str) -> list[str]:
    """Return the questions answered, one for each answer that was not taken back."""
    entries = kept(home, name).session.entries
    return [one.question for one in entries if isinstance(one, Answered | Changed)]


def keep(
    home: Path,
    knowledge: KnowledgeBase,
    client: str,
    answers: dict[str, Value],
    *more: CaseEvent,
    at: str = "",
) -> str:
    """Record a case of a client with these answers, now or at a time; return its id."""
    said = [
        Answered(name, value, digest_of(knowledge.questions[name]), f"{name}: {value}")
        for name, value in answers.items()
    ]
    with open_store(make_store(home), str, clock=lambda: at or now()) as store:
        started = Started("adaptive", knowledge.digest, "0.1.0")
        found = find_client(store, client)
        owner = add_client(store, client) if found is None else found.id
        return start_case(store, owner, started, *said, *more)
