"""How urgent a rule is: the level it refers at, or may refer at where an answer is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from screening.model.rule import Reading, Rule
from screening.model.vocabularies import Level


def urgency(rule: Rule) -> Level:
    """Return the highest level a rule refers at in any of its readings; none where it does not."""
    return max(rule.level(Reading.CERTAIN), rule.level(Reading.POSSIBLE))


def by_urgency(rules: Iterable[Rule]) -> Mapping[Level, tuple[Rule, ...]]:
    """Return rules by their level, the most urgent first; within one by topic, then by id."""
    ordered = sorted(rules, key=lambda rule: (-urgency(rule), rule.topic, rule.id))
    found: dict[Level, list[Rule]] = {}
    for rule in ordered:
        found.setdefault(urgency(rule), []).append(rule)
    return {level: tuple(those) for level, those in found.items()}
