"""Alternatives that the same finding avoids."""

from __future__ import annotations

from screening.diagnostics import Code, Problems
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import AvoidExercise


def avoided_alternatives(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each alternative of the catalogue that is itself avoided for the same finding."""
    avoided: set[tuple[str, str]] = set()
    offers = []
    for rule in knowledge.live_rules:
        for conclusion in rule.then:
            if isinstance(conclusion, AvoidExercise) and conclusion.follows:
                avoided.add((conclusion.exercise, conclusion.follows))
                offers.append((rule, conclusion))
    for rule, offer in offers:
        for alternative in offer.instead:
            if (alternative, offer.follows) in avoided:
                message = f"`{rule.id}` offers `{alternative}`, which `{offer.follows}` avoids too"
                problems.add(Code.avoided_alternative, rule.at, message)
