"""Whether the review of a rule still stands, and what is to be said against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from screening.model.knowledge import KnowledgeBase
from screening.model.logic_digest import rule_logic
from screening.model.rule import Rule
from screening.model.seen_part import digests
from screening.model.what_is_seen import seen


class Doubt(Enum):
    """Why a review does not count, or not for all of a rule."""

    LOGIC_ALONE = "it is of the logic alone"
    LOGIC = "the logic has changed"
    WORDS = "words have changed"
    UNLISTED = "the reviewer is not on record"
    EARLY = "it is older than the reviewer's record"
    OWN = "the reviewer wrote the rule"


def doubts(knowledge: KnowledgeBase, rule: Rule) -> tuple[Doubt, ...]:
    """Return what is to be said against the review of a rule; nothing where it has none."""
    review = rule.review
    return () if not review.by else tuple(_doubts(knowledge, rule))


def _doubts(knowledge: KnowledgeBase, rule: Rule) -> Iterator[Doubt]:
    review = rule.review
    who = knowledge.reviewers.get(review.by or "")
    if review.words is None:
        yield Doubt.LOGIC_ALONE
        if review.logic != rule_logic(rule):
            yield Doubt.LOGIC
    else:
        now = digests(seen(knowledge, rule))
        if review.logic != now.logic:
            yield Doubt.LOGIC
        if review.words != now.words:
            yield Doubt.WORDS
        if who is None:
            yield Doubt.UNLISTED
        elif (review.on or "") < who.since:
            yield Doubt.EARLY
    names = {review.by} | (set() if who is None else {who.id, who.name})
    if rule.author and folded_name(rule.author) in {folded_name(one or "") for one in names}:
        yield Doubt.OWN


def folded_name(name: str) -> str:
    """Return a name as it is compared: case and blanks do not count.

    >>> folded_name("A.  Ito") == folded_name("a. ito")
    True
    """
    return " ".join(name.casefold().split())


def stands(found: Iterable[Doubt]) -> bool:
    """Tell whether a review counts in spite of what is to be said against it."""
    return set(found) <= {Doubt.LOGIC_ALONE}


def as_reviewed(knowledge: KnowledgeBase) -> Mapping[str, bool]:
    """Return whether each review that is on file counts, by rule."""
    signed = (rule for rule in knowledge.rules.values() if rule.review.by)
    return {rule.id: stands(doubts(knowledge, rule)) for rule in signed}
