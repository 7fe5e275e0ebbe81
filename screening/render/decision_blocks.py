"""From what named people decided to the blocks that say so on every report."""

from __future__ import annotations

from collections.abc import Iterator

from screening.model.assessment import Assessment
from screening.model.decision import Agreement
from screening.model.knowledge import KnowledgeBase
from screening.render.page import Block, Heading, Pairs, clean


def overridden(found: Assessment, knowledge: KnowledgeBase) -> Iterator[Block]:
    """Yield every override; these belong on every report."""
    for one in found.overrides:
        override = one.override
        titles = "; ".join(titled(knowledge, rule) for rule in override.rules)
        counts = "the referral stays" if one.lifts else "counts no longer"
        yield Heading(f"Overridden by the trainer; {counts}")
        rows = (("Who", clean(override.who)), ("Reason", clean(override.reason)))
        yield Pairs((*rows, ("Against", titles)))


def agreed_to(found: Assessment, knowledge: KnowledgeBase) -> Iterator[Block]:
    """Yield the agreement whose limits bound the plan; it belongs beside a plan only."""
    if found.agreed is not None:
        yield Heading("A clinician agreed to exercise")
        yield Pairs((("Who", clean(found.agreed.who)), *limits(found.agreed, knowledge)))


def limits(agreed: Agreement, knowledge: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield the limits of an agreement, labelled; what the knowledge lacks goes by its id."""
    for name, most in agreed.limits:
        kind = knowledge.limits.get(name)
        yield "At most", f"{kind.title}: {most} {kind.unit}" if kind else f"{name}: {most}"
    if agreed.leave_out:
        named = (_exercise(knowledge, name) for name in agreed.leave_out)
        yield "Leave out", f"{', '.join(named)}."
    if agreed.until:
        yield "Until", agreed.until.isoformat()
    if agreed.stop_if:
        yield "Stop if", clean(agreed.stop_if)
    if agreed.note:
        yield "Note", clean(agreed.note)


def titled(knowledge: KnowledgeBase, rule: str) -> str:
    """Return the title of a rule, or its id when the knowledge has none of that id."""
    return knowledge.rules[rule].title if rule in knowledge.rules else rule


def _exercise(knowledge: KnowledgeBase, name: str) -> str:
    if name in knowledge.categories:
        return knowledge.categories[name].title.lower()
    return knowledge.exercises[name].name if name in knowledge.exercises else name
