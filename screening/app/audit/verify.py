"""Verifying records: the chains, the knowledge they name, and every conclusion drawn again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from screening import __version__
from screening.app.audit.case_codec import UnreadableCaseError, case_of
from screening.app.audit.rederivation import Drawn, Kept, Library, conclusions
from screening.diagnostics import quoted
from screening.errors import BadInputError, DisagreementError, RecordsError
from screening.follow.decisions_from_events import on_record
from screening.interview.recall import recall
from screening.model.decision import OnRecord
from screening.records import Recorded, own_case
from screening.records.event import CaseEvent, Listed, PaperMade, Printed
from screening.records.verifying import CANNOT_SHOW, Checked, erased, verify_ledger, verify_store

SHOWN = 50  # findings listed; the first one is what matters

LIMITS = (
    *CANNOT_SHOW,
    "that the rules are right: only that they were followed",
    "who sat at the keyboard: names are as they were typed",
)
"""What verifying cannot show, whatever it finds."""


@dataclass(slots=True)
class Verified:
    """What verifying found. `findings` are in order of the records, the first one first."""

    checked: Checked
    cases: int = 0
    erased: int = 0
    conclusions: int = 0
    reports: int = 0
    findings: list[str] = field(default_factory=list)
    more: int = 0

    def find(self, words: str) -> None:
        """Take in a finding; after many, only how many."""
        if len(self.findings) < SHOWN:
            self.findings.append(words)
        else:
            self.more += 1

    @property
    def good(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify(library: Library, cases: Iterable[str] | None, heads: Iterable[str]) -> Verified:
    """Verify these cases, or the whole store; it takes no more memory for more records.

    Every head digest is to be found in one of them.
    """
    heads = tuple(heads)
    if cases is None:
        found = Verified(verify_store(library.store, heads))
        cases = _all_cases(library)
    else:
        cases = tuple(cases)
        found = Verified(_first_bad(library, cases, heads))
    if found.checked.bad:
        found.find(found.checked.bad)
    for missing in found.checked.missing:
        found.find(
            f"the head digest `{missing}` is not in these records: records were cut off or "
            "changed, or the report is of other records"
        )
    for case in cases:
        _verify_case(library, case, found)
    return found


def _first_bad(library: Library, cases: tuple[str, ...], heads: tuple[str, ...]) -> Checked:
    """Return what checking the chains of cases found, added up; the first bad record is named."""
    first, *others = (verify_ledger(library.store, case, heads) for case in cases)
    for other in others:
        first.events += other.events
        first.bad = first.bad or other.bad
        first.set_back = first.set_back or other.set_back
        first.unread += other.unread
        first.found |= other.found
    return first


def _all_cases(library: Library) -> Iterator[str]:
    """Yield every case in the order they were begun."""
    query = "SELECT id FROM ledgers WHERE number > 0 ORDER BY opened, id"
    return (str(row[0]) for row in library.store.rows(query))


def _verify_case(library: Library, case: str, found: Verified) -> None:
    """Draw every conclusion of a case again; an erased client's cannot be."""
    found.cases += 1
    try:
        if erased(library.store, library.store.ledger(case).client):
            found.erased += 1
            return
        recorded = library.store.events(case)
    except RecordsError as error:
        if error.message != found.checked.bad:
            found.find(error.message)
        return
    for kept in conclusions(case, recorded):
        found.conclusions += 1
        for words in _differences(library, kept, recorded):
            found.find(f"event {kept.recorded.number} of `{case}`: {words}")
        found.reports += len(kept.reports)
    for words in _misplaced(recorded):
        found.find(f"{words} of `{case}`")
    try:
        own_case(library.store, case, recorded)
    except RecordsError as error:
        found.find(error.message)


def _differences(library: Library, kept: Kept, recorded: tuple[Recorded, ...]) -> Iterator[str]:
    """Yield in what way a conclusion, or a report of it, does not come out as recorded."""
    try:
        yield from not_borne_out(kept, recorded)
        drawn = kept.drawn(library)
    except RecordsError as error:
        yield f"it cannot be drawn again: {error.message}"
    except BadInputError as error:
        yield f"this program cannot read its knowledge: {error.diagnostics[0].message}"
    except UnreadableCaseError as error:
        yield str(error)
    except DisagreementError as error:
        yield f"the two engines disagree on it: {error.differences[0]}"
    else:
        if not drawn.same:
            yield f"something else is concluded now{_since(kept)}"
        yield from _reports(drawn)


def _reports(drawn: Drawn) -> Iterator[str]:
    for recorded, printed in drawn.kept.reports:
        if drawn.same and not drawn.comes_out(printed):
            since = _since(drawn.kept)
            yield f"the report of event {recorded.number} reads otherwise now{since}"


def _since(kept: Kept) -> str:
    """Return that another version of the program drew a conclusion, if so."""
    if kept.event.program == __version__:
        return ""
    return f" (it was made by program {kept.event.program}, this is {__version__})"


def _misplaced(recorded: tuple[Recorded, ...]) -> Iterator[str]:
    """Yield the reports whose head digest is not that of the record right before them."""
    for before, one in pairwise(recorded):
        if isinstance(one.event, Printed | PaperMade) and one.event.head != before.head.digest:
            yield f"event {one.number}: the head digest on the report is not the one before it"


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
