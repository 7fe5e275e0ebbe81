"""Where things are kept, and how a case is read back from the records."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click

from screening.diagnostics import Code, Diagnostic, Span, quoted
from screening.errors import BadInputError
from screening.follow.decisions_from_events import on_record
from screening.interview.recall import OPEN, Recalled, Stale, recall, rechecked
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.records import Store, client_of
from screening.records.event import CaseEvent, Closed

CHANGED = (
    "caution: this case was screened with other knowledge than is used now, "
    "so the result may differ from what was said then"
)


def home() -> Path:
    """Return the folder of what is kept: `$SCREENING_HOME`, else the user's own place."""
    chosen = os.environ.get("SCREENING_HOME")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path  # noqa: PLC0415 - 4 ms, only without a chosen place

    return user_data_path("screening", appauthor=False)


def recalled(store: Store, case: str) -> Recalled:
    """Return the interview that is recorded as a case.

    Raises:
        RecordsError: when it cannot be read.

    """
    label = client_of(store, store.ledger(case).client).pseudonym
    return recall(_happened(store, case), label)


def _happened(store: Store, case: str) -> list[CaseEvent]:
    """Return what happened in a case; other ledgers hold no events of a case."""
    return [one.event for one in store.events(case) if isinstance(one.event, CaseEvent)]


def ended_at(store: Store, case: str) -> str:
    """Return when a case ended last, by the clock of then; empty when it has not."""
    ends = [one.at for one in store.events(case) if isinstance(one.event, Closed)]
    return ends[-1] if ends and recalled(store, case).status != OPEN else ""


def load_case(store: Store, case: str, name: str, knowledge: KnowledgeBase) -> Case:
    """Return a recorded case to conclude with the knowledge in use; `name` is what it is called.

    Raises:
        BadInputError: when answers in it were given to other wordings.
        RecordsError: when it cannot be read.

    """
    found = recalled(store, case)
    session, stale = rechecked(found.session, knowledge)
    if stale:
        raise BadInputError(stale_notes(name, stale))
    if found.knowledge != knowledge.digest:
        click.echo(CHANGED, err=True)
    from screening.app.prior_decisions import with_decided  # noqa: PLC0415 - it builds on this

    return with_decided(knowledge, store, case, session.case())


def with_record(store: Store, case: str, made: Case) -> Case:
    """Return a case with what its record says beside the answers: its day, and decisions."""
    return replace(made, record=on_record(store.events(case)))


def stale_notes(name: str, stale: tuple[Stale, ...]) -> tuple[Diagnostic, ...]:
    """Return what to say of answers that the knowledge in use cannot take over."""
    return tuple(_note(name, one) for one in stale)


def _note(name: str, stale: Stale) -> Diagnostic:
    changed = "is gone" if stale.gone else "is asked differently now"
    message = f"{quoted(stale.question)} {changed}; the answer “{stale.said}” is set aside"
    help_ = "it stays in the records, counts for nothing, and what is needed is asked again"
    return Diagnostic(Code.stale_answer, message, Span(name), help_)
