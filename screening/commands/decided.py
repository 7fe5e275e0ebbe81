"""What recorded screenings leave behind: to a follow-up, and to one that begins anew."""

from __future__ import annotations

from dataclasses import replace

from screening.commands.cases import recalled, with_record
from screening.follow import begun_anew
from screening.interview.recall import rechecked
from screening.model.case import Case, Earlier
from screening.model.knowledge import KnowledgeBase
from screening.records import Store, cases
from screening.records.event import AgreementRecorded, Concluded, Overridden

DECIDED = (AgreementRecorded, Overridden)


def left_on_record(knowledge: KnowledgeBase, store: Store, case: str) -> Earlier:
    """Return what a recorded case and those before it leave behind, to plan with.

    Answers to questions that are asked differently now are left out, and so asked again. By the
    reference alone: nobody is shown this.
    """
    from screening.assess import Assessor  # noqa: PLC0415 - only for clients seen before
    from screening.commands.earlier import LONGEST, left_by  # noqa: PLC0415 - same

    before: list[Case] = []
    while case and len(before) < LONGEST:
        session, _ = rechecked(recalled(store, case).session, knowledge)
        before.insert(0, with_decided(knowledge, store, case, session.case()))
        case = session.follows
    assessor = Assessor(knowledge)
    return left_by(before, assessor, assessor.preview)


def with_decided(knowledge: KnowledgeBase, store: Store, case: str, made: Case) -> Case:
    """Return a recorded case with what its record says, and what was decided before it began.

    A case that follows another has the latter from that one.
    """
    made = with_record(store, case, made)
    if made.follows:
        return made
    ledger = store.ledger(case)
    return replace(made, earlier=left_to_anew(knowledge, store, ledger.client, ledger.number))


def left_to_anew(
    knowledge: KnowledgeBase, store: Store, client: str, number: int
) -> Earlier | None:
    """Return what counts in a full screening, the client's case of a number; None if nothing.

    An open referral stays, and what people decided still stands; all answers are asked anew.
    """
    before = [one.id for one in cases(store, client) if one.number < number]
    events = {case: [one.event for one in store.events(case)] for case in before}
    concluded = [case for case in before if any(isinstance(e, Concluded) for e in events[case])]
    if not concluded or not any(_matters(event) for case in before for event in events[case]):
        return None
    return begun_anew(left_on_record(knowledge, store, concluded[-1]))


def _matters(event: object) -> bool:
    """Tell, soon, whether an event can leave anything to a full screening."""
    if isinstance(event, Concluded):
        return '"level":"none"' not in event.assessment
    return isinstance(event, DECIDED)
