"""Vocabulary that nothing uses."""

from __future__ import annotations

from screening.diagnostics import Code, Problems
from screening.model.expr import asked_in
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Advise, Confirm, Find


def unused(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note questions nobody asks about, and findings, advice and parameters without a use."""
    for name in knowledge.questions.keys() - asked(knowledge):
        question = knowledge.questions[name]
        problems.add(Code.unused_question, question.at, f"no rule asks about `{name}`")
    said = {c for rule in knowledge.live_rules for c in rule.then}
    derived = {c.finding for c in said if isinstance(c, Find)}
    for name in knowledge.findings.keys() - derived:
        at = knowledge.findings[name].at
        problems.add(Code.unused_finding, at, f"no rule derives `{name}`")
    given = {c.advice for c in said if isinstance(c, Advise)}
    for name in knowledge.advice.keys() - given:
        problems.add(Code.unused_advice, knowledge.advice[name].at, f"no rule gives `{name}`")
    for name, users in knowledge.parameter_users.items():
        if not users:
            at = knowledge.parameters[name].at
            problems.add(Code.unused_parameter, at, f"nothing uses the parameter `{name}`")


def asked(knowledge: KnowledgeBase) -> set[str]:
    """Return the questions some condition or confirmation names, or counts."""
    named: set[str] = set()
    for _, condition in knowledge.conditions():
        named.update(asked_in(condition, knowledge.members))
    for rule in knowledge.live_rules:
        for conclusion in rule.then:
            if isinstance(conclusion, Confirm):
                named.update(conclusion.questions)
    return named
