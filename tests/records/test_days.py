"""Days are those of the calendar on the wall, wherever that is."""

from __future__ import annotations

import time

import pytest

from screening.records.consent import local_day, local_time

MORNING = "2026-03-02T10:00:00.000Z"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be set here")
@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("UTC", "2026-03-02T10:00"),
        ("Pacific/Auckland", "2026-03-02T23:00"),
        ("Pacific/Kiritimati", "2026-03-03T00:00"),
        ("Etc/GMT+12", "2026-03-01T22:00"),
    ],
)
def test_a_time_is_shown_by_the_clock_here(
    monkeypatch: pytest.MonkeyPatch, zone: str, shown: str
) -> None:
    with monkeypatch.context() as here:
        here.setenv("TZ", zone)
        time.tzset()
        found = local_time(MORNING), local_day(MORNING)
    time.tzset()
    assert found == (shown, shown[:10])


@pytest.mark.parametrize("text", ["", "2020", "yesterday", "9999-99-99T00:00:00.000Z"])
def test_a_text_that_is_no_time_stays_as_it_is(text: str) -> None:
    assert local_time(text) in {text, f"{text}-01-01T00:00"}
