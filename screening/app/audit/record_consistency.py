"""Whether a conclusion rests on what its record holds: answers, programme, decisions."""

from __future__ import annotations

from collections.abc import Iterator

from screening.app.audit.case_codec import case_of
from screening.app.audit.rederivation import Kept
from screening.diagnostics import quoted
from screening.follow.decisions_from_events import on_record
from screening.interview.recall import recall
from screening.model.decision import OnRecord
from screening.records import Recorded
from screening.records.event import CaseEvent, Listed


def not_borne_out(kept: Kept, recorded: tuple[Recorded, ...]) -> Iterator[str]:
    """Yield in what way a conclusion rests on other than the events before it add up to.

    What earlier screenings left behind is not compared: it was worked out from other cases with
    the knowledge in use then.

    Raises:
        UnreadableCaseError: when the case cannot be read back.

    """
    case, before = case_of(kept.event.case), recorded[: kept.recorded.number - 1]
    said = recall(one.event for one in before if isinstance(one.event, CaseEvent)).session
    given, listed = said.answers(), said.listed() or Listed()
    odd = [name for name in {**given, **case.answers} if given.get(name) != case.answers.get(name)]
    if odd:
        named = ", ".join(quoted(name) for name in odd[:3]) + (" and more" if odd[3:] else "")
        yield f"it was concluded from other answers than are recorded before it: {named}"
    if (case.programme, case.other_exercises) != (listed.programme, listed.other):
        yield "it was concluded for another programme than is recorded before it"
    if case.record is not None and _decided(case.record) != _decided(on_record(before)):
        yield "it was concluded with other decisions than are recorded before it"


def _decided(record: OnRecord | None) -> object:
    """Return what was decided, without days: those depend on the calendar of the computer."""
    if record is None:
        return None
    overrides, lapsed = (
        [(one.by, one.reason, one.rules) for one in these]
        for these in (record.overrides, record.lapsed)
    )
    return overrides, lapsed, record.agreed, record.looked
