"""The state of an interview: the fold of its events; every other state follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from screening.errors import assert_never
from screening.follow import Carried, still_valid
from screening.interview.events import (
    Answered,
    Entry,
    Event,
    Kept,
    Listed,
    Order,
    Resumed,
    Skipped,
    Undone,
    Unsure,
    Withdrawn,
)
from screening.model.case import Case, Earlier
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.words import ASKED_UNKNOWN, Level, Unknown


@dataclass(frozen=True, slots=True)
class Session:
    """One interview. `focus` is a question to ask next whatever the plan says.

    `earlier` is what the screening before left behind, and `known` are answers that need not be
    asked for, such as the weeks since then; an answer given comes before them.

    >>> first = Session().after(Answered("age", 40))
    >>> last = first.after(Undone())
    >>> dict(first.case().answers), dict(last.case().answers), last.focus
    ({'age': 40}, {}, 'age')

    """

    entries: tuple[Entry, ...] = ()
    order: Order = Order.ADAPTIVE
    client: str = ""
    follows: str = ""
    focus: str = ""
    earlier: Earlier | None = None
    known: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))

    def after(self, *events: Event) -> Session:
        """Return the session once more things have happened."""
        session = self
        for event in events:
            session = session._after(event)  # noqa: SLF001 - its own class
        return session

    def _after(self, event: Event) -> Session:
        match event:
            case Undone():
                return self._back()
            case Withdrawn(question):
                kept = (e for e in self.entries if getattr(e, "question", "") != question)
                return replace(self, entries=tuple(kept))
            case Resumed(order):
                kept = (e for e in self.entries if not isinstance(e, Skipped))
                return replace(self, entries=tuple(kept), order=order)
            case Unsure(question):
                return replace(self, entries=(*self.entries, event), focus=question)
            case Answered() | Skipped() | Listed() | Kept():
                return replace(self, entries=(*self.entries, event), focus="")
        assert_never(event)

    def _back(self) -> Session:
        if not self.entries:
            return self
        *kept, last = self.entries
        return replace(self, entries=tuple(kept), focus=getattr(last, "question", ""))

    def reply(self, question: Question, value: Value) -> Answered | Unsure:
        """Return what an answer is.

        The first `dont_know` or `declined` to an emergency question is noted, not taken
        (safety.md, S06 and G05).
        """
        if isinstance(value, Unknown) and self.wants_card(question, value):
            return Unsure(question.id, value)
        return Answered(question.id, value)

    def wants_card(self, question: Question, value: Value) -> bool:
        """Tell whether an answer is to be asked for again with the card."""
        urgent = question.safety is Level.EMERGENCY and value in ASKED_UNKNOWN
        return urgent and question.id not in self.pointed()

    def change(self, question: str) -> Session:
        """Return the session with a question to ask again."""
        return replace(self, focus=question)

    def stay(self) -> Session:
        """Return the session with nothing asked out of turn."""
        return replace(self, focus="")

    def given(self) -> dict[str, Value]:
        """Return the answers given, the latest last.

        An answer that was withdrawn for `dont_know` no longer counts, even before the card.
        """
        found: dict[str, Value] = {}
        for entry in self.entries:
            if isinstance(entry, Answered | Unsure):
                found.pop(entry.question, None)
            if isinstance(entry, Answered):
                found[entry.question] = entry.value
        return found

    def answers(self) -> dict[str, Value]:
        """Return the answers given and those known beforehand."""
        given = self.given()
        return {name: v for name, v in self.known.items() if name not in given} | given

    def carried(self, knowledge: KnowledgeBase) -> dict[str, Carried]:
        """Return the answers of earlier screenings that still count, in asking order."""
        return still_valid(knowledge, self.case())

    def standing(self, knowledge: KnowledgeBase) -> dict[str, Value]:
        """Return all answers that can be looked at and changed: given first, then carried."""
        carried = {name: one.value for name, one in self.carried(knowledge).items()}
        return self.answers() | carried

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
        return Case(
            self.answers(), listed.programme, listed.other, self.client, self.follows, self.earlier
        )


def from_case(case: Case) -> tuple[Entry, ...]:
    """Return what was said where a case's answers were given already."""
    entries: list[Entry] = [Answered(name, value) for name, value in case.answers.items()]
    if case.programme or case.other_exercises:
        entries.append(Listed(case.programme, case.other_exercises))
    return tuple(entries)
