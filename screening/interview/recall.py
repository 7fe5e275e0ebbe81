"""From the events of a case to the interview as it stands, re-checked against the knowledge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from screening.errors import assert_never
from screening.interview.asked import wordings
from screening.interview.session import Entry, Session
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Level
from screening.records.event import (
    Answered,
    CaseEvent,
    Changed,
    Closed,
    Concluded,
    FlagRaised,
    Kept,
    Listed,
    Resumed,
    Skipped,
    Started,
    TakenBack,
    Unsure,
    Withdrawn,
)

OPEN = "open"
Reopening = (
    Started
    | Resumed
    | Answered
    | Changed
    | Unsure
    | Skipped
    | Listed
    | Kept
    | TakenBack
    | Withdrawn
)
"""What makes a case that has ended open again."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """An interview as recorded.

    `status` is `open` until it ends, then the assessment's; `knowledge` the digest of the
    knowledge it last went on or concluded with; `level` the highest referral that came up; `by`
    the trainer who asked last.
    """

    session: Session
    status: str = OPEN
    knowledge: str = ""
    level: Level = Level.NONE
    by: str = ""


class Stale(NamedTuple):
    """An answer, or an exercise of the programme, that the knowledge in use cannot take over."""

    question: str
    said: str
    gone: bool


def recall(events: Iterable[CaseEvent], client: str | None = None) -> Recalled:
    """Return the interview that events add up to."""
    found = Recalled(Session(client=client))
    for event in events:
        found = replace(_after(found, event), session=found.session.after(event))
    return found


def _after(found: Recalled, event: CaseEvent) -> Recalled:
    match event:
        case Closed(status):
            return replace(found, status=status)
        case FlagRaised(level):
            return replace(found, level=max(found.level, Level[level.upper()]))
        case Concluded(knowledge=digest):
            return replace(found, knowledge=digest)
        case Started(knowledge=digest, by=by) | Resumed(knowledge=digest, by=by):
            return replace(found, knowledge=digest, status=OPEN, by=by)
    return replace(found, status=OPEN) if isinstance(event, Reopening) else found


def rechecked(session: Session, knowledge: KnowledgeBase) -> tuple[Session, tuple[Stale, ...]]:
    """Return an interview without what was said to questions that are asked differently now.

    An answer that is set aside uncovers no older one to the same question.
    """
    stale: dict[str, Stale] = {}
    for entry in session.entries:
        match entry:
            case Answered(name, value, wording, said) | Unsure(name, value, wording, said):
                found = _stale(knowledge, name, value, wording, said)
            case Changed(name, value, wording=wording, said=said):
                found = _stale(knowledge, name, value, wording, said)
            case Listed(programme):
                gone = (one for one in programme if one not in knowledge.exercises)
                stale.update((f"programme {one}", Stale(one, one, gone=True)) for one in gone)
                continue
            case Skipped() | Kept():
                continue
            case _:
                assert_never(entry)
        stale.pop(name, None)
        if found is not None:
            stale[name] = found
    kept = tuple(one for entry in session.entries for one in _kept(entry, knowledge, stale))
    return replace(session, entries=kept), tuple(stale.values())


def _stale(
    knowledge: KnowledgeBase, name: str, value: object, wording: str, said: str
) -> Stale | None:
    question = knowledge.questions.get(name)
    if question is None:
        return Stale(name, said or f"{name}: {value}", gone=True)
    same = wording in wordings(knowledge, question)
    return None if same else Stale(name, said or f"{name}: {value}", gone=False)


def _kept(entry: Entry, knowledge: KnowledgeBase, stale: dict[str, Stale]) -> tuple[Entry, ...]:
    """Return an entry as it still counts: whole, without what is gone, or not at all."""
    match entry:
        case Listed(programme, other, more, typed):
            kept = tuple(name for name in programme if name in knowledge.exercises)
            return (Listed(kept, other, more or len(kept) < len(programme), typed),)
        case Kept(rule):
            return (entry,) if rule in knowledge.rules else ()
        case _:
            return (
                ()
                if entry.question in stale or entry.question not in knowledge.questions
                else (entry,)
            )
