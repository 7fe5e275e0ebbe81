"""The meaning: the truth of every rule and finding, straight from the knowledge as written.

It shares no code with lowering or Experta beyond the model, so that it can prove them wrong.
"""

from __future__ import annotations

from collections.abc import Mapping

from screening.engines.applicable import with_inapplicable
from screening.engines.kleene import Sides, counted, sides
from screening.model.case import Outcome
from screening.model.expr import Found
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Head, Rule
from screening.model.vocabularies import Strength


def evaluate(knowledge: KnowledgeBase, answers: Mapping[str, Value]) -> Outcome:
    """Return the truth of every rule and finding given some answers.

    Questions absent from `answers` were not asked. The outcome holds no firings: it says what
    is true, not by which facts.
    """
    heads, findings = both_sides(knowledge, answers)
    return Outcome(
        {head: heads[head].truth for head in knowledge.heads},
        {finding: found.truth for finding, found in findings.items()},
    )


def both_sides(
    knowledge: KnowledgeBase, answers: Mapping[str, Value]
) -> tuple[Mapping[Head, Sides], Mapping[tuple[str, Strength], Sides]]:
    """Return of every rule and finding whether it is certainly true, and certainly false."""
    read = with_inapplicable(knowledge, answers)
    heads: dict[Head, Sides] = {}
    findings: dict[tuple[str, Strength], Sides] = {}
    for step in knowledge.dependency_order:
        if isinstance(step, Rule) and isinstance(step.when, Found) and not step.unknown:
            heads[Head(step.id)] = findings[step.when.finding, step.when.strength]
        elif isinstance(step, Rule):
            for reading in step.readings:
                unsure = step.reads_unknown_as(reading)
                found = sides(step.when, read, findings, knowledge.members, unsure)
                heads[Head(step.id, reading)] = found
        else:
            finders = knowledge.finders[step]
            findings[step] = counted((heads[Head(name)] for name in finders), 1)
    return heads, findings
