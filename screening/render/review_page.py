"""From a rule to the page a reviewer signs: the rule, and every text that is signed with it."""

from __future__ import annotations

from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Rule
from screening.model.seen_part import LOGIC, SeenPart
from screening.model.what_is_seen import seen
from screening.render.knowledge_page import show_page
from screening.render.page import Heading, Page, Pairs


def review_page(knowledge: KnowledgeBase, rule: Rule) -> Page:
    """Return the page of a rule, and below it the words of all it asks, names and rests on."""
    rows = tuple((one.named, one.says) for one in words_with(knowledge, rule))
    page = show_page(knowledge, rule.id)
    return (*page, Heading("Signed with it"), Pairs(rows)) if rows else page


def words_with(knowledge: KnowledgeBase, rule: Rule) -> tuple[SeenPart, ...]:
    """Return the texts a reviewer signs that stand in no part of the rule's own page."""
    own = (f"rule {rule.id}", "source ")
    return tuple(
        one
        for one in seen(knowledge, rule)
        if one.what not in (LOGIC, "its short name")
        and (not one.about.startswith(own) or "beneath" in one.about)
    )
