"""From a case to what it leaves behind for the next one."""

from __future__ import annotations

from screening.follow.carry import older
from screening.follow.force import in_force, still_valid
from screening.model.case import Case, Earlier
from screening.model.knowledge import KnowledgeBase
from screening.model.words import Level


def earlier_from(
    knowledge: KnowledgeBase,
    case: Case,
    offered: tuple[str, ...] = (),
    level: Level = Level.NONE,
) -> Earlier:
    """Return what a case leaves behind; `offered` and `level` are what it concluded.

    Without them only its answers count, which is enough for all but the latest of several.
    """
    before = case.earlier
    weeks = {name: one.weeks for name, one in still_valid(knowledge, case).items()}
    gap = case.answers.get(knowledge.gap)
    return Earlier(
        answers=in_force(knowledge, case),
        weeks=weeks,
        first=case.answers if before is None else before.first,
        span=0 if before is None else older(before.span, gap),
        offered=offered,
        level=level,
    )
