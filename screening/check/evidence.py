"""What stands behind a rule: sources, examples, and the statements it covers."""

from __future__ import annotations

from screening.diagnostics import Code, Problems, Severity
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import How, Status, Truth

KINDS = {Truth.TRUE: "fires", Truth.FALSE: "silent", Truth.UNDECIDED: "undecided"}


def missing_examples(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each live rule that lacks an example that fires, is silent, or is undecided."""
    for rule in knowledge.live_rules:
        shown = {example.expect for example in rule.examples}
        missing = [name for truth, name in KINDS.items() if truth not in shown]
        if missing and not rule.cell:
            message = f"`{rule.id}` has no example with `expect: {missing[0]}`"
            more = f"also missing: {', '.join(missing[1:])}" if missing[1:] else ""
            problems.add(Code.missing_example, rule.at, message, more)


def missing_evidence(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each live rule without a source."""
    for rule in knowledge.live_rules:
        if not rule.evidence:
            message = f"`{rule.id}` names no source"
            problems.add(Code.missing_evidence, rule.at, message, "add `evidence:`")


def missing_reasons(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each retired rule that does not say why it is."""
    for rule in knowledge.rules.values():
        if rule.status is Status.RETIRED and not rule.retired:
            message = f"`{rule.id}` is retired and does not say why"
            problems.add(Code.missing_reason, rule.at, message, "add `retired: …`")


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
