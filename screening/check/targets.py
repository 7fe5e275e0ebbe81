"""Referrals to somebody who is meant for less urgent ones."""

from __future__ import annotations

from screening.diagnostics import Code, Problems
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Refer
from screening.model.vocabularies import Level


def slow_targets(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each rule that refers to whom only a lower level of the pack names.

    For now or today that is anybody below; otherwise it is whoever looks after those who need
    nobody else, since a physiotherapist may well be asked within days.
    """
    for rule in knowledge.live_rules:
        for refer in rule.then:
            if isinstance(refer, Refer) and refer.to in _below(refer.level, knowledge):
                own = knowledge.levels[refer.level].to
                message = f"`{rule.id}` refers {refer.level.word} to `{refer.to}`"
                help_ = f"`{refer.to}` is for less urgent referrals; this level has `{own}`"
                problems.add(Code.slow_target, rule.at, message, help_)


def _below(level: Level, knowledge: KnowledgeBase) -> frozenset[str]:
    """Return whom lower levels name and a referral at this level should not."""
    end = level if level >= Level.SAME_DAY else min(level, Level.ROUTINE)
    own = knowledge.levels[level].to
    return frozenset(one.to for one in knowledge.levels.values() if one.level < end) - {own, ""}
