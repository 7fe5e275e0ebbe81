"""What explanations stand on: a concluded case, its firings and its combination."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from screening.assess import Assessor, ConcludedCase
from screening.assess.conflict_resolution import Combination
from screening.assess.fired_conclusions import Effects, agreement
from screening.assess.plan import planned
from screening.explain.nearby import Nearby
from screening.model.assessment import Assessment, Planned
from screening.model.case import Case, Firing
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Head, Reading
from screening.model.vocabularies import Truth


@dataclass(frozen=True)
class Ground:
    """A concluded case, and the assessor to ask what other answers would give."""

    assessor: Assessor
    concluded: ConcludedCase

    @staticmethod
    def of(assessor: Assessor, case: Case) -> Ground:
        """Return the ground of a case, concluded by both engines.

        Raises:
            DisagreementError: when the engines differ.

        """
        return Ground(assessor, assessor.conclude(case))

    @property
    def knowledge(self) -> KnowledgeBase:
        """The knowledge the case was concluded with."""
        return self.assessor.knowledge

    @property
    def assessment(self) -> Assessment:
        """What was concluded."""
        return self.concluded.assessment

    @property
    def answers(self) -> Mapping[str, Value]:
        """The answers, with `NOT_APPLICABLE` where a question does not apply."""
        return self.concluded.answers

    @cached_property
    def effects(self) -> Effects:
        """What the fired rules add up to, before anything is withheld."""
        case = self.concluded.case
        return Effects(self.knowledge, self.concluded.outcome, agreement(case))

    @cached_property
    def combination(self) -> Combination:
        """How the effects were combined."""
        return Combination(self.effects, self.answers, self.concluded.case)

    @cached_property
    def firings(self) -> Mapping[str, Firing]:
        """The firing of each rule that fired, as written before with unknown answers met."""
        found: dict[str, Firing] = {}
        for firing in self.concluded.outcome.firings:
            if firing.head.reading is Reading.CERTAIN or firing.head.rule not in found:
                found[firing.head.rule] = firing
        return found

    def truth(self, rule: str) -> Truth:
        """Return the truth of a rule's condition as written; a retired rule is never true."""
        return self.concluded.outcome.heads.get(Head(rule), Truth.FALSE)

    def fired(self, rules: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of the rules whose condition is certainly true."""
        return tuple(rule for rule in rules if self.truth(rule) is Truth.TRUE)

    def plan(self, exercise: str) -> Planned:
        """Return the verdict on an exercise, as if it were in the programme."""
        case = self.concluded.case
        live = self.combination.live if exercise in case.programme else self._live_with_all
        return planned(self.effects, exercise, live)

    @cached_property
    def _live_with_all(self) -> Mapping[str, tuple[str, ...]]:
        """What is still open if the programme held the whole catalogue."""
        case = replace(self.concluded.case, programme=tuple(self.knowledge.exercises))
        return Combination(self.effects, self.answers, case).live

    def with_number(self, question: str, number: int) -> Ground:
        """Return the ground with one number changed, as the reference derives it."""
        if (question, number) not in self._variants:
            case = self.concluded.case
            changed = replace(case, answers={**case.answers, question: number})
            variant = Ground(self.assessor, self._nearby.preview(changed))
            self._variants[question, number] = variant
        return self._variants[question, number]

    @cached_property
    def _nearby(self) -> Nearby:
        return Nearby(self.knowledge, self.concluded.case)

    @cached_property
    def _variants(self) -> dict[tuple[str, int], Ground]:
        """The variants made so far: ranges of several targets ask for the same ones."""
        return {}
