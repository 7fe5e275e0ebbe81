"""From the counts of a batch to a page and to JSON."""

from __future__ import annotations

from collections.abc import Mapping

from screening.model.knowledge import KnowledgeBase
from screening.render.json_form import Json, knowledge_form
from screening.render.page import Block, Grid, Page, Paragraph

Told = tuple[Mapping[str, int], Mapping[str, Mapping[str, int]]]


def batch_page(
    knowledge: KnowledgeBase,
    read: Mapping[str, int],
    rejected_at: str,
    told: Told,
    counts: Mapping[str, Mapping[str, int]],
) -> Page:
    """Return what became of the rows read, and how often each thing was concluded.

    `told` is which levels rejected rows refer at, how often, and the spread of the numbers.
    """
    referred, spread = told
    become = f"{read['read']:,} read: {read['written']:,} written, {read['rejected']:,} rejected"
    if read["rejected"]:
        become += f" (reasons in {rejected_at})"
    blocks: list[Block] = [Paragraph(become + "."), Paragraph(knowledge.pack.review)]
    if referred:
        levels = ", ".join(f"{level.replace('_', ' ')} {n:,}" for level, n in referred.items())
        blocks.insert(1, Paragraph(f"Rejected rows that already refer: {levels}. See to them."))
    if spread:
        numbers = tuple(
            (name, knowledge.questions[name].unit, *map(str, one.values()))
            for name, one in spread.items()
        )
        blocks.append(Grid(("number", "unit", "least", "median", "most"), numbers))
    for kind, often in counts.items():
        rows = tuple(
            (name, f"{count:,}", f"{100 * count / max(1, read['written']):.1f} %")
            for name, count in sorted(often.items(), key=lambda pair: (-pair[1], pair[0]))
        )
        blocks.append(Grid((kind, "clients", "share"), rows))
    return tuple(blocks)


def batch_form(
    knowledge: KnowledgeBase,
    read: Mapping[str, int],
    told: Told,
    counts: Mapping[str, Mapping[str, int]],
) -> dict[str, Json]:
    """Return the same as the contract `batch-summary/1`."""
    return {
        "format": "batch-summary/1",
        "knowledge": knowledge_form(knowledge),
        "review": knowledge.pack.review,
        **read,
        "rejected_referred": dict(told[0]),
        "numbers": {name: dict(one) for name, one in told[1].items()},
        "concluded": {kind: dict(often) for kind, often in counts.items()},
    }
