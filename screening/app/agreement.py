"""From what was given, and what is asked for where somebody can be, to a clinician's agreement."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeVar

from screening.diagnostics import quoted, suggestion
from screening.errors import MisuseError
from screening.model.decision import Agreement
from screening.model.knowledge import KnowledgeBase
from screening.model.reply_slip import SlipAnswer, SlipField

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
    """What was given of a clinician's answer, as text."""

    by: str | None
    role: str | None
    on: str | None
    limits: tuple[str, ...]
    leave_out: tuple[str, ...]
    note: str
    seen: str | None = None
    answer: str | None = None
    until: str | None = None
    stop_if: str | None = None
    may_contact: str | None = None


class OnSlip(NamedTuple):
    """What a reply slip says beside an agreement; no answer is an agreement."""

    answer: SlipAnswer | None = None
    seen: datetime.date | None = None
    may_contact: str = ""

    @property
    def closes(self) -> bool:
        """Whether it can close the referral."""
        return self.answer is None or self.answer.closes


class SlipReply(NamedTuple):
    """A clinician's answer; `agreed` counts where it closes."""

    agreed: Agreement
    slip: OnSlip


def reply(
    given: AgreementGiven, knowledge: KnowledgeBase, today: datetime.date, typist: AgreementTypist
) -> SlipReply:
    """Return what a clinician answered; what is missing is asked for, in the order of the slip.

    All of the slip is asked for along with the name; whoever names the clinician as an option is
    done.

    Raises:
        MisuseError: when something is missing or cannot be used.

    """
    limits = tuple(limit(text, knowledge) for text in given.limits)
    if len({one for one, _ in limits}) < len(limits):
        raise bad("--limit", "a limit is given twice")
    left_out = tuple(left_out_of(text, knowledge) for text in given.leave_out)
    note = printable("--note", given.note) if given.note else ""
    asked = _Slip(typist, today, everything=given.by is None and typist.there())
    seen = asked.day("--seen", given.seen, SlipField.SEEN.label)
    slip = OnSlip(_answer(given, asked), seen)
    if asked.everything and slip.closes:
        left_out = left_out or _left_out(typist, knowledge)
        limits = limits or _limits(typist, knowledge)
    if slip.answer is SlipAnswer.WITH_LIMITS and not (limits or left_out or note):
        raise bad("--answer", "with limits, but none is given: --limit, --leave-out or --note")
    until = asked.day("--until", given.until, SlipField.UNTIL.label, past=False)
    stop_if = asked.line("--stop-if", given.stop_if, SlipField.STOP_IF.label)
    contact = asked.one_of("--may-contact", given.may_contact, SlipField.MAY_CONTACT.label, YES_NO)
    by = wanted(typist, "--by", given.by, "Name of the clinician", printable)
    say = "What is the clinician (GP, physiotherapist …)"
    role = wanted(typist, "--role", given.role, say, printable)
    say = f"Day it was said (as in {today.isoformat()})"
    on = wanted(typist, "--date", given.on, say, lambda _, text: day_of(text, today))
    left_out = tuple(dict.fromkeys(left_out))
    agreed = Agreement(by, role, on, tuple(sorted(limits)), left_out, note, until, stop_if)
    return SlipReply(agreed, slip._replace(may_contact=contact))


YES_NO = ("yes", "no")


def _answer(given: AgreementGiven, asked: _Slip) -> SlipAnswer | None:
    """Return the answer; None where none is given, and not all is asked for."""
    words = tuple(one.value for one in SlipAnswer)
    if given.answer is None and not asked.everything:
        return None
    say = f"{SlipField.ANSWER.label}: {', '.join(words)}"
    return SlipAnswer(
        wanted(asked.typist, "--answer", given.answer, say, lambda _, text: _word(text, words))
    )


def _word(text: str, words: tuple[str, ...], option: str = "--answer") -> str:
    said = "_".join(text.lower().split())
    if said not in words:
        raise bad(option, f"{quoted(text)} is no answer; {suggestion(said, words)}")
    return said


@dataclass(frozen=True, slots=True)
class _Slip:
    """Reads what may be left out; on a terminal it is asked for where `everything` is."""

    typist: AgreementTypist
    today: datetime.date
    everything: bool

    def _said(self, given: str | None, say: str, read: Callable[[str], T], none: T) -> T:
        if given is not None:
            return read(given)
        if not self.everything:
            return none
        say = f"{say} (Enter: not said)"
        return self.typist.typed(say, lambda text: read(text) if text else none)

    def day(
        self, option: str, given: str | None, say: str, *, past: bool = True
    ) -> datetime.date | None:
        """Return a day; one that has been, or one to come."""

        def read(text: str) -> datetime.date | None:
            day = day_of(text, self.today if past else datetime.date.max, option)
            if not past and day < self.today:
                raise bad(option, f"{day} is over; today is {self.today}")
            return day

        return self._said(given, say, read, None)

    def line(self, option: str, given: str | None, say: str) -> str:
        """Return words."""
        return self._said(given, say, lambda text: printable(option, text), "")

    def one_of(self, option: str, given: str | None, say: str, words: tuple[str, ...]) -> str:
        """Return one of some words."""
        say = f"{say} {' or '.join(words)}"
        return self._said(given, say, lambda text: _word(text, words, option), "")


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


def day_of(text: str, today: datetime.date, option: str = "--date") -> datetime.date:
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
        raise bad(option, f"expected a day like {like}, found {quoted(text)}")
    if day > today:
        raise bad(option, f"{day} is still to come; today is {today}")
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
