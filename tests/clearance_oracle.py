"""Positive clearance, said once: when an exercise conclusion may be given at all."""

from __future__ import annotations

from screening.assess.assess import ConcludedCase
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Level, Truth


def clearance_breaches(knowledge: KnowledgeBase, concluded: ConcludedCase) -> list[str]:
    """Return why exercise conclusions should not have been given; nothing when none were."""
    made = concluded.assessment
    if not (made.recommend or made.programme or made.avoid or made.limits):
        return []
    found = [
        f"{name} is not answered"
        for name in knowledge.emergency_questions
        if name not in concluded.answers
    ]
    found += [
        f"{head.rule} ({head.reading.value}) is {truth.value}"
        for head, truth in concluded.outcome.heads.items()
        if knowledge.rules[head.rule].level(head.reading) >= Level.SAME_DAY
        and truth is not Truth.FALSE
    ]
    return found
