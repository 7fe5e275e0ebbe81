"""Rules that ask the same or conclude the same as a new one: it may not be needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from screening.model.conclusions import PROGRESS, target_of
from screening.model.expr import leaves
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Conclusion, Confirm, OfferOnly, Refer, Rule

SHOWN = 3
NOT_COMPARED = (Refer, Confirm, OfferOnly)


class Alike(NamedTuple):
    """A rule that is like another, and in what."""

    rule: str
    title: str
    shares: str


def alike(knowledge: KnowledgeBase, rule: Rule) -> tuple[Alike, ...]:
    """Return rules with the same leaves, or some of them and the same targets.

    Of the catalogue only those with the same targets: many of its rules ask the same.
    """
    found = sorted(_ranked(knowledge, rule), key=lambda ranked: (ranked[0], ranked[1]))
    return tuple(one for *_, one in found[:SHOWN])


def _ranked(knowledge: KnowledgeBase, one: Rule) -> Iterator[tuple[int, str, Alike]]:
    own, targets = frozenset(leaves(one.when)), targets_of(one.then)
    for rule in knowledge.live_rules:
        theirs = frozenset(leaves(rule.when))
        same = bool(targets & targets_of(rule.then))
        concludes = _concludes(one, rule)
        if theirs == own and (same or not rule.cell):
            shares = f"asks the same, and {concludes}" if same else "asks the same"
            yield (0 if same else 1), rule.id, Alike(rule.id, rule.title, shares)
        elif same and theirs & own:
            yield 2, rule.id, Alike(rule.id, rule.title, f"{concludes} from like answers")


def _concludes(one: Rule, other: Rule) -> str:
    """Return whether two rules about one thing say the same of it."""
    said = {(type(c), name) for c in one.then for name in targets_of((c,))}
    also = {(type(c), name) for c in other.then for name in targets_of((c,))}
    return "concludes the same" if said & also else "says something else of it"


def targets_of(conclusions: tuple[Conclusion, ...]) -> frozenset[str]:
    """Return the names conclusions are about; how soon and what to ask again is no such thing."""
    found = (target_of(c) for c in conclusions if not isinstance(c, NOT_COMPARED))
    return frozenset(found) - {"", PROGRESS}
