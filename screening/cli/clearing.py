"""From the options of `referral cleared`, and what is asked for on a terminal, to an agreement."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import click

from screening.diagnostics import quoted, suggestion
from screening.load.intake import exercise_names
from screening.model.decision import Agreement
from screening.model.knowledge import KnowledgeBase

LONGEST = 200  # characters of a name, a reason or a note
HIGHEST = 100  # of a limit, in its own unit
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Clearing:
    """The options of `cleared`, as given."""

    by: str | None
    role: str | None
    on: str | None
    limits: tuple[str, ...]
    leave_out: tuple[str, ...]
    note: str


def agreement(given: Clearing, knowledge: KnowledgeBase, today: datetime.date) -> Agreement:
    """Return what a clinician agreed to; on a terminal, what is missing is asked for.

    Limits are asked for along with the name; whoever names the clinician as an option is done.

    Raises:
        UsageError: when something is missing or cannot be used.

    """
    limits = tuple(limit(text, knowledge) for text in given.limits)
    if len({one for one, _ in limits}) < len(limits):
        raise bad("--limit", "a limit is given twice")
    left_out = tuple(left_out_of(text, knowledge) for text in given.leave_out)
    note = printable("--note", given.note) if given.note else ""
    by = wanted("--by", given.by, "Name of the clinician", printable)
    role = wanted("--role", given.role, "What is the clinician (GP, physiotherapist …)", printable)
    say = f"Day it was said (as in {today.isoformat()})"
    on = wanted("--date", given.on, say, lambda _, text: day_of(text, today))
    if given.by is None:
        limits = limits or _limits(knowledge)
        left_out = left_out or _left_out(knowledge)
    return Agreement(by, role, on, tuple(sorted(limits)), tuple(dict.fromkeys(left_out)), note)


def _limits(knowledge: KnowledgeBase) -> tuple[tuple[str, int], ...]:
    """Return the limits typed on the terminal."""
    found = []
    for one in knowledge.limits.values():
        say = f"{one.title}, at most ({one.unit}; Enter: no limit)"
        number = _typed(say, lambda text: number_of(text) if text else None)
        if number is not None:
            found.append((one.id, number))
    return tuple(found)


def _left_out(knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Return what is to be left out, as typed on the terminal."""
    found: list[str] = []
    while True:
        more = " more" if found else ""
        say = f"Leave out (an exercise or category; Enter: nothing{more})"
        name = _typed(say, lambda text: left_out_of(text, knowledge) if text else "")
        if not name:
            return tuple(found)
        found.append(name)


def limit(text: str, knowledge: KnowledgeBase) -> tuple[str, int]:
    """Return a limit from `LIMIT=N`.

    Raises:
        BadParameter: when it cannot be used.

    """
    name, equals, number = (part.strip() for part in text.partition("="))
    if not equals:
        expected = f"expected LIMIT=N, as in `{next(iter(knowledge.limits))}=2`"
        raise bad("--limit", f"{expected}, found {quoted(text)}")
    if name not in knowledge.limits:
        help_ = suggestion(name, knowledge.limits)
        raise bad("--limit", f"no limit {quoted(name)}; {help_}")
    return name, number_of(number)


def number_of(text: str) -> int:
    """Return the number of a limit.

    Raises:
        BadParameter: when it is none.

    """
    if not (text.isascii() and text.isdecimal() and int(text[:9]) <= HIGHEST):
        expected = f"expected a whole number, 0 to {HIGHEST}"
        raise bad("--limit", f"{expected}, found {quoted(text)}")
    return int(text)


def left_out_of(text: str, knowledge: KnowledgeBase) -> str:
    """Return the id of a category or exercise that is to be left out.

    Raises:
        BadParameter: when there is none of that name.

    """
    name = " ".join(text.lower().split())
    if name in knowledge.categories:
        return name
    exercises = exercise_names(knowledge)
    if name not in exercises:
        help_ = suggestion(name, (*knowledge.categories, *exercises))
        raise bad("--leave-out", f"no category or exercise {quoted(text)}; {help_}")
    return exercises[name]


def day_of(text: str, today: datetime.date) -> datetime.date:
    """Return a day that has been.

    Raises:
        BadParameter: when it is none, or still to come.

    """
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # later Pythons read other forms too
        raise bad("--date", f"expected a day like {today.isoformat()}, found {quoted(text)}")
    if day > today:
        raise bad("--date", f"{day} is still to come; today is {today}")
    return day


def wanted(option: str, given: str | None, say: str, read: Callable[[str, str], T]) -> T:
    """Return what an option says; where it is missing, it is asked for until it can be used.

    Raises:
        UsageError: when it cannot be used, or is missing and there is no terminal.

    """
    if given is not None:
        return read(option, given)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError(f"{option} is missing, and there is no terminal to ask on")
    return _typed(say, lambda text: read(option, text))


def _typed(say: str, read: Callable[[str], T]) -> T:
    """Return what is typed, asked for until it can be used."""
    while True:
        text = click.prompt(say, default="", show_default=False, err=True).strip()
        try:
            return read(text)
        except click.BadParameter as error:
            click.echo(error.message, err=True)


def printable(option: str, text: str) -> str:
    """Return a text as it is kept.

    Raises:
        BadParameter: when it is empty, too long, or cannot be printed.

    """
    said = text.strip()
    if not said or not said.isprintable():
        raise bad(option, "words that can be printed are expected")
    if len(said) > LONGEST:
        raise bad(option, f"at most {LONGEST} characters are expected, found {len(said)}")
    return said


def bad(option: str, message: str) -> click.BadParameter:
    """Return the error for an option that cannot be used."""
    return click.BadParameter(message, param_hint=option)
