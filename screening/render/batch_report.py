"""From the counts of a batch to a page and to JSON."""

from __future__ import annotations

from collections.abc import Mapping

from screening.model.knowledge import KnowledgeBase
from screening.render.json_form import Json, knowledge_form
from screening.render.page import Block, Grid, Page, Paragraph


def batch_page(
    knowledge: KnowledgeBase,
    read: Mapping[str, int],
    rejected_at: str,
    counts: Mapping[str, Mapping[str, int]],
) -> Page:
    """Return what became of the rows read, and how often each thing was concluded."""
    told = f"{read['read']:,} read: {read['written']:,} written, {read['rejected']:,} rejected"
    if read["rejected"]:
        told += f" (reasons in {rejected_at})"
    blocks: list[Block] = [Paragraph(told + "."), Paragraph(knowledge.pack.review)]
    for kind, often in counts.items():
        rows = tuple(
            (name, f"{count:,}", f"{100 * count / max(1, read['written']):.1f} %")
            for name, count in sorted(often.items(), key=lambda pair: (-pair[1], pair[0]))
        )
        blocks.append(Grid((kind, "clients", "share"), rows))
    return tuple(blocks)


def batch_form(
    knowledge: KnowledgeBase, read: Mapping[str, int], counts: Mapping[str, Mapping[str, int]]
) -> dict[str, Json]:
    """Return the same as the contract `batch-summary/1`."""
    return {
        "format": "batch-summary/1",
        "knowledge": knowledge_form(knowledge),
        "review": knowledge.pack.review,
        **read,
        "concluded": {kind: dict(often) for kind, often in counts.items()},
    }
