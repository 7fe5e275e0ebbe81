"""From the answers of two screenings of a client to what is otherwise, and what is new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value


def otherwise(
    knowledge: KnowledgeBase, before: Mapping[str, Value], now: Mapping[str, Value]
) -> Iterator[str]:
    """Yield each answer that is another than before with both, then what concerns and is new."""
    for name, value in now.items():
        asked = knowledge.questions[name]
        if name in before and before[name] != value:
            was = asked.said(before[name])
            yield f"Otherwise than last time: {asked.short}: {asked.said(value)} (was: {was})."
    asked_now = (knowledge.questions[name] for name in now if name not in before)
    new = [one for one in asked_now if one.concerns(now[one.id])]
    if new:
        said = "; ".join(f"{one.short}: {one.said(now[one.id])}" for one in new)
        yield f"Not asked last time: {said}."
