"""What fired rules say, as gates: the ground the combination stands on.

With referrals and clearances, and what they leave of exercise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from screening.compile.effective_answers import AnswersRead
from screening.compile.gates import Gates
from screening.model.circuit import Behind, Wire
from screening.model.conclusions import AVOIDS, Avoid, avoided_in, reached
from screening.model.knowledge import KnowledgeBase
from screening.model.program import Atom, FindingAtom, RuleAtom
from screening.model.rule import (
    AtClearance,
    AvoidExercise,
    Conclusion,
    Head,
    Reading,
    Refer,
    Rule,
)
from screening.model.vocabularies import Firmness, Level, Strength

Said = TypeVar("Said", bound=Conclusion)


class Tier(NamedTuple):
    """Rules that count while this tier is the first that is on."""

    when: Wire
    rules: tuple[Behind, ...]


@dataclass(frozen=True)
class Fired:
    """The conclusions of every rule, each with the gate of its rule."""

    knowledge: KnowledgeBase
    reading: AnswersRead
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


class _Referral(NamedTuple):
    """One rule refers at a level while the gate is on."""

    level: Level
    rule: Rule
    when: Wire


@dataclass(frozen=True)
class SafetyGates:
    """What comes before every exercise conclusion."""

    fired: Fired

    @cached_property
    def referrals(self) -> tuple[_Referral, ...]:
        """Every way to refer, most urgent first, then in order of rule id."""
        made = [
            _Referral(c.level, rule, when)
            for rule, c, when in self.fired.said
            if isinstance(c, Refer)
        ]
        for rule in self.fired.knowledge.live_rules:
            level = rule.level(Reading.POSSIBLE)
            if level > Level.NONE:
                unless = self.fired.gates.opposite(self.fired.certain(Head(rule.id)))
                possible = self.fired.certain(Head(rule.id, Reading.POSSIBLE))
                made.append(_Referral(level, rule, self.fired.gates.every(possible, unless)))
        return tuple(sorted(made, key=lambda m: (-m.level, m.rule.id)))

    def at_least(self, level: Level) -> tuple[Behind, ...]:
        """Return the rules that refer at a level or a more urgent one."""
        return tuple(Behind(m.rule.id, m.when) for m in self.referrals if m.level >= level)

    @cached_property
    def blocking(self) -> tuple[Behind, ...]:
        """The rules that withhold every exercise conclusion: urgent ones, else open ones."""
        urgent = self.at_least(Level.SAME_DAY)
        none = self.fired.gates.opposite(self.fired.any(urgent))
        return (*urgent, *self.fired.while_(none, self._open_alarms))

    @cached_property
    def _open_alarms(self) -> tuple[Behind, ...]:
        """The rules that could still refer today or now."""
        knowledge = self.fired.knowledge
        return tuple(
            Behind(head.rule, self.fired.waiting(head))
            for head in knowledge.heads
            if knowledge.rules[head.rule].level(head.reading) >= Level.SAME_DAY
        )

    @cached_property
    def blocked(self) -> Wire:
        """Whether a rule refers today or now, or still could, or an emergency is unasked."""
        return self.fired.gates.some(self.fired.any(self.blocking), self._unasked)

    @cached_property
    def _unasked(self) -> Wire:
        """Whether an emergency question is unasked."""
        gates, reading = self.fired.gates, self.fired.reading
        names = self.fired.knowledge.emergency_questions
        return gates.some(*(gates.opposite(reading.asked(name)) for name in names))

    def could_refer(self, level: Level) -> Wire:
        """Return whether nothing refers at a level or above yet, and something still could."""
        gates, knowledge = self.fired.gates, self.fired.knowledge
        waiting = (
            self.fired.waiting(head)
            for head in knowledge.heads
            if knowledge.rules[head.rule].level(head.reading) >= level
        )
        not_yet = gates.opposite(self.fired.any(self.at_least(level)))
        return gates.every(not_yet, gates.some(self._unasked, *waiting))

    @property
    def unblocked(self) -> Wire:
        """Whether there is positive clearance."""
        return self.fired.gates.opposite(self.blocked)

    @cached_property
    def leaving_light(self) -> tuple[Behind, ...]:
        """The rules that leave usual light activity only: a referral's, then a clearance's."""
        sooner = self.fired.any(self.at_least(Level.SAME_DAY))
        within = tuple(
            Behind(m.rule.id, m.when) for m in self.referrals if m.level is Level.WITHIN_DAYS
        )
        asked = (
            self.asking_for(clearance.id)
            for clearance in self.fired.knowledge.clearances.values()
            if clearance.only_light
        )
        return (
            *self.fired.while_(self.fired.gates.opposite(sooner), within),
            *(behind for rules in asked for behind in rules),
        )

    @property
    def leaves_light(self) -> Wire:
        """Whether usual light activity is all that is left."""
        return self.fired.any(self.leaving_light)

    def asking_for(self, clearance: str) -> tuple[Behind, ...]:
        """Return the rules that ask for a clearance, while none asks for a stricter one."""
        ranks = self.fired.knowledge.clearances
        here = ranks[clearance].rank
        stricter = self.fired.saying(AtClearance, lambda c: ranks[c.clearance].rank < here)
        strictest = self.fired.gates.opposite(self.fired.any(stricter))
        asking = self.fired.saying(AtClearance, lambda c: c.clearance == clearance)
        return self.fired.while_(strictest, asking)
