"""`screening calendar`: what is due, from the records, and the same as a file for a calendar."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path

import icalendar
import pytest
from command_line import typed
from hypothesis import given
from hypothesis import strategies as st
from recorded_screenings import CONSTANT, new_store, screen, sheet

from screening.assess import Assessor
from screening.records import find_client, open_store
from screening.records.event import AgreementRecorded, ConsentGiven
from screening.render.ics import Reminder, ics


@pytest.fixture
def home(tmp_path: Path, assessor: Assessor) -> Path:
    """Return a home whose clients were screened on one day: one well, two sent on, one saddled."""
    with new_store(tmp_path) as store:
        store.clock = lambda: "2026-03-02T12:00:00.000Z"
        screen(store, assessor, sheet(assessor, {}), client="well")
        screen(store, assessor, sheet(assessor, CONSTANT), client="waits")
        looked = screen(store, assessor, sheet(assessor, CONSTANT), client="looked-at")
        screen(store, assessor, sheet(assessor, {"saddle": "new_or_worse"}), client="gone")
        agreed = AgreementRecorded("Dr A. Okafor", "GP", "2026-03-02", "within_days")
        store.append(looked, replace(agreed, until="2100-01-01"))
        client = find_client(store, "well")
        assert client is not None
        store.append(client.id, ConsentGiven("keep", "My trainer may keep my answers."))
    return tmp_path


def due(home: Path) -> dict[tuple[str, str], str]:
    """Return what is due with whom, and when."""
    found = json.loads(typed("calendar", "--format", "json", home=home).stdout)
    assert found["format"] == "calendar/1"
    return {(one["client"], one["what"]): one["on"] for one in found["due"]}


def test_what_is_due_is_what_the_records_say(home: Path) -> None:
    again = "2026-03-17"  # the fifteenth day: from it on answers are too old
    assert due(home) == {
        ("well", "check"): again,
        ("well", "form"): "2027-01-31",
        ("waits", "check"): again,
        ("waits", "letter"): "2026-03-09",
        ("looked-at", "check"): again,
        ("looked-at", "advice"): "2100-01-01",
        ("gone", "check"): again,
    }
    shown = typed("calendar", home=home).stdout
    assert "Ask waits about the letter" in shown


def test_a_consent_taken_back_is_not_renewed(home: Path) -> None:
    assert typed("clients", "consent", "well", "keep", "--withdraw", home=home).exit_code == 0
    assert ("well", "form") not in due(home)


def test_an_erased_client_is_due_for_nothing(home: Path) -> None:
    assert typed("clients", "erase", "waits", "--yes", home=home).exit_code == 0
    assert not [client for client, _ in due(home) if client == "waits"]


def test_without_records_nothing_is_due(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    assert "Nothing on record." in typed("calendar", home=tmp_path).stdout


def test_the_file_is_one_a_calendar_reads(home: Path) -> None:
    file = home / "due.ics"
    result = typed("calendar", "-o", file, home=home)
    assert result.exit_code == 0, result.output
    assert "7 reminders written" in result.stdout
    events = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    told = {str(one["SUMMARY"]): one.decoded("DTSTART") for one in events}
    assert told["Ask waits about the letter"] == datetime.date(2026, 3, 9)
    assert len({str(one["UID"]) for one in events}) == 7
    for one in events:
        assert one["CLASS"] == "PRIVATE"
        (alarm,) = one.walk("VALARM")
        assert alarm.decoded("TRIGGER") == datetime.timedelta(hours=-15)
    health = ("pain", "back", "level", "within", "fever", "referr")
    assert not [title for title in told if any(word in title.lower() for word in health)]


def test_a_reminder_that_moves_keeps_its_id_and_counts_on(home: Path, assessor: Assessor) -> None:
    def of() -> tuple[str, int]:
        file = home / "due.ics"
        assert typed("calendar", "-o", file, home=home).exit_code == 0
        calendar = icalendar.Calendar.from_ical(file.read_bytes())
        file.unlink()
        (one,) = [e for e in calendar.walk("VEVENT") if str(e["SUMMARY"]).startswith("Ask waits")]
        return str(one["UID"]), int(str(one.decoded("SEQUENCE")))

    before = of()
    assert of() == before
    with open_store(home / "records.db", str) as store:
        screen(store, assessor, sheet(assessor, CONSTANT), client="waits")
    after = of()
    assert after[0] == before[0]
    assert after[1] > before[1]


@given(
    title=st.text(min_size=1, max_size=120).filter(lambda text: text.strip().isprintable()),
    on=st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)),
)
def test_any_title_comes_back_from_lines_of_75_octets(title: str, on: datetime.date) -> None:
    text = ics([Reminder("u", on, title, title, 3)], "2026-03-02T12:00:00.000Z")
    assert text.endswith("END:VCALENDAR\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == " ".join(title.split())
    assert event.decoded("DTSTART") == on
    assert event.decoded("DTSTAMP") == datetime.datetime(
        2026, 3, 2, 12, tzinfo=datetime.timezone.utc
    )
