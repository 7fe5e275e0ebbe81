"""The referral loop on record: what is decided, by whom, on which answers, and for how long."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recorded_screenings import CONSTANT, answer, new_store, screen, sheet

from screening.app.audit.history import history
from screening.app.audit.rederivation import Library, kept_in
from screening.app.audit.referrals import (
    last_referral,
    open_referrals,
    overridable,
    record_agreement,
    record_override,
    referral_of,
    to_decide,
)
from screening.app.audit.verify import verify
from screening.assess import Assessor
from screening.errors import UnknownTargetError, UnwritableError
from screening.follow.decisions_from_events import on_record
from screening.model.decision import Agreement, Looked
from screening.model.vocabularies import Level
from screening.records import Store, add_client, start_case
from screening.records.event import (
    BY_RECORDS,
    Answered,
    Changed,
    FlagRaised,
    Overridden,
    Resumed,
    Started,
    TakenBack,
    Withdrawn,
)

DAY = datetime.date(2026, 3, 2)
AGREED = Agreement("Dr A. Okafor", "GP", DAY, (("pain_during", 2),), ("deadlift",), "slowly")
REASON = "seen by her doctor on Monday"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as made:
        made.clock = lambda: "2026-03-02T10:00:00.000Z"
        yield made


def library(store: Store, assessor: Assessor) -> Library:
    return Library(store, {assessor.knowledge.digest: assessor.knowledge}.get)


def test_open_until_a_clinician_agreed(store: Store, assessor: Assessor) -> None:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    screen(store, assessor, sheet(assessor, {}), client="red-car")
    (found,) = open_referrals(store, print)
    assert (found.kept.case, found.level, found.looked) == (case, Level.WITHIN_DAYS, Looked.NO)
    record_agreement(store, to_decide(store, case), AGREED)
    assert list(open_referrals(store, print)) == []
    decided = on_record(store.events(case))
    assert decided is not None
    assert (decided.agreed, decided.looked) == (AGREED, Looked.YES)


@settings(max_examples=12)
@given(data=st.data())
def test_what_is_decided_counts_only_for_the_answers_before_it(
    tmp_path_factory: pytest.TempPathFactory, assessor: Assessor, data: st.DataObject
) -> None:
    later = (
        answer(assessor, "walk", "provokes"),
        Changed("walk", "provokes", "relieves"),
        TakenBack(),
        Withdrawn("walk", "it does not apply"),
    )
    decisions = ("agreement", "override", *later)
    with new_store(tmp_path_factory.mktemp("store")) as store:
        case = screen(store, assessor, CONSTANT)
        referral = to_decide(store, case)
        last_answer = agreements = 0
        drawn = data.draw(st.lists(st.sampled_from(decisions), max_size=6))
        for place, one in enumerate(drawn, start=1):
            if one == "agreement":
                record_agreement(store, referral, replace(AGREED, on=datetime.date(2100, 1, 1)))
                agreements += 1
            elif one == "override":
                store.append(case, Overridden("J. Smith", REASON, "within_days", ()))
            else:
                store.append(case, one)  # type: ignore[arg-type]
                last_answer = place
        found = on_record(store.events(case))
    assert found is not None
    after = drawn[last_answer:]
    assert (found.looked is Looked.YES) is ("agreement" in after)
    assert len(found.overrides) == after.count("override")
    assert len(found.lapsed) == drawn[:last_answer].count("override")
    assert (found.agreed is None) is (agreements == 0)


def test_override_is_recorded_concluded_and_drawn_again(store: Store, assessor: Assessor) -> None:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    here = library(store, assessor)
    drawn = record_override(here, to_decide(store, case), "J. Smith", REASON)
    before = referral_of(store, case)
    assert drawn.concluded.assessment.referral.level is Level.WITHIN_DAYS
    assert drawn.concluded.assessment.lifted == ("constant-pain",)
    assert before is not None
    assert before.overridden
    assert verify(here, (case,), ()).good


def test_emergency_cannot_be_overridden(store: Store, assessor: Assessor) -> None:
    case = screen(store, assessor, sheet(assessor, {"saddle": "new_or_worse"}))
    with pytest.raises(UnwritableError, match="an emergency cannot be overridden"):
        overridable(to_decide(store, case), DAY)


@pytest.mark.parametrize(("days", "refused"), [(0, False), (14, False), (15, True), (-3, False)])
def test_screening_older_than_two_weeks_is_not_overridden(
    store: Store, assessor: Assessor, days: int, *, refused: bool
) -> None:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    today = DAY + datetime.timedelta(days)
    if refused:
        with pytest.raises(UnwritableError, match="15 days old"):
            overridable(to_decide(store, case), today)
    else:
        overridable(to_decide(store, case), today)


def test_agreement_from_before_the_referral_is_refused(store: Store, assessor: Assessor) -> None:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    old = replace(AGREED, on=DAY - datetime.timedelta(1))
    with pytest.raises(UnwritableError, match="is older than the referral"):
        record_agreement(store, to_decide(store, case), old)


def test_only_the_last_screening_and_what_it_withholds_is_decided(
    store: Store, assessor: Assessor
) -> None:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    harmless = screen(store, assessor, sheet(assessor, {}))
    with pytest.raises(UnknownTargetError, match="a later screening is on record"):
        to_decide(store, case)
    with pytest.raises(UnknownTargetError, match="nothing is withheld"):
        to_decide(store, harmless)
    found = last_referral(store, store.ledger(case).client)
    assert found is not None
    assert found.kept.case == harmless


def test_what_was_answered_since_is_concluded_before_anything_is_decided(
    store: Store, assessor: Assessor
) -> None:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    client = store.ledger(case).client
    store.append(case, Resumed("adaptive", assessor.knowledge.digest, "0.1.0"))
    to_decide(store, case)
    store.append(case, Changed("saddle", "new_or_worse", "no"), FlagRaised("emergency", ()))
    with pytest.raises(UnknownTargetError, match="more was answered since"):
        to_decide(store, case)
    other = screen(store, assessor, sheet(assessor, CONSTANT), client="red-car")
    began = Started("adaptive", assessor.knowledge.digest, "0.1.0")
    start_case(
        store, store.ledger(other).client, began, answer(assessor, "saddle", "new_or_worse")
    )
    with pytest.raises(UnknownTargetError, match="more was answered since"):
        to_decide(store, other)
    assert {one.kept.case for one in open_referrals(store, print)} == {case, other}
    assert last_referral(store, client) is not None


def test_follow_up_in_which_nothing_was_answered_yet_holds_nothing_up(
    store: Store, assessor: Assessor
) -> None:
    case = screen(store, assessor, sheet(assessor, CONSTANT))
    client = store.ledger(case).client
    known = replace(answer(assessor, "weeks_since", 0), said=f"0 weeks {BY_RECORDS}")
    began = Started("adaptive", assessor.knowledge.digest, "0.1.0", case)
    after = start_case(store, client, began, known, FlagRaised("within_days", ()))
    for one in (case, after):
        assert to_decide(store, one).kept.case == case
    store.append(after, answer(assessor, "quick_legs", "yes"))
    for one in (case, after):
        with pytest.raises(UnknownTargetError, match="--resume blue-bike-2`"):
            to_decide(store, one)


def test_screening_without_a_conclusion_does_not_stand_for_a_later_one(
    store: Store, assessor: Assessor
) -> None:
    client = add_client(store, "blue-bike")
    began = Started("adaptive", assessor.knowledge.digest, "0.1.0")
    first = start_case(store, client, began, answer(assessor, "constant", "no"))
    screen(store, assessor, sheet(assessor, CONSTANT))
    with pytest.raises(UnknownTargetError, match="nothing was concluded yet"):
        to_decide(store, first)


def test_interview_that_nothing_came_before_has_nothing_to_decide(
    store: Store, assessor: Assessor
) -> None:
    client = add_client(store, "red-car")
    case = start_case(store, client, Started("adaptive", assessor.knowledge.digest, "0.1.0"))
    with pytest.raises(UnknownTargetError, match="nothing was concluded yet"):
        to_decide(store, case)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be set here")
@pytest.mark.parametrize(
    "of",
    [
        "Pacific/Auckland 2026-03-02T21:00:00.000Z 2026-03-03",
        "America/Los_Angeles 2026-03-03T02:00:00.000Z 2026-03-02",
    ],
)
def test_the_day_of_a_referral_is_that_of_the_calendar_here(
    store: Store, assessor: Assessor, monkeypatch: pytest.MonkeyPatch, of: str
) -> None:
    zone, at, day = of.split()
    store.clock = lambda: at
    with monkeypatch.context() as here:
        here.setenv("TZ", zone)
        time.tzset()
        case = screen(store, assessor, sheet(assessor, CONSTANT))
        found = to_decide(store, case)
        record_agreement(store, found, replace(AGREED, on=datetime.date.fromisoformat(day)))
    time.tzset()
    assert found.on.isoformat() == day


def test_history_tells_who_decided_what(store: Store, assessor: Assessor) -> None:
    case = screen(store, assessor, {"constant": "yes"})
    record_override(library(store, assessor), to_decide(store, case), "J. Smith", REASON)
    record_agreement(store, to_decide(store, case), AGREED)
    lines = {line.what: line.said for line in history(store.events(case), assessor.knowledge)}
    title = assessor.knowledge.rules["constant-pain"].title
    assert lines["overridden"] == f"within_days, by J. Smith: {REASON} (against {title})"
    assert lines["clinician agreed"] == (
        "Dr A. Okafor (GP), 2026-03-02, after within_days; at most pain_during=2, without "
        "deadlift; slowly"
    )
    assert lines["answered"] == answer(assessor, "constant", "yes").said
    plain = {line.what: line.said for line in history(store.events(case), None)}
    assert "constant-pain" in plain["overridden"]
    assert len(kept_in(store, (case,))) == 1
    assert any(isinstance(one.event, Answered) for one in store.events(case))
