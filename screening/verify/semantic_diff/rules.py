"""Which rules, questions, exercises and promises came, went or changed between two versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from screening.model.knowledge import KnowledgeBase
from screening.model.logic_digest import digest_of, rule_logic
from screening.model.safety import Invariant


class Fate(Enum):
    """What became of something."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A live rule, a question, an exercise, a flag or a promise that is not as it was."""

    id: str
    what: str
    fate: Fate


def rule_changes(old: KnowledgeBase, new: KnowledgeBase) -> tuple[RuleChange, ...]:
    """Return every rule, question, exercise, flag and promise that came, went or means otherwise.

    A retired rule counts as removed; new words change nothing. Exercises only come and go: what
    is said about them is in rules.
    """
    rules = _changes("rule", _live(old), _live(new))
    questions = _changes("question", _answers(old), _answers(new))
    exercises = _changes("exercise", dict.fromkeys(old.exercises), dict.fromkeys(new.exercises))
    flags = _changes("flag", _flags(old), _flags(new))
    promises = _changes("promise", _promises(old), _promises(new))
    return (*rules, *questions, *exercises, *flags, *promises)


def _live(knowledge: KnowledgeBase) -> dict[str, object]:
    return {rule.id: rule_logic(rule) for rule in knowledge.live_rules}


def _answers(knowledge: KnowledgeBase) -> dict[str, object]:
    return {
        q.id: (q.kind, q.words, q.low, q.high, q.only_if, q.safety, q.sums_up, q.derived)
        for q in knowledge.questions.values()
    }


def _flags(knowledge: KnowledgeBase) -> dict[str, object]:
    flags = knowledge.safety.flags if knowledge.safety else ()
    return {flag.words: rule_logic(flag.as_rule()) for flag in flags}


def _promises(knowledge: KnowledgeBase) -> dict[str, object]:
    invariants = knowledge.safety.invariants if knowledge.safety else ()
    return {one.id: _asks(one) for one in invariants}


def _asks(one: Invariant) -> str:
    exempt = tuple(exemption.it for exemption in one.exempt)
    return digest_of(one.each, one.said, one.sometimes, one.after, one.at_stake, exempt)


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
