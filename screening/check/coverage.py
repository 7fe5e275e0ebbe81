"""Statements of the reference documents that nothing answers for."""

from __future__ import annotations

from screening.diagnostics import Code, Problems, Severity
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import How

BY_RULES = (How.RULE, How.PARTLY)
MISSING = (How.NOT_YET, How.LEFT_OUT)


def uncovered_statements(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note statements without a rule or a reason, and reasons that a rule has outdated."""
    for statement in knowledge.statements.values():
        covering = knowledge.covering.get(statement.id, ())
        if statement.how in BY_RULES and not covering:
            message = f"no rule covers `{statement.id}`"
            help_ = f"add `covers: [{statement.id}]` to a rule, or say here `how` and `why`"
            problems.add(Code.uncovered_statement, statement.at, message, help_)
        if statement.how in MISSING and covering:
            message = f"`{covering[0]}` covers `{statement.id}`"
            help_ = f"take out `how: {statement.how.value}` and its `why`"
            problems.add(
                Code.outdated_reason, statement.at, message, help_, severity=Severity.WARNING
            )
