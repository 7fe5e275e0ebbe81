"""From what was said to what is asked next, and how much can be left.

Emergency questions come first, in file order, and none is left out. An emergency stops at once;
a same-day referral asks only what could still make it an emergency, and a rule that ends the
interview leaves no more than that to ask. After that, topic by topic:
adaptive asks what can still change a conclusion, weightiest first; fixed asks all that applies.
A follow-up begins with the weeks since last time, because they decide which answers still count,
and asks again about each movement that brought the pain on: what no longer hurts comes back.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from screening.assess.fired_conclusions import Effects
from screening.assess.relevant_questions import askable, live_questions
from screening.engines.applicable import parents, with_harmless_rest, with_inapplicable
from screening.engines.reference import evaluate
from screening.follow import in_force
from screening.interview.session import Order, Session
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Topic, Value
from screening.model.rule import Confirm
from screening.model.vocabularies import Effect, Level

WEIGHTS = {"monitor": 2, "routine": 20, "within_days": 100, "same_day": 1000, "emergency": 10000}
"""What a referral weighs against other conclusions, which weigh 1 each (design: safety first)."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask a question. `card`: again, with the card; `again`: it was skipped or answered before."""

    question: str
    could_change: tuple[str, ...] = ()
    card: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class AskList:
    """Ask several questions that stand in a tick list at once, those that are due of it."""

    tick_list: str
    questions: tuple[str, ...]
    could_change: tuple[str, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class AskProgramme:
    """Ask for the current programme."""


@dataclass(frozen=True, slots=True)
class Settle:
    """Answers do not fit together by this rule: show them, and let them be changed or kept."""

    rule: str


@dataclass(frozen=True, slots=True)
class Finish:
    """Nothing is left to ask."""


Step = Ask | AskList | AskProgramme | Settle | Finish


@dataclass(frozen=True, slots=True)
class Plan:
    """The next step, how many answers there are, how many questions are left, what is flagged.

    What is asked with one prompt counts as one. `left` is the most there can be; `about` how
    many if every answer from now on is harmless. In a follow-up, `left` counts on what is
    carried: an answer that ends that raises it. `flagged` are the rules that refer at the `level`
    reached.
    """

    step: Step
    answered: int
    left: int
    about: int
    level: Level
    flagged: tuple[str, ...] = ()


class Planner:
    """Plans interviews over one knowledge base."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge

    def plan(self, session: Session) -> Plan:
        """Return what comes next."""
        view = _View(self, session)
        level = view.effects.level
        answered = len(session.answers())
        return Plan(view.step(), answered, view.left, view.about, level, view.flagged)

    @cached_property
    def emergency(self) -> frozenset[str]:
        """The questions never left out: emergency ones and those that decide if they apply."""
        found: set[str] = set()
        waiting = list(self.knowledge.emergency_questions)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += parents(self.knowledge, name)
        return frozenset(found)

    @cached_property
    def first(self) -> tuple[str, ...]:
        """The questions asked first, in file order, each follow-up with its parents."""
        found: list[str] = []
        for question in self.knowledge.questions.values():
            above = parents(self.knowledge, question.id)
            follows = bool(above) and self.emergency.issuperset(above)
            follows &= all(
                self.knowledge.questions[name].topic == question.topic for name in above
            )
            if question.id in self.emergency or follows:
                found.append(question.id)
        return tuple(found)

    @cached_property
    def opening_topics(self) -> frozenset[str]:
        """The topics before the first that asks about movements: then comes the programme."""
        topics = [topic.id for topic in self.knowledge.topics]
        moving = {q.topic for q in self.knowledge.questions.values() if q.is_movement}
        return frozenset(itertools.takewhile(lambda topic: topic not in moving, topics))


@dataclass(frozen=True)
class _View:
    """One session, looked at once."""

    planner: Planner
    session: Session

    @cached_property
    def counting(self) -> Mapping[str, Value]:
        return in_force(self.planner.knowledge, self.session.case())

    @cached_property
    def answers(self) -> Mapping[str, Value]:
        return with_inapplicable(self.planner.knowledge, self.counting)

    @cached_property
    def effects(self) -> Effects:
        return Effects(self.planner.knowledge, evaluate(self.planner.knowledge, self.counting))

    @cached_property
    def live(self) -> Mapping[str, tuple[str, ...]]:
        listed = self.session.listed()
        known = listed is not None and not listed.more
        programme = listed.programme if listed and known else None
        return live_questions(self.effects, self.answers, programme)

    @property
    def flagged(self) -> tuple[str, ...]:
        level = self.effects.level
        return tuple(rule.id for at, rule, _ in self.effects.referrals if at is level)

    @cached_property
    def skips(self) -> Mapping[str, int]:
        return self.session.skips()

    @property
    def ends(self) -> bool:
        """Whether a rule ends the interview: this is not for the client, whatever else is said."""
        return bool(self.effects.ended)

    @cached_property
    def wanted(self) -> tuple[str, ...]:
        """The questions to ask some time, in file order."""
        if self.ends:
            names: Iterable[str] = (n for n in self.live if n in self.planner.emergency)
        elif self.session.order is Order.ADAPTIVE or self.effects.level >= Level.SAME_DAY:
            names = self.live
        else:
            questions = self.planner.knowledge.questions.values()
            names = (q.id for q in questions if q.id not in self.answers and q.derived is None)
        wanted = tuple(name for name in names if self.skips.get(name, 0) <= 1)
        first = (name for name in (*self.since, *self.again) if name not in wanted)
        return (*first, *wanted)

    @cached_property
    def again(self) -> tuple[str, ...]:
        """The movements that hurt last time and count as they were then, to be tried again."""
        over = self.effects.level >= Level.SAME_DAY or self.ends
        if self.session.earlier is None or over:
            return ()
        carried = self.session.carried(self.planner.knowledge)
        hurt = (name for name, one in carried.items() if one.value in Effect.PROVOKE.answers)
        moving = (n for n in hurt if self.planner.knowledge.questions[n].is_movement)
        return tuple(name for name in moving if self.skips.get(name, 0) <= 1)

    @property
    def since(self) -> tuple[str, ...]:
        """The question for the weeks since last time, while it is open in a follow-up."""
        gap, earlier = self.planner.knowledge.gap, self.session.earlier
        due = gap and earlier is not None and not earlier.anew and gap not in self.counting
        return (gap,) if due and self.skips.get(gap, 0) <= 1 else ()

    @property
    def left(self) -> int:
        """How many questions can be left at most; adding answers never raises it."""
        return self.prompts(self.wanted) + self.wants_programme

    @property
    def about(self) -> int:
        """How many questions are left if every answer from now on is harmless."""
        rest = with_harmless_rest(self.planner.knowledge, self.counting)
        some = [name for name in self.wanted if name in rest or name in self.again]
        return self.prompts(some) + self.wants_programme

    def prompts(self, names: Iterable[str]) -> int:
        """Return how many prompts it takes to ask so many questions at most.

        What is asked first is not asked in one prompt with the rest of its tick list.
        """
        lists, first = self.planner.knowledge.list_of, self.planner.first
        return len({(lists[n].id, n in first) if n in lists else n for n in names})

    @property
    def wants_programme(self) -> bool:
        over = self.effects.level >= Level.SAME_DAY or self.ends
        return self.session.wants_programme and not over

    def step(self) -> Step:
        if self.session.focus is not None:
            return self.focused(self.session.focus)
        if self.effects.level is Level.EMERGENCY:
            return Finish()
        rule = next(self.unsettled(), None)
        if rule is not None:
            return Settle(rule)
        return next(self.in_turn(), Finish())

    def unsettled(self) -> Iterator[str]:
        """Yield the rules that say answers do not fit together and were not looked at."""
        kept = self.session.kept()
        for rule, conclusion in self.effects.said():
            if isinstance(conclusion, Confirm) and rule.id not in kept:
                yield rule.id

    def in_turn(self) -> Iterator[Step]:
        """Yield what is still to ask, best first."""
        yield from self.asking(self.ready(self.since, skipped=False))
        yield from self.first()
        if self.effects.level >= Level.SAME_DAY:
            yield from self.asking(self.ready(self.wanted, skipped=False))
        else:
            for topic in self.planner.knowledge.topics:
                if self.wants_programme and topic.id not in self.planner.opening_topics:
                    yield AskProgramme()
                yield from self.asking(self.of(topic))
            if self.wants_programme:
                yield AskProgramme()
        yield from self.asking(self.ready(self.wanted, skipped=True))

    def first(self) -> Iterator[Step]:
        """Yield the emergency questions not asked yet, then those that were skipped."""
        due = [
            name
            for name in self.planner.first
            if name in self.planner.emergency or name in self.wanted
        ]
        yield from self.asking(self.ready(due, skipped=False))
        yield from self.asking(self.ready(due, skipped=True))

    def of(self, topic: Topic) -> Iterator[str]:
        """Yield a topic's questions, weightiest first (fixed: in file order)."""
        questions = self.planner.knowledge.questions
        names = tuple(
            self.ready((n for n in self.wanted if questions[n].topic == topic.id), skipped=False)
        )
        if self.session.order is Order.FIXED:
            return iter(names)
        return iter(sorted(names, key=lambda name: -weight(self.live.get(name, ()))))

    def ready(self, names: Iterable[str], *, skipped: bool) -> Iterator[str]:
        """Yield those that can be asked now and were skipped once, or not at all."""
        for name in names:
            known = name in self.answers and name not in self.again
            due = not known and self.skips.get(name, 0) == int(skipped)
            if due and askable(self.effects, self.answers, name):
                yield name

    def asking(self, names: Iterable[str]) -> Iterator[Step]:
        """Yield the prompts that ask these: one for all that stand in the same tick list.

        What is asked again with its card is asked by itself.
        """
        due = tuple(names)
        asked: set[str] = set()
        for name in due:
            together = tuple(n for n in due if self.listed_with(name, n))
            if name not in asked:
                yield self.ask(name) if len(together) < 2 else self.ask_list(together)  # noqa: PLR2004
            asked.update(together)

    def listed_with(self, name: str, other: str) -> bool:
        """Tell whether two questions can be asked in the same tick list."""
        lists, pointed = self.planner.knowledge.list_of, self.session.pointed()
        same = name in lists and lists.get(other) is lists[name]
        return same and name not in pointed and other not in pointed

    def ask_list(self, names: Iterable[str]) -> AskList:
        lists = self.planner.knowledge.list_of
        due = frozenset(names)
        tick_list = lists[next(iter(due))]
        items = tuple(name for name in tick_list.items if name in due)
        could = dict.fromkeys(one for name in items for one in self.live.get(name, ()))
        again = any(name in self.skips for name in items)
        return AskList(tick_list.id, items, tuple(could), again)

    def focused(self, name: str) -> Step:
        """Return the step for what is to be asked whatever else is due: a question or a list."""
        knowledge = self.planner.knowledge
        standing = self.session.standing(knowledge)
        if name in knowledge.tick_lists:
            items = knowledge.tick_lists[name].items
            due = tuple(n for n in items if n in standing or n in self.wanted)
            return self.ask_list(due or items)
        if name in standing:
            return self.ask(name)
        open_now = (n for n in self.ready(self.wanted, skipped=False) if n != name)
        return next(self.asking((name, *open_now)))

    def ask(self, name: str) -> Ask:
        return Ask(
            question=name,
            could_change=self.live.get(name, ()),
            card=name in self.session.pointed() and name not in self.answers,
            again=name in self.skips,
        )


def weight(targets: Iterable[str]) -> int:
    """Return how much these conclusions weigh together.

    >>> weight(["same_day", "walk"])
    1001
    """
    return sum(WEIGHTS.get(target, 1) for target in targets)
