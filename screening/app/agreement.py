"""From what was given, and what is asked for where somebody can be, to a clinician's agreement."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from screening.diagnostics import quoted, suggestion
from screening.errors import MisuseError
from screening.model.decision import Agreement
from screening.model.knowledge import KnowledgeBase

LONGEST = 200  # characters of a name, a reason or a note
SHORTEST_REASON = 10  # characters; a word is no reason
LIKE = datetime.date(2026, 3, 2)  # a day to show how days are written, where none is near
HIGHEST = 100  # of a limit, in its own unit
T = TypeVar("T")


class AgreementTypist(Protocol):
    """Who is asked for what is missing, if anybody is there."""

    def there(self) -> bool:
        """Tell whether somebody can be asked."""

    def typed(self, say: str, read: Callable[[str], T]) -> T:
        """Return what is typed, asked for until it can be read without a `MisuseError`."""


@dataclass(frozen=True, slots=True)
class AgreementGiven:
    """What was given of an agreement, as text."""

    by: str | None
    role: str | None
    on: str | None
    limits: tuple[str, ...]
    leave_out: tuple[str, ...]
    note: str


def agreement(
    given: AgreementGiven, knowledge: KnowledgeBase, today: datetime.date, typist: AgreementTypist
) -> Agreement:
    """Return what a clinician agreed to; what is missing is asked for where somebody can be.

    Limits are asked for along with the name; whoever names the clinician as an option is done.

    Raises:
        MisuseError: when something is missing or cannot be used.

    """
    limits = tuple(limit(text, knowledge) for text in given.limits)
    if len({one for one, _ in limits}) < len(limits):
        raise bad("--limit", "a limit is given twice")
    left_out = tuple(left_out_of(text, knowledge) for text in given.leave_out)
    note = printable("--note", given.note) if given.note else ""
    by = wanted(typist, "--by", given.by, "Name of the clinician", printable)
    say = "What is the clinician (GP, physiotherapist …)"
    role = wanted(typist, "--role", given.role, say, printable)
    say = f"Day it was said (as in {today.isoformat()})"
    on = wanted(typist, "--date", given.on, say, lambda _, text: day_of(text, today))
    if given.by is None:
        limits = limits or _limits(typist, knowledge)
        left_out = left_out or _left_out(typist, knowledge)
    return Agreement(by, role, on, tuple(sorted(limits)), tuple(dict.fromkeys(left_out)), note)


def _limits(typist: AgreementTypist, knowledge: KnowledgeBase) -> tuple[tuple[str, int], ...]:
    """Return the limits typed on the terminal."""
    found = []
    for one in knowledge.limits.values():
        say = f"{one.title}, at most ({one.unit}; Enter: no limit)"
        number = typist.typed(say, lambda text: number_of(text) if text else None)
        if number is not None:
            found.append((one.id, number))
    return tuple(found)


def _left_out(typist: AgreementTypist, knowledge: KnowledgeBase) -> tuple[str, ...]:
    """Return what is to be left out, as typed on the terminal."""
    found: list[str] = []
    while True:
        more = " more" if found else ""
        say = f"Leave out (an exercise or category; Enter: nothing{more})"
        name = typist.typed(say, lambda text: left_out_of(text, knowledge) if text else "")
        if not name:
            return tuple(found)
        found.append(name)


def limit(text: str, knowledge: KnowledgeBase) -> tuple[str, int]:
    """Return a limit from `LIMIT=N`.

    Raises:
        MisuseError: when it cannot be used.

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
        MisuseError: when it is none.

    """
    if not (text.isascii() and text.isdecimal() and int(text[:9]) <= HIGHEST):
        expected = f"expected a whole number, 0 to {HIGHEST}"
        raise bad("--limit", f"{expected}, found {quoted(text)}")
    return int(text)


def left_out_of(text: str, knowledge: KnowledgeBase) -> str:
    """Return the id of a category or exercise that is to be left out.

    Raises:
        MisuseError: when there is none of that name.

    """
    name = " ".join(text.lower().split())
    if name in knowledge.categories:
        return name
    exercises = knowledge.exercise_names
    if name not in exercises:
        help_ = suggestion(name, (*knowledge.categories, *exercises))
        raise bad("--leave-out", f"no category or exercise {quoted(text)}; {help_}")
    return exercises[name]


def day_of(text: str, today: datetime.date) -> datetime.date:
    """Return a day that has been.

    Raises:
        MisuseError: when it is none, or still to come.

    """
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # later Pythons read other forms too
        like = min(today, LIKE).isoformat()
        raise bad("--date", f"expected a day like {like}, found {quoted(text)}")
    if day > today:
        raise bad("--date", f"{day} is still to come; today is {today}")
    return day


def wanted(
    typist: AgreementTypist,
    option: str,
    given: str | None,
    say: str,
    read: Callable[[str, str], T],
) -> T:
    """Return what an option says; where it is missing, it is asked for until it can be used.

    Raises:
        MisuseError: when it cannot be used, or is missing and nobody can be asked.

    """
    if given is not None:
        return read(option, given)
    if not typist.there():
        raise MisuseError(f"{option} is missing, and there is no terminal to ask on")
    return typist.typed(say, lambda text: read(option, text))


def printable(option: str, text: str) -> str:
    """Return a text as it is kept.

    Raises:
        MisuseError: when it is empty, too long, or cannot be printed.

    """
    said = text.strip()
    if not said or not said.isprintable():
        raise bad(option, "words that can be printed are expected")
    if len(said) > LONGEST:
        raise bad(option, f"at most {LONGEST} characters are expected, found {len(said)}")
    return said


def sentence(option: str, text: str) -> str:
    """Return a sentence as it is kept.

    Raises:
        MisuseError: when it is shorter than any reason.

    """
    reason = printable(option, text)
    if len(reason) < SHORTEST_REASON:
        raise bad(option, f"a sentence is expected, found {quoted(reason)}")
    return reason


def bad(option: str, message: str) -> MisuseError:
    """Return the error for an option that cannot be used."""
    return MisuseError(message, option)
