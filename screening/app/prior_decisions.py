"""What recorded screenings leave behind: to a follow-up, and to one that begins anew."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from screening.app.recorded_cases import recalled, with_record
from screening.follow import begun_anew
from screening.follow.decisions_from_events import level_of
from screening.interview.recall import rechecked
from screening.model.case import Case, Earlier
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Level
from screening.records import Store, cases
from screening.records.event import (
    AgreementRecorded,
    Answered,
    Changed,
    Concluded,
    FlagRaised,
    Overridden,
)

if TYPE_CHECKING:
    from screening.assess import Assessor

DECIDED = (AgreementRecorded, Overridden, FlagRaised)
SAID = (Answered, Changed)


def left_on_record(knowledge: KnowledgeBase, store: Store, case: str) -> Earlier:
    """Return what a recorded case and those before it leave behind, to plan with.

    Answers to questions that are asked differently now are left out, and so asked again. By the
    reference alone: nobody is shown this.
    """
    return _Trail(knowledge, store).left_by(case)


def left_to_anew(
    knowledge: KnowledgeBase, store: Store, client: str, number: int
) -> Earlier | None:
    """Return what counts in a full screening, the client's case of a number; None if nothing.

    An open referral stays, and what people decided still stands; all answers are asked anew.
    """
    trail = _Trail(knowledge, store)
    before = trail.before(client, number)
    return begun_anew(trail.left_by(before)) if before else None


def with_decided(knowledge: KnowledgeBase, store: Store, case: str, made: Case) -> Case:
    """Return a recorded case with what its record says, and what was decided before it began.

    A case that follows another has the latter from that one.
    """
    made = with_record(store, case, made)
    if made.follows:
        return made
    ledger = store.ledger(case)
    return replace(made, earlier=left_to_anew(knowledge, store, ledger.client, ledger.number))


@dataclass
class _Trail:
    """Recorded cases, each worked out once, after the one it goes on from."""

    knowledge: KnowledgeBase
    store: Store
    _cases: dict[str, Case] = field(default_factory=dict)
    _left: dict[str, Earlier] = field(default_factory=dict)
    _matter: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def _assessor(self) -> Assessor:
        from screening.assess import Assessor  # noqa: PLC0415 - only for clients seen before

        return Assessor(self.knowledge)

    def left_by(self, case: str) -> Earlier:
        """Return what a case leaves behind; a loop, as a client may be seen for years."""
        due = [case]
        while due:
            made = self._made(due[-1])
            before = made.follows or self._before(due[-1])
            if before and before not in self._left and before not in due:
                due.append(before)
            else:
                self._left[due.pop()] = self._worked_out(made, self._left.get(before))
        return self._left[case]

    def before(self, client: str, number: int) -> str:
        """Return the case before a full screening; empty where nothing before it matters."""
        ids = [one.id for one in cases(self.store, client) if one.number < number]
        return ids[-1] if any(self._matters(one) for one in ids) else ""

    def _before(self, case: str) -> str:
        ledger = self.store.ledger(case)
        return self.before(ledger.client, ledger.number)

    def _made(self, case: str) -> Case:
        if case not in self._cases:
            session, _ = rechecked(recalled(self.store, case).session, self.knowledge)
            self._cases[case] = with_record(self.store, case, session.case())
        return self._cases[case]

    def _worked_out(self, made: Case, earlier: Earlier | None) -> Earlier:
        from screening.app.prior_case import left_by  # noqa: PLC0415 - it builds on this

        if earlier is not None and not made.follows:
            earlier = begun_anew(earlier)
        return left_by([replace(made, earlier=earlier)], self._assessor, self._assessor.preview)

    def _matters(self, case: str) -> bool:
        """Tell, soon, whether a case can leave anything to a full screening.

        One without a conclusion can.
        """
        if case not in self._matter:
            events = [one.event for one in self.store.events(case)]
            concluded = [one for one in events if isinstance(one, Concluded)]
            referred = any(level_of(one) > Level.NONE for one in concluded)
            said = any(isinstance(one, SAID) for one in events) and not concluded
            decided = any(isinstance(one, DECIDED) for one in events)
            self._matter[case] = referred or said or decided
        return self._matter[case]
