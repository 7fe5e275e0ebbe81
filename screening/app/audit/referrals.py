"""The referral loop on record: what is open, a clinician's agreement, a trainer's override."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from screening.app.agreement import OnSlip
from screening.app.audit.case_codec import case_of
from screening.app.audit.rederivation import Drawn, Kept, Library, conclusions
from screening.app.clients.find_case import name_of
from screening.app.ports import Tell
from screening.assess.fired_conclusions import withholding
from screening.diagnostics import word
from screening.errors import UnknownTargetError, UnwritableError
from screening.explain import Ground
from screening.follow.decisions_from_events import OTHER_ANSWERS, on_record
from screening.model.assessment_view import assessment_of
from screening.model.decision import REPEAT_AFTER, Agreement, Looked
from screening.model.vocabularies import Level
from screening.records import Store, cases, of_each_client
from screening.records.consent import local_today
from screening.records.event import AgreementRecorded, Answered, Overridden

NOT_ON_SLIP = OnSlip()


@dataclass(frozen=True, slots=True)
class OpenReferral:
    """The referral a client's last screening came to, and what was decided about it.

    `answered_since` tells that more was answered after that, and nothing concluded from it.
    A clinician's agreement counts `until` a day, if one was named.
    """

    kept: Kept
    level: Level
    to: str
    on: datetime.date
    looked: Looked
    overridden: bool
    answered_since: bool = False
    until: datetime.date | None = None

    @property
    def open(self) -> bool:
        """Whether it withholds exercise, and no clinician has agreed yet."""
        return self.level >= Level.WITHIN_DAYS and self.looked is not Looked.YES

    def days(self, today: datetime.date) -> int:
        """Return how old the screening is, in days; never negative, whatever the clock says."""
        return max(0, (today - self.on).days)


def last_referral(store: Store, client: str) -> OpenReferral | None:
    """Return what the last concluded screening of a client referred; None when there is none."""
    for ledger in reversed(cases(store, client)):
        found = referral_of(store, ledger.id)
        if found is not None:
            return found
    return None


def referral_of(store: Store, case: str) -> OpenReferral | None:
    """Return what a case referred at its last conclusion; None when it has none."""
    recorded = store.events(case)
    today = local_today(store)
    kept, decided = conclusions(case, recorded), on_record(recorded, today)
    if not kept or decided is None:
        return None
    level, overridden = decided.level, bool(decided.overrides)
    later = recorded[kept[-1].recorded.number :]
    since = any(isinstance(one.event, OTHER_ANSWERS) for one in later)
    to = assessment_of(kept[-1].event.assessment).referral.to or ""
    until = None if decided.agreed is None else decided.agreed.until
    return OpenReferral(kept[-1], level, to, decided.on, decided.looked, overridden, since, until)


def open_referrals(store: Store, tell: Tell) -> Iterator[OpenReferral]:
    """Yield the referrals that are open, of all clients, the last seen first.

    Who cannot be read is told.
    """
    each = of_each_client(store, lambda client: last_referral(store, client), tell)
    return (found for found in each if found is not None and found.open)


def to_decide(store: Store, case: str) -> OpenReferral:
    """Return the referral of a case to decide about.

    A screening that was begun, and in which nothing was answered yet, stands for the one before.

    Raises:
        UnknownTargetError: when it is not open, not the client's last screening, or not the last
            word of it.

    """
    client = store.ledger(case).client
    last, newest = last_referral(store, client), _last_answered(store, client)
    found = referral_of(store, case)
    if found is None and last is not None and not _answered(store, case):
        found, case = last, last.kept.case
    if found is None or last is None:
        raise _unconcluded(store, case, "nothing was concluded yet")
    if found.kept.case != last.kept.case:
        raise UnknownTargetError(
            f"a later screening is on record, of {last.on}: decide about that one"
        )
    if found.answered_since or newest != case:
        raise _unconcluded(store, newest, "more was answered since the last conclusion")
    if found.level < Level.WITHIN_DAYS:
        raise UnknownTargetError(
            f"nothing is withheld: the last screening referred at `{found.level.word}`"
        )
    return found


def _unconcluded(store: Store, case: str, why: str) -> UnknownTargetError:
    go_on = f"`screening interview --resume {word(name_of(store, case))}`"
    return UnknownTargetError(f"{why}: go on with {go_on}, then decide about what it comes to")


def _last_answered(store: Store, client: str) -> str:
    """Return a client's last case in which something was answered; empty when there is none."""
    found = (one.id for one in reversed(cases(store, client)) if _answered(store, one.id))
    return next(found, "")


def _answered(store: Store, case: str) -> bool:
    """Tell whether anything was answered in a case, beside what the records know."""
    return any(
        isinstance(event, OTHER_ANSWERS) and not (isinstance(event, Answered) and event.by_records)
        for event in (one.event for one in store.events(case))
    )


def record_agreement(
    store: Store, referral: OpenReferral, agreed: Agreement, slip: OnSlip = NOT_ON_SLIP
) -> None:
    """Put a clinician's answer on record; it counts from the next screening on.

    Raises:
        UnwritableError: when it was given before the referral.

    """
    if agreed.on < referral.on:
        raise UnwritableError(
            f"the agreement of {agreed.on} is older than the referral of {referral.on}\n"
            "  help: ask the clinician again, about what was found since"
        )
    event = AgreementRecorded(
        agreed.by,
        agreed.role,
        agreed.on.isoformat(),
        referral.level.word,
        tuple(f"{name}={most}" for name, most in agreed.limits),
        agreed.leave_out,
        agreed.note,
        _iso(slip.seen),
        "" if slip.answer is None else slip.answer.value,
        _iso(agreed.until),
        agreed.stop_if,
        slip.may_contact,
    )
    store.append(referral.kept.case, event)


def _iso(day: datetime.date | None) -> str:
    return "" if day is None else day.isoformat()


def overridable(referral: OpenReferral, today: datetime.date) -> None:
    """Refuse what cannot be overridden.

    Raises:
        UnwritableError: for an emergency, also one left open by a screening before, and for a
            screening that is too old.

    """
    if Level.EMERGENCY in {referral.level, _left_open(referral)}:
        raise UnwritableError(
            "an emergency cannot be overridden\n"
            "  help: get help first; then record what the clinician says: "
            "`screening referral cleared`"
        )
    if referral.days(today) > REPEAT_AFTER:
        raise UnwritableError(
            f"the screening is {referral.days(today)} days old, and more than {REPEAT_AFTER} "
            "asks to be repeated\n  help: screen again first: `screening followup`"
        )


def _left_open(referral: OpenReferral) -> Level:
    """Return what the screenings before left open, as far as nobody has looked at it."""
    before = case_of(referral.kept.event.case).earlier
    return Level.NONE if before is None or before.looked is Looked.YES else before.level


def record_override(library: Library, referral: OpenReferral, by: str, reason: str) -> Drawn:
    """Put a trainer's override on record; return what is concluded with it.

    It names every rule that withholds exercise now; it lifts nothing that comes up later.

    Raises:
        DisagreementError: when the engines differ.

    """
    store, case = library.store, referral.kept.case
    before = referral.kept.drawn(library)
    rules = withholding(Ground(before.assessor, before.concluded).effects)
    store.append(case, Overridden(by, reason, referral.level.word, rules))
    decided = replace(before.concluded.case, record=on_record(store.events(case)))
    return Drawn(referral.kept, before.assessor, before.assessor.conclude(decided))
