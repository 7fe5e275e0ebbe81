"""Rules without an example of each kind."""

from __future__ import annotations

from screening.diagnostics import Code, Problems
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Truth

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
