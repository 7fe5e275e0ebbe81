"""The state of an interview: the fold of its events; every other state follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from screening.engines.applicable import applies, parents, with_inapplicable
from screening.follow import Carried, in_force, still_valid
from screening.interview.amount import asks_how_long_ago
from screening.interview.asked import digest_in_list, digest_of, said
from screening.model.case import Case, Earlier
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.tick_list import TickList
from screening.model.vocabularies import ASKED_UNKNOWN, Level, Truth, Unknown
from screening.records.event import (
    BY_SETTINGS,
    Answered,
    CaseEvent,
    Changed,
    Kept,
    Listed,
    Resumed,
    Skipped,
    Started,
    TakenBack,
    Unsure,
    Withdrawn,
)

Entry = Answered | Changed | Unsure | Skipped | Listed | Kept
"""What can be said, and taken back."""
MOOT = "it no longer applies"
"""Why what was said to a follow-up is withdrawn when the answer it hangs on changes."""


class Order(Enum):
    """How questions after the emergency ones are chosen."""

    ADAPTIVE = "adaptive"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Session:
    """One interview. `focus` is a question to ask next whatever the plan says.

    `earlier` is what the screening before left behind.

    >>> first = Session().after(Answered("age", 40))
    >>> last = first.after(TakenBack())
    >>> dict(first.case().answers), dict(last.case().answers), last.focus
    ({'age': 40}, {}, 'age')

    """

    entries: tuple[Entry, ...] = ()
    order: Order = Order.ADAPTIVE
    client: str | None = None
    follows: str | None = None
    focus: str | None = None
    earlier: Earlier | None = None

    def after(self, *events: CaseEvent) -> Session:
        """Return the session once more has happened; what concludes or prints changes nothing."""
        session = self
        for event in events:
            session = session._after(event)
        return session

    def _after(self, event: CaseEvent) -> Session:
        match event:
            case Answered() | Changed() | Unsure() | Skipped() | Listed() | Kept():
                focus = event.question if isinstance(event, Unsure) else None
                return replace(self, entries=(*self.entries, event), focus=focus)
            case TakenBack():
                return self._back()
            case Withdrawn(question):
                kept = (e for e in self.entries if getattr(e, "question", None) != question)
                return replace(self, entries=tuple(kept))
            case Started(order, follows=follows):
                return replace(self, order=Order(order), follows=follows or None)
            case Resumed(order):
                kept = (e for e in self.entries if not isinstance(e, Skipped))
                return replace(self, entries=tuple(kept), order=Order(order))
            case _:
                return self

    def _back(self) -> Session:
        if not self.entries:
            return self
        *kept, last = self.entries
        return replace(self, entries=tuple(kept), focus=getattr(last, "question", None))

    def reply(
        self,
        knowledge: KnowledgeBase,
        question: str,
        value: Value,
        tick_list: TickList | None = None,
    ) -> tuple[CaseEvent, ...]:
        """Return what an answer is, and what it does to follow-ups that no longer apply after it.

        The first `dont_know` or `declined` to an emergency question is noted, not taken
        (safety.md, S06 and G05). What a movement does stands on its own.
        """
        taken = self._taken(knowledge.questions[question], value, tick_list)
        events: list[CaseEvent] = [taken]
        session, changed = self.after(*events), {question}
        answered = session.answers()
        for other in knowledge.conditional_questions:
            if other.id not in answered or other.is_movement:
                continue
            if changed.isdisjoint(parents(knowledge, other.id)):
                continue
            without = session.after(Withdrawn(other.id, MOOT))
            if without.rules_out(knowledge, other):
                events.append(Withdrawn(other.id, MOOT))
                session = without
                changed.add(other.id)
        return tuple(events)

    def ticked(
        self, knowledge: KnowledgeBase, tick_list: TickList, values: Mapping[str, Value]
    ) -> tuple[CaseEvent, ...]:
        """Return what an answer to each of some items is, one after the other."""
        events: list[CaseEvent] = []
        session = self
        for name, value in values.items():
            taken = session.reply(knowledge, name, value, tick_list)
            events += taken
            session = session.after(*taken)
        return tuple(events)

    def last_said(self, knowledge: KnowledgeBase) -> int:
        """Return how many entries at the end were said with one prompt, as in a list."""
        names: set[str] = set()
        last: tuple[TickList | None, bool] | None = None
        for entry in reversed(self.entries):
            asked_in = _listed_in(knowledge, entry), isinstance(entry, Skipped)
            name = getattr(entry, "question", "")
            if last is not None and (last[0] is None or asked_in != last or name in names):
                break
            last = asked_in
            names.add(name)
        return len(names)

    @property
    def said_here(self) -> bool:
        """Whether the last entry was said here: what the settings give is not taken back."""
        last = self.entries[-1] if self.entries else None
        given = isinstance(last, Answered | Changed) and last.said.endswith(BY_SETTINGS)
        return last is not None and not given

    def rules_out(self, knowledge: KnowledgeBase, question: Question) -> bool:
        """Tell whether a question certainly does not apply."""
        read = with_inapplicable(knowledge, in_force(knowledge, self.case()))
        return applies(knowledge, question, read) is Truth.FALSE

    def _taken(
        self, question: Question, value: Value, tick_list: TickList | None
    ) -> Answered | Changed | Unsure:
        """Return an answer with the wording it was given to."""
        wording = digest_of(question) if tick_list is None else digest_in_list(tick_list, question)
        words = said(question, value)
        if isinstance(value, Unknown) and self.wants_card(question, value):
            return Unsure(question.id, value, wording, words)
        before = self.answers().get(question.id)
        if before is None:
            return Answered(question.id, value, wording, words)
        return Changed(question.id, value, before, wording, words)

    def wants_card(self, question: Question, value: Value) -> bool:
        """Tell whether an answer is to be asked for again with the card."""
        urgent = question.safety is Level.EMERGENCY and value in ASKED_UNKNOWN
        return urgent and question.id not in self.pointed()

    def change(self, question: str) -> Session:
        """Return the session with a question to ask again."""
        return replace(self, focus=question)

    def stay(self) -> Session:
        """Return the session with nothing asked out of turn."""
        return replace(self, focus=None)

    def answers(self) -> dict[str, Value]:
        """Return the answers given, the latest last.

        An answer that was withdrawn for `dont_know` no longer counts, even before the card.
        """
        found: dict[str, Value] = {}
        for entry in self.entries:
            if isinstance(entry, Answered | Changed | Unsure):
                found.pop(entry.question, None)
            if isinstance(entry, Answered | Changed):
                found[entry.question] = entry.value
        return found

    def carried(self, knowledge: KnowledgeBase) -> dict[str, Carried]:
        """Return the answers of earlier screenings that still count, in asking order."""
        return still_valid(knowledge, self.case())

    def standing(self, knowledge: KnowledgeBase) -> dict[str, Value]:
        """Return all answers that can be looked at and changed: given first, then carried."""
        carried = {name: one.value for name, one in self.carried(knowledge).items()}
        return self.answers() | carried

    def reckoned(self, knowledge: KnowledgeBase, question: Question) -> int | None:
        """Return how long ago something is by now, by last time's answer and the time since."""
        gap = knowledge.questions.get(knowledge.gap)
        if self.earlier is None or self.earlier.anew or gap is None or question.gap:
            return None
        if question.unit != gap.unit or not asks_how_long_ago(question):
            return None
        then, since = self.earlier.answers.get(question.id), self.answers().get(gap.id)
        if not isinstance(then, int) or not isinstance(since, int):
            return None
        return min(then + since, question.high)

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
            elif isinstance(entry, Answered | Changed):
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
            self.answers(),
            listed.programme,
            listed.other,
            self.client or "",
            self.follows or "",
            self.earlier,
        )


def _listed_in(knowledge: KnowledgeBase, entry: Entry) -> TickList | None:
    """Return the tick list that something was said in; None where it was said by itself."""
    if not isinstance(entry, Answered | Changed | Unsure | Skipped):
        return None
    tick_list, question = (
        knowledge.list_of.get(entry.question),
        knowledge.questions.get(entry.question),
    )
    if tick_list is None or question is None or isinstance(entry, Skipped):
        return tick_list
    return tick_list if entry.wording == digest_in_list(tick_list, question) else None


def from_case(knowledge: KnowledgeBase, case: Case) -> tuple[Entry, ...]:
    """Return what was said where a case's answers were given already."""
    entries: list[Entry] = []
    for name, value in case.answers.items():
        question = knowledge.questions[name]
        entries.append(Answered(name, value, digest_of(question), said(question, value)))
    if case.programme or case.other_exercises:
        entries.append(Listed(case.programme, case.other_exercises))
    return tuple(entries)
