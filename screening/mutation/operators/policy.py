"""Mistakes in what an unknown answer means to a rule."""

from __future__ import annotations

from collections.abc import Iterator

from screening.model.expr import Compare, Is, leaves
from screening.model.rule import Refer, Rule, UnknownPolicy, Unsure
from screening.model.vocabularies import Level
from screening.mutation.operators.names import policy_word


def other_policies(rule: Rule) -> Iterator[tuple[str, UnknownPolicy | None]]:
    """Yield every other meaning of an unknown answer, also one that `check` would refuse.

    Only rules that say what it means are changed, and where a condition depends on it. A level is
    changed by one step, or to none.
    """
    if rule.unknown is None or not any(
        isinstance(leaf, Is | Compare) for leaf in leaves(rule.when)
    ):
        return
    now = policy_word(rule.unknown)
    for policy in _others(rule, rule.unknown.level):
        word = policy_word(policy)
        if word != now:
            yield f"unknown {word} for {now}", policy


def _others(rule: Rule, level: Level) -> Iterator[UnknownPolicy]:
    yield from (UnknownPolicy(unsure) for unsure in Unsure)
    if level > Level.NONE and any(isinstance(said, Refer) for said in rule.then):
        for step in (level - 1, level + 1):
            if Level.MONITOR <= step <= Level.EMERGENCY:
                yield UnknownPolicy(Unsure.NOT_MET, level=Level(step))
