"""A case with one answer changed, derived from what was derived before.

The reference derives the first outcome; of the next ones only what asks about a changed answer, or
rests on a finding that turned out otherwise, is derived again, by the same functions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from screening.assess import ConcludedCase
from screening.assess.conflict_resolution import combine
from screening.assess.fired_conclusions import Effects, agreement
from screening.engines.applicable import with_inapplicable
from screening.engines.kleene import ReadAnswers, Sides, counted, sides
from screening.engines.reference import both_sides
from screening.follow import in_force
from screening.model.case import Case, Outcome
from screening.model.expr import asked_in, found_in
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Head, Rule
from screening.model.vocabularies import Strength

Findings = dict[tuple[str, Strength], Sides]


@dataclass(frozen=True)
class Nearby:
    """A case from which others with one answer changed are derived."""

    knowledge: KnowledgeBase
    case: Case

    def preview(self, changed: Case) -> ConcludedCase:
        """Return what the reference derives of a case; for searching, not for display.

        What is still open is left out of the assessment: it is the slowest part, and what looks
        at it works it out by itself.
        """
        counting = in_force(self.knowledge, changed)
        read = with_inapplicable(self.knowledge, counting)
        heads, findings = self._again(read)
        outcome = Outcome(
            {head: heads[head].truth for head in self.knowledge.heads},
            {finding: found.truth for finding, found in findings.items()},
        )
        effects = Effects(self.knowledge, outcome, agreement(changed))
        return ConcludedCase(changed, read, outcome, combine(effects, read, changed, live={}))

    @cached_property
    def _counting(self) -> Mapping[str, Value]:
        return in_force(self.knowledge, self.case)

    @cached_property
    def _read(self) -> ReadAnswers:
        return with_inapplicable(self.knowledge, self._counting)

    @cached_property
    def _before(self) -> tuple[Mapping[Head, Sides], Mapping[tuple[str, Strength], Sides]]:
        return both_sides(self.knowledge, self._counting)

    @cached_property
    def _asked(self) -> Mapping[str, frozenset[str]]:
        """The questions that each rule asks about."""
        members = self.knowledge.members
        return {r.id: frozenset(asked_in(r.when, members)) for r in self.knowledge.live_rules}

    @cached_property
    def _found(self) -> Mapping[str, frozenset[str]]:
        """The findings that each rule rests on."""
        rules = self.knowledge.live_rules
        return {r.id: frozenset(leaf.finding for leaf in found_in(r.when)) for r in rules}

    def _again(self, read: ReadAnswers) -> tuple[Mapping[Head, Sides], Findings]:
        """Return both sides of every rule and finding, as `both_sides` would."""
        heads = dict(self._before[0])
        findings = dict(self._before[1])
        changed, otherwise = _changed(self._read, read), set[str]()
        for step in self.knowledge.dependency_order:
            if not isinstance(step, Rule):
                finders = self.knowledge.finders[step]
                if otherwise or changed:
                    now = counted((heads[Head(name)] for name in finders), 1)
                    if now != findings[step]:
                        findings[step] = now
                        otherwise.add(step[0])
            elif self._asked[step.id] & changed or self._found[step.id] & otherwise:
                for reading in step.readings:
                    unsure = step.reads_unknown_as(reading)
                    members = self.knowledge.members
                    found = sides(step.when, read, findings, members, unsure)
                    heads[Head(step.id, reading)] = found
        return heads, findings


def _changed(one: ReadAnswers, other: ReadAnswers) -> set[str]:
    """Return the questions that are read otherwise."""
    names = {*one, *other}
    return {
        name
        for name in names
        if one.get(name) != other.get(name) or one.beside.get(name) != other.beside.get(name)
    }
