"""Where a rule is in its life, who has signed it, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator

from screening.check.reviews import changed_since
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Rule
from screening.model.seen_part import ChangedPart
from screening.model.vocabularies import Status
from screening.render.page import Block, Bullets, Heading, Paragraph


def status_words(knowledge: KnowledgeBase, rule: Rule) -> str:
    """Return where a rule is in its life, and who has reviewed it."""
    if rule.status is Status.RETIRED and rule.retired:
        return f"{rule.status.value}: {rule.retired}"
    due = f", due {rule.review.due}" if rule.review.due else ""
    return f"{rule.status.value}, {reviewed_words(knowledge, rule)}{due}"


def reviewed_words(knowledge: KnowledgeBase, rule: Rule) -> str:
    """Return who has reviewed a rule as it is, or who saw it as it no longer is."""
    who = knowledge.reviewers.get(rule.review.by or "")
    by = f"{rule.review.by}, not on record" if who is None else who.titled
    if rule.reviewed:
        return f"reviewed by {by}{'' if rule.review.words else ' (its logic alone)'}"
    seen = f" as it is ({by}, saw it on {rule.review.on})" if rule.review.by else ""
    return f"reviewed by no clinician{seen}"


def changed_blocks(knowledge: KnowledgeBase, rule: Rule) -> Iterator[Block]:
    """Yield what has changed since a rule was signed."""
    changed = changed_since(knowledge, rule) if rule.review.words else ()
    if changed is None:
        yield Heading("Changed since it was signed")
        yield Paragraph("What was signed is not on record, so it cannot be shown.")
    elif changed:
        yield Heading("Changed since it was signed")
        yield Bullets(tuple(change_words(one) for one in changed))


def change_words(one: ChangedPart) -> str:
    """Return a change, with both texts where they are texts."""
    if one.of_logic:
        return one.named
    was = "" if one.before is None else f"; was “{one.before}”"
    now = "" if one.after is None else f"; now “{one.after}”"
    return f"{one.named}{was}{now}"
