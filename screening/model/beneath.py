"""What a rule rests on by way of findings."""

from __future__ import annotations

from typing import TypeAlias

from screening.model.expr import findings_of
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Rule
from screening.model.vocabularies import Strength

Beneath: TypeAlias = "frozenset[str | tuple[str, Strength]]"


def beneath(knowledge: KnowledgeBase, rule: Rule) -> Beneath:
    """Return the rules and the strengths of findings a rule rests on, at any strength of them."""
    needed: set[str | tuple[str, Strength]] = set()
    waiting = list(findings_of(rule.when))
    while waiting:
        finding = waiting.pop()
        for strength in Strength:
            if (finding, strength) not in needed:
                needed.add((finding, strength))
                finders = knowledge.finders[finding, strength]
                needed.update(finders)
                for name in finders:
                    waiting += findings_of(knowledge.rules[name].when)
    return frozenset(needed)
