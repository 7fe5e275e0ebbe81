"""What one rule is read against: the answers of an example, or of a case that names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from screening.engines.applicable import with_harmless_rest, with_inapplicable
from screening.engines.kleene import Sides, counted, holds, sides
from screening.model.beneath import Beneath, beneath
from screening.model.expr import Expr
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Example, Head, Reading, Rule, Unsure
from screening.model.vocabularies import Level, Strength, Truth


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """Answers as read, the findings a rule can rest on, and what it must make of them.

    `expect` holds the truths that are right; `refers` is the level it must refer at, if that is
    said.
    """

    name: str
    answers: Mapping[str, Value]
    findings: Mapping[tuple[str, Strength], Truth]
    expect: frozenset[Truth]
    refers: Level | None = None

    def fits(self, knowledge: KnowledgeBase, rule: Rule | None) -> bool:
        """Tell whether a rule, which may be gone, does what is expected of it here."""
        if rule is None:
            return Truth.FALSE in self.expect and self.refers in {None, Level.NONE}
        certain = self.read(knowledge, rule, Reading.CERTAIN)
        if certain not in self.expect:
            return False
        if self.refers is None:
            return True
        truths = {reading: self.read(knowledge, rule, reading) for reading in rule.readings}
        return rule.refers(truths) is self.refers

    def read(self, knowledge: KnowledgeBase, rule: Rule, reading: Reading) -> Truth:
        """Return the truth of a rule's reading here."""
        return self.truth(knowledge, rule.when, rule.reads_unknown_as(reading))

    def truth(self, knowledge: KnowledgeBase, expr: Expr, unsure: Unsure) -> Truth:
        """Return the truth of a condition here."""
        return holds(expr, self.answers, self.findings, knowledge.members, unsure)


def example_answers(knowledge: KnowledgeBase, example: Example) -> Mapping[str, Value]:
    """Return the answers an example stands for."""
    if not example.harmless_rest:
        return example.given
    return with_harmless_rest(knowledge, example.given)


def example_sheets(knowledge: KnowledgeBase, rule: Rule) -> Iterator[AnswerSheet]:
    """Yield the examples of a rule as sheets, in order."""
    needed = beneath(knowledge, rule)
    for example in rule.examples:
        answers = with_inapplicable(knowledge, example_answers(knowledge, example))
        findings = derived_findings(knowledge, needed, answers)
        expect = frozenset((example.expect,))
        yield AnswerSheet(example.name, answers, findings, expect, example.refers)


def derived_findings(
    knowledge: KnowledgeBase,
    needed: Beneath,
    answers: Mapping[str, Value],
) -> Mapping[tuple[str, Strength], Truth]:
    """Return the truth of the needed findings, given answers as read."""
    heads: dict[Head, Sides] = {}
    findings: dict[tuple[str, Strength], Sides] = {}
    for step in knowledge.dependency_order if needed else ():
        if isinstance(step, Rule):
            if step.id in needed:
                heads[Head(step.id)] = sides(
                    step.when, answers, findings, knowledge.members, step.unsure
                )
        elif step in needed:
            findings[step] = counted((heads[Head(name)] for name in knowledge.finders[step]), 1)
    return {name: found.truth for name, found in findings.items()}
