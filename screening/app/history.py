"""Cases read back, and what screenings before a case leave to it: from files and the records."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from screening.app.audit.case_codec import case_of
from screening.app.clients.find_case import name_of, one_case
from screening.app.ports import Tell
from screening.assess import Assessor, ConcludedCase
from screening.diagnostics import Code, Diagnostic, Span, quoted
from screening.errors import BadInputError, UnknownTargetError
from screening.follow import begun_anew, earlier_from
from screening.follow.decisions_from_events import level_of, on_record
from screening.interview.recall import OPEN, Recalled, Reopening, Stale, recall, rechecked
from screening.load import load_intake
from screening.model.case import Case, Earlier
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Level
from screening.records import Recorded, Store, cases, client_of, own_case
from screening.records import event as events
from screening.records.consent import local_today
from screening.records.event import CaseEvent, Closed

LONGEST = 100  # screenings in a row: two years of weekly ones
CHANGED = (
    "caution: this case was screened with other knowledge than is used now, "
    "so the result may differ from what was said then"
)
DECIDED = (events.AgreementRecorded, events.Overridden, events.FlagRaised)
SAID = (events.Answered, events.Changed)
Records = Callable[[], Store | None]
"""Opens the records when they are needed; None when there are none."""


class FoundCase(NamedTuple):
    """A case, and where it was found: in a file, or in the records by id."""

    case: Case
    place: Path
    id: str | None = None

    @property
    def known_by(self) -> str | Path:
        """What no other case is known by."""
        return self.id or self.place.resolve()


def recalled(store: Store, case: str) -> Recalled:
    """Return the interview that is recorded as a case.

    Raises:
        RecordsError: when it cannot be read.

    """
    label = client_of(store, store.ledger(case).client).pseudonym
    happened = [one.event for one in store.events(case) if isinstance(one.event, CaseEvent)]
    return recall(happened, label or None)


def ended_at(store: Store, case: str) -> str | None:
    """Return when a case ended last, by the clock of then; None when it has not."""
    ends = [one.at for one in store.events(case) if isinstance(one.event, Closed)]
    return ends[-1] if ends and recalled(store, case).status != OPEN else None


def load_case(store: Store, case: str, name: str, knowledge: KnowledgeBase, tell: Tell) -> Case:
    """Return a recorded case to conclude with the knowledge in use; `name` is what it is called.

    Where that is the knowledge of its last conclusion, and nothing was said since, it is the case
    as it was concluded, so that what is explained is what was decided.

    Raises:
        BadInputError: when answers in it were given to other wordings.
        RecordsError: when it cannot be read, or goes on from a case of another client.

    """
    found, events = recalled(store, case), store.events(case)
    own_case(store, case, events)
    if found.knowledge != knowledge.digest:
        tell(CHANGED)
    elif (concluded := _concluded(events)) is not None:
        return replace(concluded, client=found.session.client or "", record=on_record(events))
    return taken_up(store, case, name, knowledge)


def _concluded(recorded: tuple[Recorded, ...]) -> Case | None:
    """Return the case of the last conclusion, if nothing was said since."""
    for one in reversed(recorded):
        match one.event:
            case events.Concluded(case):
                return case_of(case)
            case event if isinstance(event, Reopening):
                return None
    return None


def taken_up(store: Store, case: str, name: str, knowledge: KnowledgeBase) -> Case:
    """Return a recorded case as its answers, and the records before it, make it now.

    Raises:
        BadInputError: when answers in it were given to other wordings.
        RecordsError: when it cannot be read, or goes on from a case of another client.

    """
    session, stale = rechecked(recalled(store, case).session, knowledge)
    if stale:
        raise BadInputError(stale_notes(name, stale))
    earlier = left_to(knowledge, store, case)
    return with_record(store, case, replace(session.case(), earlier=earlier))


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


def with_earlier(found: FoundCase, assessor: Assessor, records: Records, tell: Tell) -> Case:
    """Return a case with what the one it follows left behind; a recorded case has that.

    The case right before it is concluded by both engines; of those before that, the answers count,
    and a referral nobody has looked at yet.

    Raises:
        BadInputError: when a case before it cannot be read, or they follow each other in a circle.
        DisagreementError: when the engines differ on the earlier case.

    """
    before = _before(found, assessor.knowledge, records, tell)
    if not before:
        return found.case
    return replace(found.case, earlier=left_by(before, assessor, assessor.conclude))


def left_by(
    before: list[Case], assessor: Assessor, conclude: Callable[[Case], ConcludedCase]
) -> Earlier:
    """Return what cases that follow each other, oldest first, left behind together."""
    *older, latest = before
    earlier: Earlier | None = None
    for one in older:
        made = assessor.preview(replace(one, earlier=earlier or one.earlier))
        earlier = earlier_from(assessor.knowledge, made.case, made.assessment)
    concluded = conclude(replace(latest, earlier=earlier or latest.earlier))
    return earlier_from(assessor.knowledge, concluded.case, concluded.assessment)


def _before(
    found: FoundCase, knowledge: KnowledgeBase, records: Records, tell: Tell
) -> list[Case]:
    """Return the cases a case follows, oldest first."""
    before: list[Case] = []
    seen = {found.known_by}
    while found.case.follows and found.id is None:
        earlier = _earlier(found, knowledge, records, tell)
        if earlier.known_by in seen:
            message = f"the case follows itself, by way of {quoted(found.case.follows)}"
            help_ = "name the screening before this one"
            raise _refused(Code.circular_follows, message, found, help_)
        if len(before) == LONGEST:
            message = f"more than {LONGEST} cases follow each other"
            help_ = "begin anew with a full screening"
            raise _refused(Code.endless_follows, message, found, help_)
        seen.add(earlier.known_by)
        before.insert(0, earlier.case)
        found = earlier
    return before


def _earlier(
    found: FoundCase, knowledge: KnowledgeBase, records: Records, tell: Tell
) -> FoundCase:
    """Return the case that a case follows: an intake beside it, or one in the records."""
    follows = found.case.follows
    file = found.place.parent / follows
    if not there(file):
        earlier = _recorded(found, knowledge, records, tell)
        if earlier is not None:
            return earlier
        message = f"the earlier case {quoted(follows)} is not there"
        help_ = f"looked for {file}; the path starts at the folder of this intake"
        raise _refused(Code.missing_file, message, found, help_)
    if not (file.is_file() or file.is_dir()):
        message = f"the earlier case {quoted(follows)} is not a regular file"
        help_ = "name an intake or a recorded case"
        raise _refused(Code.not_a_file, message, found, help_)
    try:
        return FoundCase(load_intake(file, knowledge), file)
    except BadInputError as error:
        raise _unusable(found, error) from error


def _recorded(
    found: FoundCase, knowledge: KnowledgeBase, records: Records, tell: Tell
) -> FoundCase | None:
    """Return the recorded case that a case follows; None where there is none of that name."""
    store, name = records(), found.case.follows
    if store is None:
        return None
    try:
        case = one_case(store, name)
        earlier = FoundCase(load_case(store, case, name, knowledge, tell), Path(), case)
        _say_if_passed_over(store, case, name, tell)
    except UnknownTargetError:
        return None
    except BadInputError as error:
        raise _unusable(found, error) from error
    return earlier


def _say_if_passed_over(store: Store, case: str, name: str, tell: Tell) -> None:
    """Say where an intake follows a recorded case that others came after."""
    last = cases(store, store.ledger(case).client)[-1].id
    if last != case:
        tell(
            f"caution: {quoted(name)} is not the last screening of the client: "
            f"{quoted(name_of(store, last))} is, and what it left open does not count here"
        )


def there(place: Path) -> bool:
    """Tell whether there is anything at a path."""
    return os.path.exists(place)  # noqa: PTH110 - `Path.exists` raises on a name that is too long


def _unusable(found: FoundCase, error: BadInputError) -> BadInputError:
    """Return what is wrong in an earlier case, and where it was named."""
    message = f"the earlier case {quoted(found.case.follows)} cannot be used"
    at = found.case.follows_at
    note = Diagnostic(Code.unusable_earlier, message, at, "see what is said of it")
    return BadInputError((*error.diagnostics, note))


def _refused(code: Code, message: str, found: FoundCase, help_: str) -> BadInputError:
    return BadInputError((Diagnostic(code, message, found.case.follows_at, help_),))


def left_to(knowledge: KnowledgeBase, store: Store, case: str) -> Earlier | None:
    """Return what the screenings before a recorded case leave to it.

    Raises:
        RecordsError: when one cannot be read, or is of another client.

    """
    ledger, follows = store.ledger(case), recalled(store, case).session.follows
    own_case(store, case, store.events(case))
    if follows is None:
        return left_to_anew(knowledge, store, ledger.client, ledger.number)
    return left_to_follow_up(knowledge, store, follows, ledger.opened)


def left_to_follow_up(knowledge: KnowledgeBase, store: Store, before: str, now: str) -> Earlier:
    """Return what a recorded case, and those before it, leave to a follow-up begun at a time."""
    ended = ended_at(store, before)
    days = days_between(ended, now) if ended else None
    return replace(left_on_record(knowledge, store, before), days=days)


def days_between(then: str, now: str) -> int | None:
    """Return the whole days between two times; None when the clock was moved back.

    >>> days_between("2026-03-02T10:00:00.000Z", "2026-03-16T09:00:00.000Z")
    14
    >>> days_between("2026-03-02T10:00:00.000Z", "2026-03-01T10:00:00.000Z")
    """
    first, last = (datetime.date.fromisoformat(text[:10]) for text in (then, now))
    return (last - first).days if now >= then else None


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


@dataclass
class _Trail:
    """Recorded cases, each worked out once, after the one it goes on from."""

    knowledge: KnowledgeBase
    store: Store
    _cases: dict[str, Case] = field(default_factory=dict)
    _left: dict[str, Earlier] = field(default_factory=dict)
    _matter: dict[str, bool] = field(default_factory=dict)

    @cached_property
    def _today(self) -> datetime.date:
        return local_today(self.store)

    @cached_property
    def _assessor(self) -> Assessor:
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
                earlier = self._left.get(before) if before else None
                self._left[due.pop()] = self._worked_out(made, earlier)
        return self._left[case]

    def before(self, client: str, number: int) -> str | None:
        """Return the case before a full screening; None where nothing before it matters."""
        ids = [one.id for one in cases(self.store, client) if one.number < number]
        return ids[-1] if any(self._matters(one) for one in ids) else None

    def _before(self, case: str) -> str | None:
        ledger = self.store.ledger(case)
        return self.before(ledger.client, ledger.number)

    def _made(self, case: str) -> Case:
        if case not in self._cases:
            recorded = self.store.events(case)
            own_case(self.store, case, recorded)
            session, _ = rechecked(recalled(self.store, case).session, self.knowledge)
            record = on_record(recorded, self._today)
            self._cases[case] = replace(session.case(), record=record)
        return self._cases[case]

    def _worked_out(self, made: Case, earlier: Earlier | None) -> Earlier:
        if earlier is not None and not made.follows:
            earlier = begun_anew(earlier)
        return left_by([replace(made, earlier=earlier)], self._assessor, self._assessor.preview)

    def _matters(self, case: str) -> bool:
        """Tell, soon, whether a case can leave anything to a full screening.

        One without a conclusion can.
        """
        if case not in self._matter:
            happened = [one.event for one in self.store.events(case)]
            concluded = [one for one in happened if isinstance(one, events.Concluded)]
            referred = any(level_of(one) > Level.NONE for one in concluded)
            said = any(isinstance(one, SAID) for one in happened) and not concluded
            decided = any(isinstance(one, DECIDED) for one in happened)
            self._matter[case] = referred or said or decided
        return self._matter[case]
