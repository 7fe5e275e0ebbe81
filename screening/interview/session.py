"""What was said so far, as a log: every other state of an interview follows from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from screening.model.case import Case
from screening.model.question import Question, Value
from screening.model.words import ASKED_UNKNOWN, Level, Unknown


@dataclass(frozen=True, slots=True)
class Answered:
    """A question was answered; a later answer to the same question replaces it."""

    question: str
    value: Value


@dataclass(frozen=True, slots=True)
class Unsure:
    """An emergency question got no value the first time; it is asked again with the card."""

    question: str
    value: Unknown


@dataclass(frozen=True, slots=True)
class Skipped:
    """A question was put off; the second time it is left open."""

    question: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The current programme so far: exercise ids, and names the catalogue lacks.

    `more` while further names are asked for.
    """

    programme: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """Answers that do not fit together were looked at and kept; named by the rule."""

    rule: str


Entry = Answered | Unsure | Skipped | Listed | Kept


class Order(Enum):
    """How questions after the emergency ones are chosen."""

    ADAPTIVE = "adaptive"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Session:
    """One interview. `focus` is a question to ask next whatever the plan says.

    >>> first = Session().add(Answered("age", 40))
    >>> dict(first.case().answers), dict(first.back().case().answers), first.back().focus
    ({'age': 40}, {}, 'age')

    """

    entries: tuple[Entry, ...] = ()
    order: Order = Order.ADAPTIVE
    client: str = ""
    follows: str = ""
    focus: str = ""

    def add(self, entry: Entry) -> Session:
        """Return the session with one more thing said."""
        return replace(self, entries=(*self.entries, entry), focus="")

    def answer(self, question: Question, value: Value) -> Session:
        """Return the session with an answer.

        The first `dont_know` or `declined` to an emergency question is noted, not taken
        (safety.md, S06 and G05).
        """
        if isinstance(value, Unknown) and self.wants_card(question, value):
            return replace(self.add(Unsure(question.id, value)), focus=question.id)
        return self.add(Answered(question.id, value))

    def wants_card(self, question: Question, value: Value) -> bool:
        """Tell whether an answer is to be asked for again with the card."""
        urgent = question.safety is Level.EMERGENCY and value in ASKED_UNKNOWN
        return urgent and question.id not in self.pointed()

    def back(self) -> Session:
        """Return the session without the last thing said, which is asked again."""
        if not self.entries:
            return self
        *kept, last = self.entries
        focus = getattr(last, "question", "")
        return replace(self, entries=tuple(kept), focus=focus)

    def change(self, question: str) -> Session:
        """Return the session with a question to ask again."""
        return replace(self, focus=question)

    def stay(self) -> Session:
        """Return the session with nothing asked out of turn."""
        return replace(self, focus="")

    def unskipped(self) -> Session:
        """Return the session in which whatever was skipped may be asked again."""
        kept = tuple(entry for entry in self.entries if not isinstance(entry, Skipped))
        return replace(self, entries=kept)

    def answers(self) -> dict[str, Value]:
        """Return the answers in force, the latest last.

        An answer that was withdrawn for `dont_know` no longer counts, even before the card.
        """
        found: dict[str, Value] = {}
        for entry in self.entries:
            if isinstance(entry, Answered | Unsure):
                found.pop(entry.question, None)
            if isinstance(entry, Answered):
                found[entry.question] = entry.value
        return found

    def listed(self) -> Listed | None:
        """Return the programme, or None when it was not asked for."""
        given = [entry for entry in self.entries if isinstance(entry, Listed)]
        return given[-1] if given else None

    @property
    def wants_programme(self) -> bool:
        """Whether the programme, or the rest of it, is still to be asked."""
        listed = self.listed()
        return listed is None or listed.more

    def skips(self) -> dict[str, int]:
        """Return how often each unanswered question was skipped."""
        found: dict[str, int] = {}
        for entry in self.entries:
            if isinstance(entry, Skipped):
                found[entry.question] = found.get(entry.question, 0) + 1
            elif isinstance(entry, Answered):
                found.pop(entry.question, None)
        return found

    def pointed(self) -> frozenset[str]:
        """Return the emergency questions that were asked again with the card."""
        return frozenset(entry.question for entry in self.entries if isinstance(entry, Unsure))

    def kept(self) -> frozenset[str]:
        """Return the rules whose answers were looked at and kept."""
        return frozenset(entry.rule for entry in self.entries if isinstance(entry, Kept))

    def case(self) -> Case:
        """Return the case as it stands."""
        listed = self.listed() or Listed()
        return Case(self.answers(), listed.programme, listed.other, self.client, self.follows)


def from_case(case: Case, order: Order) -> Session:
    """Return a session in which a case's answers were given already."""
    entries: list[Entry] = [Answered(name, value) for name, value in case.answers.items()]
    if case.programme or case.other_exercises:
        entries.append(Listed(case.programme, case.other_exercises))
    return Session(tuple(entries), order, case.client, case.follows)
