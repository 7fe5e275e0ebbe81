"""Which rules and questions came, went or changed their logic between two knowledge bases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from screening.model.knowledge import KnowledgeBase
from screening.model.logic import rule_logic


class Fate(Enum):
    """What became of something."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A live rule, or a question, that is not as it was."""

    id: str
    what: str
    fate: Fate


def rule_changes(old: KnowledgeBase, new: KnowledgeBase) -> tuple[RuleChange, ...]:
    """Return every rule whose logic differs, then every question asked or answered otherwise.

    A retired rule counts as removed; new words change nothing.
    """
    rules = _changes("rule", _live(old), _live(new))
    questions = _changes("question", _answers(old), _answers(new))
    return (*rules, *questions)


def _live(knowledge: KnowledgeBase) -> dict[str, object]:
    return {rule.id: rule_logic(rule) for rule in knowledge.live_rules}


def _answers(knowledge: KnowledgeBase) -> dict[str, object]:
    return {
        q.id: (q.kind, q.words, q.low, q.high, q.only_if, q.safety, q.sums_up, q.derived)
        for q in knowledge.questions.values()
    }


def _changes(
    what: str, old: Mapping[str, object], new: Mapping[str, object]
) -> Iterator[RuleChange]:
    for name in sorted({*old, *new}):
        if name not in old:
            yield RuleChange(name, what, Fate.ADDED)
        elif name not in new:
            yield RuleChange(name, what, Fate.REMOVED)
        elif old[name] != new[name]:
            yield RuleChange(name, what, Fate.CHANGED)
