"""Amounts are read as people say them, in the unit the question asks for, or not at all."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.interview.amount import is_bare_year, read_amount
from screening.model.question import Question
from screening.model.vocabularies import Kind

TODAY = datetime.date(2026, 11, 29)
WEEKS = Question(
    "w", "t", "How many weeks ago?", "w", Kind.NUMBER, 1, low=0, high=2600, unit="weeks"
)
MINUTES = replace(WEEKS, ask="How many minutes?", high=1440, unit="minutes")
POINTS = replace(WEEKS, ask="How bad?", high=10, unit="points")
YEARS = replace(WEEKS, ask="How old are you?", low=16, high=100, unit="years")

READ = [
    (WEEKS, "3", 3),
    (WEEKS, "3 weeks", 3),
    (WEEKS, "1 week ago", 1),
    (WEEKS, "3 months", 13),
    (WEEKS, "about 3 months ago", 13),
    (WEEKS, "10 days", 1),
    (WEEKS, "a year", 52),
    (WEEKS, "half a year", 26),
    (WEEKS, "a month and a half", 6),
    (WEEKS, "two weeks and 3 days", 2),
    (WEEKS, "today", 0),
    (WEEKS, "yesterday", 0),
    (WEEKS, "2026-11-01", 4),
    (WEEKS, "since 1 november", 4),
    (WEEKS, "november 1st, 2026", 4),
    (WEEKS, "1.11.2026", 4),
    (WEEKS, "last march", 37),
    (WEEKS, "december", 49),
    (WEEKS, "march 2025", 89),
    (MINUTES, "half an hour", 30),
    (MINUTES, "an hour", 60),
    (MINUTES, "an hour and a half", 90),
    (MINUTES, "1h30min", 90),
    (MINUTES, "1.5 hours", 90),
    (MINUTES, "30 min", 30),
    (MINUTES, "a day", 1440),
    (POINTS, "5/10", 5),
    (POINTS, "5 out of 10", 5),
    (POINTS, "none", 0),
    (POINTS, "seven", 7),
    (POINTS, "11", 11),
    (YEARS, "52 years", 52),
    (YEARS, "15", 15),
]
NOT_READ = [
    (POINTS, "5/9"),
    (POINTS, "3.5"),
    (POINTS, "3-4"),
    (POINTS, "3 4"),
    (POINTS, "5 kg"),
    (POINTS, "march"),
    (POINTS, "more than 5"),
    (MINUTES, "yesterday"),
    (MINUTES, "2026-11-01"),
    (YEARS, "1974-05-02"),
    (WEEKS, "3 kg"),
    (WEEKS, "2027-01-01"),
    (WEEKS, "2026-02-30"),
    (WEEKS, "03/04/2026"),
    (WEEKS, "since 2019"),
    (WEEKS, "in november"),
    (WEEKS, "ages"),
    (WEEKS, ""),
    (WEEKS, "-1"),
]


@pytest.mark.parametrize(("question", "said", "number"), READ)
def test_an_amount_is_read_in_the_unit_of_the_question(
    question: Question, said: str, number: int
) -> None:
    assert read_amount(question, said, TODAY) == number


@pytest.mark.parametrize(("question", "said"), NOT_READ)
def test_what_is_not_one_amount_is_not_read(question: Question, said: str) -> None:
    assert read_amount(question, said, TODAY) is None


def test_a_bare_year_is_no_number_of_weeks() -> None:
    assert is_bare_year(WEEKS, "2019")
    assert not is_bare_year(WEEKS, "26")
    assert not is_bare_year(replace(WEEKS, ask="Which year?"), "2019")


@given(days=st.integers(0, 20_000), form=st.sampled_from(["{:%Y-%m-%d}", "{:%d %B %Y}"]))
def test_a_day_is_as_long_ago_as_it_is(days: int, form: str) -> None:
    day = TODAY - datetime.timedelta(days=days)
    assert read_amount(WEEKS, form.format(day).lower(), TODAY) == days // 7


@given(number=st.integers(0, 999))
def test_whole_units_are_what_they_are(number: int) -> None:
    assert read_amount(WEEKS, f"{number} weeks", TODAY) == number
    assert read_amount(WEEKS, f"{number * 7} days", TODAY) == number


@given(said=st.text("0123456789 ./-,~aehijlmnorstuwyd", max_size=20))
def test_any_text_is_a_number_or_none(said: str) -> None:
    for question in (WEEKS, MINUTES, POINTS, YEARS):
        found = read_amount(question, " ".join(said.split()), TODAY)
        assert found is None or found >= 0
