"""What was found out about a rule before, so that one edit re-runs one rule.

An entry is asked for by a digest of everything it depends on, the program included. So an entry is
never out of date; it can only be missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Protocol

from screening.assess.assess import ConcludedCase
from screening.model.beneath import beneath
from screening.model.case_library import KnownCase
from screening.model.expr import findings_of
from screening.model.knowledge import KnowledgeBase
from screening.model.logic_digest import digest_of, logic_digest, vocabulary_digest
from screening.model.rule import Rule
from screening.model.vocabularies import Strength, Truth
from screening.testing.fixtures import AnswerSheet


class Memory(Protocol):
    """Texts kept under names; a text that is not there to be trusted is empty."""

    def take(self, name: str) -> str:
        """Return the text under a name, or nothing."""

    def put(self, name: str, text: str) -> None:
        """Keep a text under a name."""


class NoMemory:
    """Remembers nothing."""

    def take(self, name: str) -> str:  # noqa: ARG002 - the protocol's name
        """Return nothing."""
        return ""

    def put(self, name: str, text: str) -> None:
        """Keep nothing."""


class Addresses:
    """The names under which what is known about rules and cases of one knowledge base is kept."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self.vocabulary = vocabulary_digest(knowledge)
        self._concluded: dict[str, str] = {}
        self._resting: dict[str, str] = {}

    def rule(self, rule: Rule, named: tuple[AnswerSheet, ...] = ()) -> str:
        """Return a digest of a rule, all it rests on, its examples and the cases that name it."""
        rests = tuple(self.knowledge.rules[name] for name in self._below[rule.id])
        sheets = tuple(
            (
                sheet.name,
                sheet.answers,
                _in_order(sheet.findings),
                tuple(t for t in Truth if t in sheet.expect),
            )
            for sheet in named
        )
        return digest_of(self.vocabulary, rule, rule.examples, rests, sheets)

    def breaking(self, rule: Rule, place: str, case: KnownCase, concluded: ConcludedCase) -> str:
        """Return a digest of all that decides whether a mutant of a rule breaks a case.

        `place` is the digest of the rule. What can change are the truths of the rules that rest on
        it, so they count whole. Of others counts what they say, unless they are refuted.
        """
        if case.id not in self._concluded:
            self._concluded[case.id] = self._as_concluded(case, concluded)
        return digest_of(place, self._above(rule), self._concluded[case.id])

    def _above(self, rule: Rule) -> str:
        """Return a digest of the rules that rest on what a rule finds."""
        if rule.id not in self._resting:
            rules = self.knowledge.rules
            above = (rules[name] for name, below in self._below.items() if rule.id in below)
            self._resting[rule.id] = digest_of(*above)
        return self._resting[rule.id]

    @cached_property
    def _below(self) -> Mapping[str, tuple[str, ...]]:
        """The rules that each rule rests on."""
        found = {}
        for rule in self.knowledge.rules.values():
            steps = beneath(self.knowledge, rule)
            found[rule.id] = tuple(sorted(step for step in steps if isinstance(step, str)))
        return found

    def _as_concluded(self, case: KnownCase, concluded: ConcludedCase) -> str:
        """Return a digest of a case and of what rules say of it, or still could."""
        outcome, heads = concluded.outcome, self.knowledge.heads
        truths = tuple(
            (*head, outcome.heads[head])
            for head in heads
            if outcome.heads[head] is not Truth.FALSE
        )
        said = tuple(self._said[name] for name in dict.fromkeys(name for name, *_ in truths))
        open_ = concluded.assessment.open
        found = _in_order(outcome.findings)
        made = (concluded.case, concluded.answers, found, truths, open_)
        return digest_of(self.vocabulary, self._cells, case.expect, said, *made)

    @cached_property
    def _said(self) -> Mapping[str, str]:
        """What each rule says; what it avoids reaches depends on the findings it names."""
        return {
            rule.id: digest_of(rule.id, rule.then, rule.unknown, findings_of(rule.when))
            for rule in self.knowledge.live_rules
        }

    @cached_property
    def _cells(self) -> str:
        """Which cells the catalogue has: without one, what is avoided reaches further."""
        cells = (rule for rule in self.knowledge.live_rules if rule.cell)
        return digest_of(*((rule.id, rule.when) for rule in cells))

    def case(self, case: KnownCase) -> str:
        """Return a digest of a case, those it follows, and all of the knowledge that concludes."""
        chain = [case]
        while chain[-1].follows:
            chain.append(self.knowledge.cases[chain[-1].follows])
        return digest_of(self._logic, tuple(chain))

    @cached_property
    def _logic(self) -> str:
        return logic_digest(self.knowledge)


def _in_order(
    findings: Mapping[tuple[str, Strength], Truth],
) -> tuple[tuple[str, Strength, str], ...]:
    """Return findings in an order that does not depend on the engine."""
    return tuple(sorted((*named, truth.value) for named, truth in findings.items()))
