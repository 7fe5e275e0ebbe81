"""A knowledge base with a mutant in the place of its rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from screening.load.conclusions import reached
from screening.model.expr import Found, findings_of
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import AvoidDemand, Conclusion, Rule
from screening.mutation.operators.mutant import Mutant


def planted(knowledge: KnowledgeBase, mutant: Mutant) -> KnowledgeBase:
    """Return the knowledge with a mutant in it.

    Without a cell of the catalogue, the directions that are avoided reach its exercise as well.
    """
    rules = {name: rule for name, rule in knowledge.rules.items() if name != mutant.rule}
    if mutant.mutated is None and knowledge.rules[mutant.rule].cell:
        return replace(knowledge, rules=_aimed(knowledge, rules))
    if mutant.mutated is not None:
        rules[mutant.rule] = mutant.mutated
    return replace(knowledge, rules=rules)


def _aimed(knowledge: KnowledgeBase, rules: Mapping[str, Rule]) -> Mapping[str, Rule]:
    verdicts: dict[str, set[str]] = {exercise: set() for exercise in knowledge.exercises}
    for rule in rules.values():
        if rule.cell and isinstance(rule.when, Found):
            verdicts[rule.id.partition(".")[0]].add(rule.when.finding)

    def aim(rule: Rule, conclusion: Conclusion) -> Conclusion:
        if not isinstance(conclusion, AvoidDemand):
            return conclusion
        findings = findings_of(rule.when)
        hit = reached(knowledge.exercises, verdicts, conclusion.direction, findings)
        return replace(conclusion, exercises=hit)

    return {
        name: replace(rule, then=tuple(aim(rule, said) for said in rule.then))
        for name, rule in rules.items()
    }
