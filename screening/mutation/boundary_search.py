"""Clients that tell a mutant from its rule, near the examples that are there already.

A client one answer away from an example reads like one; that is why the search begins there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from screening.engines.applicable import parents, with_inapplicable
from screening.model.beneath import Beneath, beneath
from screening.model.expr import Compare, Reaches, asked_in, findings_of, leaves
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.rule import Example, Reading, Rule
from screening.model.vocabularies import Level, Strength, Truth, Unknown
from screening.mutation.mutant import Mutant
from screening.testing.fixtures import (
    AnswerSheet,
    derived_findings,
    example_answers,
)

AnswerChange = Mapping[str, Value | None]
AnswerChanges = Callable[[Example], Iterator[AnswerChange]]
NOT_ASKED = None
MOST_IN_PAIRS = 8  # questions; beyond, trying every two answers takes too long to wait for
BY_EXPECT = {Truth.TRUE: 0, Truth.FALSE: 1, Truth.UNDECIDED: 2}  # the plainest clients first


@dataclass(frozen=True, slots=True)
class Boundary:
    """A client near a boundary of a rule: as an example, and which mutants it kills.

    `near` is the example it was made from, if any, and `changed` the answers that were changed in
    it; a question that is no longer answered has None.
    """

    rule: str
    example: Example
    near: Example | None
    changed: tuple[tuple[str, Value | None], ...]
    kills: tuple[Mutant, ...]


@dataclass(frozen=True)
class Search:
    """Looks for clients around the examples of one rule."""

    knowledge: KnowledgeBase
    rule: Rule

    def found(self, mutants: Sequence[Mutant]) -> tuple[Boundary, ...]:
        """Return few clients that together kill as many of the mutants as can be found."""
        alive = list(mutants)
        chosen: list[Boundary] = []
        for changes in (self._one_answer, self._one_finding, self._two_answers):
            tried = self._tried(alive, changes) if alive else ()
            while alive:
                best = max(tried, key=lambda one: _worth(one, alive), default=None)
                if best is None or not _killed(best, alive):
                    break
                chosen.append(replace(best, kills=tuple(_killed(best, alive))))
                alive = [mutant for mutant in alive if mutant not in best.kills]
        return tuple(chosen)

    def with_answers(self, answers: Mapping[str, Value], mutant: Mutant) -> Boundary | None:
        """Return a client with just these answers, if they tell a mutant from the rule."""
        made = self._judged(Example("", dict(answers), Truth.UNDECIDED), (mutant,))
        if made is None:
            return None
        example, kills = made
        return Boundary(self.rule.id, example, None, tuple(answers.items()), kills)

    def _tried(self, mutants: Sequence[Mutant], changes: AnswerChanges) -> tuple[Boundary, ...]:
        """Return the clients so far away from an example that kill any of the mutants."""
        seen = {self._key(example) for example in self.rule.examples}
        found = []
        for near in self.rule.examples:
            for changed in changes(near):
                given = {**near.given, **changed}
                told = {name: value for name, value in given.items() if value is not NOT_ASKED}
                example = replace(near, name="", given=told, refers=None)
                if self._key(example) in seen:
                    continue
                seen.add(self._key(example))
                made = self._judged(example, mutants)
                if made is not None:
                    example, kills = made
                    found.append(
                        Boundary(self.rule.id, example, near, tuple(changed.items()), kills)
                    )
        return tuple(found)

    @staticmethod
    def _key(example: Example) -> tuple[object, ...]:
        return (example.harmless_rest, *sorted(example.given.items(), key=str))

    def _one_answer(self, near: Example) -> Iterator[AnswerChange]:
        for question in self._questions:
            yield from ({question.id: value} for value in self._other(question, near))

    def _one_finding(self, near: Example) -> Iterator[AnswerChange]:
        """Yield what makes a rule fire that finds something this rule names."""
        for finding in findings_of(self.rule.when):
            for name in self.knowledge.finders[finding, Strength.SUSPECTED]:
                for example in self.knowledge.rules[name].examples:
                    if example.expect is Truth.TRUE:
                        yield {q: v for q, v in example.given.items() if near.given.get(q) != v}

    def _two_answers(self, near: Example) -> Iterator[AnswerChange]:
        own = asked_in(self.rule.when, self.knowledge.members)[:MOST_IN_PAIRS]
        for first, second in combinations([self.knowledge.questions[name] for name in own], 2):
            for one in self._other(first, near):
                yield from ({first.id: one, second.id: two} for two in self._other(second, near))

    def _other(self, question: Question, near: Example) -> Iterator[Value | None]:
        now = near.given.get(question.id)
        yield from (value for value in self._values(question) if value != now)
        if now is not None:
            yield NOT_ASKED

    def _judged(
        self, example: Example, mutants: Iterable[Mutant]
    ) -> tuple[Example, tuple[Mutant, ...]] | None:
        """Return a client with what the rule makes of it, and the mutants that differ there."""
        answers = with_inapplicable(self.knowledge, example_answers(self.knowledge, example))
        findings = derived_findings(self.knowledge, self._beneath, answers)
        sheet = AnswerSheet("", answers, findings, frozenset())
        truths = {r: sheet.read(self.knowledge, self.rule, r) for r in self.rule.readings}
        certain = truths[Reading.CERTAIN]
        level = self.rule.refers(truths) if self._refers else None
        sheet = replace(sheet, expect=frozenset((certain,)), refers=level)
        kills = tuple(m for m in mutants if not sheet.fits(self.knowledge, m.mutated))
        if not kills:
            return None
        said = replace(sheet, refers=None)
        plain = all(not said.fits(self.knowledge, m.mutated) for m in kills)
        return replace(example, expect=certain, refers=None if plain else level), kills

    @cached_property
    def _refers(self) -> bool:
        return self.rule.level(Reading.CERTAIN) > Level.NONE

    @cached_property
    def _beneath(self) -> Beneath:
        return beneath(self.knowledge, self.rule)

    @cached_property
    def _questions(self) -> tuple[Question, ...]:
        """The questions the rule rests on, and those that decide whether they apply."""
        below = [step for step in self._beneath if isinstance(step, str)]
        rules = [self.rule, *(self.knowledge.rules[name] for name in sorted(below))]
        named: dict[str, None] = {}
        for rule in rules:
            for name in asked_in(rule.when, self.knowledge.members):
                named.update(dict.fromkeys((*parents(self.knowledge, name), name)))
        return tuple(q for q in self.knowledge.questions.values() if q.id in named)

    def _values(self, question: Question) -> Iterator[Value]:
        if question.is_number:
            yield from self._numbers.get(question.id, ())
        yield from question.words
        yield Unknown.DONT_KNOW

    @cached_property
    def _numbers(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers on both sides of each comparison, by question."""
        found: dict[str, set[int]] = {}
        below = [self.knowledge.rules[n] for n in self._beneath if isinstance(n, str)]
        for rule in (self.rule, *below):
            for leaf in leaves(rule.when):
                if isinstance(leaf, Compare):
                    question = self.knowledge.questions[leaf.question]
                    around = {leaf.number - 1, leaf.number, leaf.number + 1}
                    legal = {n for n in around if question.low <= n <= question.high}
                    found.setdefault(leaf.question, set()).update(legal)
                for item in leaf.score.items if isinstance(leaf, Reaches) else ():
                    ends = {end for low, high, _ in item.ranges for end in (low, high)}
                    found.setdefault(item.question, set()).update(ends)
        return {name: tuple(sorted(numbers)) for name, numbers in found.items()}


def _killed(one: Boundary, alive: Sequence[Mutant]) -> list[Mutant]:
    return [mutant for mutant in one.kills if mutant in alive]


def _worth(one: Boundary, alive: Sequence[Mutant]) -> tuple[int, int, int, int]:
    """Return how good a client is: kills, then that it is settled, by answers, by few of them."""
    expect = BY_EXPECT[one.example.expect]
    vague = sum(isinstance(value, Unknown | None) for _, value in one.changed)
    return len(_killed(one, alive)), -expect, -vague, -len(one.example.given)
