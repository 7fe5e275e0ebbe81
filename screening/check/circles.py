"""Findings that depend on each other, and questions asked after those that depend on them."""

from __future__ import annotations

from screening.diagnostics import Code, Problems
from screening.errors import CircularFindingsError
from screening.model.expr import asked_in
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Strength


def circular_findings(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note one circle of rules and findings, if there is any."""
    try:
        _ = knowledge.dependency_order
    except CircularFindingsError as error:
        steps = [_name(step) for step in error.circle]
        rules = [step for step in steps if step in knowledge.rules]
        message = f"findings depend on each other: {' ← '.join([*steps, steps[0]])}"
        help_ = "a rule cannot rest on a finding that needs the rule itself"
        problems.add(Code.circular_finding, knowledge.rules[rules[0]].at, message, help_)


def late_parents(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each question whose `only_if` names a question asked later, or itself."""
    seen: set[str] = set()
    for question in knowledge.questions.values():
        if question.only_if is not None:
            for parent in asked_in(question.only_if, knowledge.members):
                if parent not in seen:
                    message = f"`{question.id}` depends on `{parent}`, which is asked later"
                    help_ = f"move `{question.id}` after `{parent}`"
                    problems.add(Code.late_parent, question.at, message, help_)
        seen.add(question.id)


def _name(step: object) -> str:
    """Return a rule's id, or a finding with its strength."""
    match step:
        case (finding, Strength() as strength):
            return f"{finding} {strength.word}"
        case _:
            return str(step)
