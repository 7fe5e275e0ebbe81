"""Referrals and clearances as gates, and what they leave of exercise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from screening.compile.circuit.rule_effects import Fired
from screening.model.circuit import Behind, Wire
from screening.model.rule import AtClearance, Head, Reading, Refer, Rule
from screening.model.vocabularies import Level


class _Referral(NamedTuple):
    """One rule refers at a level while the gate is on."""

    level: Level
    rule: Rule
    when: Wire


@dataclass(frozen=True)
class Safety:
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
        gates, reading = self.fired.gates, self.fired.reading
        unasked = (
            gates.opposite(reading.asked(name))
            for name in self.fired.knowledge.emergency_questions
        )
        return gates.some(self.fired.any(self.blocking), *unasked)

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
