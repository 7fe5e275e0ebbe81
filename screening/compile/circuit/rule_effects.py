"""What fired rules say, as gates: the ground the combination stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from screening.compile.circuit.effective_answers import Reading
from screening.compile.circuit.gates import Gates
from screening.model.circuit import Behind, Wire
from screening.model.conclusions import AVOIDS, Avoid, avoided_in, reached
from screening.model.knowledge import KnowledgeBase
from screening.model.program import Atom, FindingAtom, RuleAtom
from screening.model.rule import (
    AvoidExercise,
    Conclusion,
    Head,
    Rule,
)
from screening.model.vocabularies import Firmness, Strength

Said = TypeVar("Said", bound=Conclusion)


class Tier(NamedTuple):
    """Rules that count while this tier is the first that is on."""

    when: Wire
    rules: tuple[Behind, ...]


@dataclass(frozen=True)
class Fired:
    """The conclusions of every rule, each with the gate of its rule."""

    knowledge: KnowledgeBase
    reading: Reading
    decided: Mapping[Atom, Wire]

    @property
    def gates(self) -> Gates:
        """The gates written so far."""
        return self.reading.gates

    def certain(self, head: Head) -> Wire:
        """Return whether a reading of a rule is certainly true."""
        return self.decided[RuleAtom(head, truth=True)]

    def waiting(self, head: Head) -> Wire:
        """Return whether a reading of a rule is undecided."""
        settled = (self.decided[RuleAtom(head, truth)] for truth in (True, False))
        return self.gates.opposite(self.gates.some(*settled))

    @cached_property
    def said(self) -> tuple[tuple[Rule, Conclusion, Wire], ...]:
        """Every conclusion, in order of rule id, with whether its rule fires."""
        return tuple(
            (rule, conclusion, self.certain(Head(rule.id)))
            for rule in self.knowledge.live_rules
            for conclusion in rule.then
        )

    def saying(self, kind: type[Said], about: Callable[[Said], bool]) -> tuple[Behind, ...]:
        """Return the rules that say one kind of thing, in order of id."""
        found = (
            Behind(rule.id, when)
            for rule, conclusion, when in self.said
            if isinstance(conclusion, kind) and about(conclusion)
        )
        return tuple(dict.fromkeys(found))

    def any(self, rules: Iterable[Behind]) -> Wire:
        """Return whether any of these rules stands behind something."""
        return self.gates.some(*(when for _, when in rules))

    def while_(self, when: Wire, rules: Iterable[Behind]) -> tuple[Behind, ...]:
        """Return the rules, each only while a gate is on."""
        return tuple(Behind(rule, self.gates.every(when, fires)) for rule, fires in rules)

    def first_of(self, tiers: Iterable[Tier]) -> tuple[Behind, ...]:
        """Return the rules of the first tier that is on."""
        found: list[Behind] = []
        earlier = self.gates.OFF
        for tier in tiers:
            here = self.gates.every(tier.when, self.gates.opposite(earlier))
            found += self.while_(here, tier.rules)
            earlier = self.gates.some(earlier, tier.when)
        return tuple(found)

    def reaches(self, conclusion: Conclusion) -> tuple[str, ...]:
        """Return the exercises a conclusion avoids or modifies."""
        return reached(conclusion, self.knowledge.exercises_in)

    @cached_property
    def _avoids(self) -> Mapping[tuple[str, str], tuple[tuple[str, Avoid, Wire], ...]]:
        """The avoids of each thing, by kind and id, in order of rule id."""
        found: dict[tuple[str, str], list[tuple[str, Avoid, Wire]]] = {}
        for rule, conclusion, when in self.said:
            if isinstance(conclusion, AVOIDS):
                for target in avoided_in(conclusion, self.knowledge.exercises_in):
                    found.setdefault(target, []).append((rule.id, conclusion, when))
        return {target: tuple(avoids) for target, avoids in found.items()}

    @property
    def avoidable(self) -> tuple[tuple[str, str], ...]:
        """The things that rules avoid, by kind and id, in the order an assessment lists them."""
        return tuple(sorted(self._avoids))

    def avoiding(self, kind: str, target: str) -> tuple[Behind, ...]:
        """Return the rules that avoid something."""
        avoids = self._avoids.get((kind, target), ())
        return tuple(dict.fromkeys(Behind(rule, when) for rule, _, when in avoids))

    def avoided_hard(self, kind: str, target: str) -> Wire:
        """Return whether a rule avoids something firmly, now that what it follows is known."""
        gates = self.gates
        return gates.some(
            *(gates.every(when, self._hard(c)) for _, c, when in self._avoids[kind, target])
        )

    def _hard(self, conclusion: Avoid) -> Wire:
        if conclusion.firmness is Firmness.HARD:
            return self.gates.ON
        if isinstance(conclusion, AvoidExercise) and conclusion.follows:
            return self.decided[FindingAtom(conclusion.follows, Strength.SUPPORTED, truth=True)]
        return self.gates.OFF
