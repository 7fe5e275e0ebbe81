"""Each recorded client's last case, as two knowledge bases read it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from screening.app.clients.find_case import name_of
from screening.app.history import FoundCase, recalled, stale_notes, with_decided, with_earlier
from screening.app.ports import Tell
from screening.assess import Assessor
from screening.batch.impact import Two
from screening.errors import BadInputError
from screening.interview.recall import rechecked
from screening.model.case import Case
from screening.records import Store, cases, clients


@dataclass(frozen=True, slots=True)
class LastCases:
    """The last case of each client by both knowledge bases; `left_out` cannot be compared."""

    pairs: tuple[tuple[Case, Case], ...]
    left_out: int


def recorded(store: Store, two: Two, tell: Tell) -> LastCases:
    """Return the last case of every client who was not erased.

    A client some of whose answers either knowledge base asks for differently is left out and
    named: what such an answer means now is not guessed.
    """
    assessors = (Assessor(two.old), Assessor(two.new))
    pairs, left_out = [], 0
    for client in clients(store):
        for ledger in cases(store, client.id)[-1:]:
            found = _read_by(store, ledger.id, assessors, tell)
            if found is None:
                name = name_of(store, ledger.id)
                tell(f"{name}: answers are asked differently now; ask again")
                left_out += 1
            else:
                pairs.append(found)
    return LastCases(tuple(pairs), left_out)


def _read_by(
    store: Store, case: str, assessors: tuple[Assessor, Assessor], tell: Tell
) -> tuple[Case, Case] | None:
    """Return a case as both read it; None when one of them cannot."""
    old, new = assessors
    try:
        return _case(store, case, old, tell), _case(store, case, new, tell)
    except BadInputError:
        return None


def _case(store: Store, case: str, assessor: Assessor, tell: Tell) -> Case:
    """Return a recorded case with what those before it left behind.

    Raises:
        BadInputError: when answers in it were given to other wordings.

    """
    name = name_of(store, case)
    session, stale = rechecked(recalled(store, case).session, assessor.knowledge)
    if stale:
        raise BadInputError(stale_notes(name, stale))
    made = replace(with_decided(assessor.knowledge, store, case, session.case()), client=name)
    return with_earlier(FoundCase(made, Path(), case), assessor, lambda: store, tell)
