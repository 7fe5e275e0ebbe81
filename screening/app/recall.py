"""Each recorded client's last case, as two knowledge bases read it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from screening.app.clients.find_case import name_of
from screening.app.history import taken_up
from screening.app.ports import Tell
from screening.assess import Assessor
from screening.batch.impact import Two
from screening.errors import BadInputError
from screening.model.case import Case
from screening.records import Store, cases, of_each_client


@dataclass(frozen=True, slots=True)
class LastCases:
    """The last case of each client by both knowledge bases; `left_out` cannot be compared."""

    pairs: tuple[tuple[Case, Case], ...]
    left_out: int


def recorded(store: Store, two: Two, tell: Tell) -> LastCases:
    """Return the last case of every client who was not erased.

    A client some of whose answers either knowledge base asks for differently is left out and
    named: what such an answer means now is not guessed. So is one whose record cannot be read.
    """
    assessors = (Assessor(two.old), Assessor(two.new))
    left_out: list[str] = []

    def aside(words: str) -> None:
        left_out.append(words)
        tell(words)

    def both(client: str) -> tuple[Case, Case] | None:
        for ledger in cases(store, client)[-1:]:
            name = name_of(store, ledger.id)
            try:
                old, new = (_case(store, ledger.id, name, one) for one in assessors)
            except BadInputError:
                aside(f"{name}: answers are asked differently now; ask again")
            else:
                return old, new
        return None

    found = of_each_client(store, both, aside)
    pairs = tuple(pair for pair in found if pair is not None)
    return LastCases(pairs, len(left_out))


def _case(store: Store, case: str, name: str, assessor: Assessor) -> Case:
    """Return a recorded case with what those before it left behind, as one knowledge reads it."""
    return replace(taken_up(store, case, name, assessor.knowledge), client=name)
