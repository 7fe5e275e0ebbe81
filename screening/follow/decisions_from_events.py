"""From the events of a case to what people decided about it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace

from screening.model.assessment_view import assessment_of
from screening.model.decision import Agreement, Looked, OnRecord, Override
from screening.model.reply_slip import SlipAnswer
from screening.model.vocabularies import Level
from screening.records import Recorded
from screening.records.consent import local_day
from screening.records.event import (
    AgreementRecorded,
    Answered,
    Changed,
    Concluded,
    Overridden,
    TakenBack,
    Unsure,
    Withdrawn,
)

OTHER_ANSWERS = (Answered, Changed, Unsure, TakenBack, Withdrawn)


def on_record(recorded: Iterable[Recorded], today: datetime.date | None = None) -> OnRecord | None:
    """Return what people decided about a case, and its day; None for a case without events.

    The day is that of the last answer. What was decided before another answer came no longer
    counts for the referral; a clinician's limits count on. Where the day is known on which it is
    asked, an agreement counts until its own last one.
    """
    found: OnRecord | None = None
    for one in recorded:
        day = day_of(one)
        found = found or OnRecord(day)
        match one.event:
            case Overridden(by, reason, _, rules):
                override = Override(by, day, reason, rules)
                found = replace(found, overrides=(*found.overrides, override))
            case AgreementRecorded():
                found = _answered(found, one.event, today)
            case event if isinstance(event, OTHER_ANSWERS):
                lapsed = (*found.lapsed, *found.overrides)
                found = OnRecord(day, (), lapsed, found.agreed, Looked.NO, found.level)
            case Concluded():
                found = replace(found, level=level_of(one.event))
    return found


def _answered(found: OnRecord, event: AgreementRecorded, today: datetime.date | None) -> OnRecord:
    """Return what is decided after a clinician's answer.

    One that agrees to nothing leaves the referral open, or opens it again; earlier limits stay.
    """
    if event.answer and not SlipAnswer(event.answer).closes:
        return replace(found, looked=Looked.NO)
    agreed = agreement_of(event)
    over = today is not None and agreed.until is not None and agreed.until < today
    return replace(found, agreed=agreed, looked=Looked.NO if over else Looked.YES)


def agreement_of(event: AgreementRecorded) -> Agreement:
    """Return the agreement that an event holds."""
    limits = (written.partition("=") for written in event.limits)
    return Agreement(
        event.by,
        event.role,
        datetime.date.fromisoformat(event.on),
        tuple(sorted((name, int(most)) for name, _, most in limits)),
        event.leave_out,
        event.note,
        datetime.date.fromisoformat(event.until) if event.until else None,
        event.stop_if,
    )


def level_of(event: Concluded) -> Level:
    """Return the level that a conclusion on record referred at."""
    return assessment_of(event.assessment).referral.level


def day_of(recorded: Recorded) -> datetime.date:
    """Return the day of an event, as the clock said then, on this computer's calendar."""
    return datetime.date.fromisoformat(local_day(recorded.at))
