"""From an amount as people say it to the whole number a question takes."""

from __future__ import annotations

import calendar
import datetime
import math
import re
from collections.abc import Iterator
from fractions import Fraction

from screening.model.question import Question
from screening.model.units import DAYS, turned, unit_of

WORDS: tuple[str, ...] = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight")
WORDS += ("nine", "ten", "eleven", "twelve")
MONTHS = tuple(name.lower() for name in calendar.month_name[1:])
ROUGHLY = re.compile(r"^(?:(?:about|around|roughly|some|for|since|on|in)\s+|~\s*)+")
WHO_IS = re.compile(r"^(?:i|he|she|it)(?: am| is| was|'m|'s)\s+")
HALVES = (
    (r"\bhalf an? (\w+)", r"0.5 \1"),
    (r"\ban? half (\w+)", r"0.5 \1"),
    (r"\b(?:an?|one) ([a-z]+) and a half\b", r"1.5 \1"),
    (r"\b(\d+) (?:and a half|1/2)\b", r"\1.5"),
    (r"\b(\d+)½", r"\1.5"),
)
PART = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(?![0-9])\s*([a-z]*)[\s,]*(?:and\s+)?")
OUT_OF = re.compile(r"([0-9]{1,9})\s*(?:/|out of|of)\s*([0-9]{1,9})")
ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")
DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
YEARS = range(1900, 2101)
MIDDLE = 15  # the day taken where only a month is said
FOUR = 4  # digits of a year
SHORTEST = 3  # letters of a month's name


def read_amount(question: Question, said: str, today: datetime.date | None) -> int | None:
    """Return the whole number meant by a plain text; None where it is not one amount.

    Units of time are turned into the question's, in whole ones: six weeks and a half are six. A
    day answers what asks how long ago, where `today` is known. What is out of range comes back all
    the same.
    """
    text = ROUGHLY.sub("", WHO_IS.sub("", said))
    if match := OUT_OF.fullmatch(text):
        return int(match[1]) if int(match[2]) == question.high else None
    if asks_how_old(question):
        text = text.removesuffix(" old")
    if asks_how_long_ago(question):
        text = text.removesuffix(" ago")
        day = None if today is None else _day(text, today)
        if day is not None and today is not None and day <= today:
            return math.floor((today - day).days / DAYS[unit_of(question.unit)])
        if text != said and _year(text) is not None:
            return None  # "since 2019" without a today
    return _counted(text, question)


def asks_how_long_ago(question: Question) -> bool:
    """Tell whether a day is an answer: the question says `ago`, and its unit is one of days."""
    return " ago" in question.ask and unit_of(question.unit) in DAYS


def asks_how_old(question: Question) -> bool:
    """Tell whether the question is about an age."""
    return question.ask.startswith("How old ")


def is_bare_year(question: Question, said: str) -> bool:
    """Tell whether a number may be a year where it would be taken for how long ago."""
    return asks_how_long_ago(question) and _year(said) is not None


def _counted(text: str, question: Question) -> int | None:
    total, unit = Fraction(0), unit_of(question.unit.lower())
    if text == "none":  # of points or of flares; no age is none, and no day
        return None if asks_how_long_ago(question) or asks_how_old(question) else 0
    parts = tuple(_parts(text))
    for number, named in parts:
        amount = turned(number, named or unit, unit)
        if amount is None:
            return None
        total += amount
    converted = any(named and unit_of(named) != unit for _, named in parts)
    if not parts or (total.denominator > 1 and not converted):
        return None
    return math.floor(total)


def _parts(text: str) -> Iterator[tuple[Fraction, str]]:
    """Yield the numbers of a text with their units; nothing where it says anything else."""
    for pattern, instead in HALVES:
        text = re.sub(pattern, instead, text)
    text = re.sub(r"^an? (?=[a-z])", "1 ", text)
    text = re.sub(r"\b[a-z]+\b", lambda word: _digits(word[0]), text)
    found, end = [], 0
    while end < len(text) and (match := PART.match(text, end)):
        found.append((Fraction(match[1]), match[2]))
        end = match.end()
    if end == len(text) and (len(found) == 1 or all(unit for _, unit in found)):
        yield from found


def _digits(word: str) -> str:
    return str(WORDS.index(word)) if word in WORDS else word


def _day(text: str, today: datetime.date) -> datetime.date | None:
    """Return the day a text names, the last one of that name before today."""
    if text in {"today", "yesterday"}:
        return today - datetime.timedelta(days=text == "yesterday")
    if match := ISO.fullmatch(text):
        year, month, day = match.groups()
        return _date(int(year), int(month), int(day or MIDDLE))
    if match := DOTTED.fullmatch(text):
        return _date(int(match[3]), int(match[2]), int(match[1]))
    return _named_day(text, today)


def _named_day(text: str, today: datetime.date) -> datetime.date | None:
    """Return the day of `3 march 2026`, `march 3`, `last march`, in any order."""
    words = re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", r"\1", text.removeprefix("last "))
    day = year = month = None
    for one in words.replace(",", " ").replace(" of ", " ").split():
        if year is None and (year := _year(one)) is not None:
            continue
        if day is None and one.isdecimal() and len(one) < SHORTEST:
            day = int(one)
        elif (place := _month(one)) is not None and month is None:
            month = place
        else:
            return None
    if month is None or (month == today.month and day is None and year is None):
        return None  # this year's or last year's
    found = _date(year or today.year, month, day or MIDDLE)
    if found is not None and found > today and year is None:
        found = _date(today.year - 1, month, day or MIDDLE)
    return found


def _year(word: str) -> int | None:
    return int(word) if len(word) == FOUR and word.isdecimal() and int(word) in YEARS else None


def _month(word: str) -> int | None:
    found = [n for n, name in enumerate(MONTHS, start=1) if name.startswith(word)]
    return found[0] if len(found) == 1 and len(word) >= SHORTEST else None


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
