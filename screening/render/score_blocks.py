"""From the sums of scores to the block that shows each with its band and what each answer gave."""

from __future__ import annotations

from collections.abc import Iterator

from screening.explain.words import gave, summed
from screening.model.assessment import Assessment, Summed
from screening.model.knowledge import KnowledgeBase
from screening.render.page import Block, Grid, Heading


def summed_blocks(found: Assessment, knowledge: KnowledgeBase) -> Iterator[Block]:
    """Yield the scores that something was answered of; nothing where there is none."""
    if found.scores:
        yield Heading("Scores")
        rows = tuple(_row(one, knowledge) for one in found.scores)
        yield Grid(("score", "points", "of which"), rows)


def _row(one: Summed, knowledge: KnowledgeBase) -> tuple[str, str, str]:
    score = knowledge.scores[one.id].score
    items = {item.question: item for item in score.items}
    given = (gave(knowledge, items[part.question], part.points) for part in one.items)
    missing = len(items) - len(one.items)
    left = (f"{missing} not asked",) if missing else ()
    return score.title, summed(score, one.least, one.most), "; ".join((*given, *left))
