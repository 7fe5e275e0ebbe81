"""From a case to what it leaves behind for the next one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from screening.follow.carry import older
from screening.follow.force import in_force, still_valid
from screening.model.assessment import Assessment
from screening.model.case import Case, Earlier
from screening.model.expr import named_questions
from screening.model.knowledge import KnowledgeBase
from screening.model.question import EarlierLevel, Value
from screening.model.words import Level


def earlier_from(knowledge: KnowledgeBase, case: Case, made: Assessment) -> Earlier:
    """Return what a case leaves behind; `made` is what was concluded from it."""
    before = case.earlier
    answers = in_force(knowledge, case)
    weeks = {name: one.weeks for name, one in still_valid(knowledge, case).items()}
    left = _concluded(knowledge, made)
    gap = case.answers.get(knowledge.gap)
    return replace(
        left,
        answers=answers,
        level=max(left.level, _still_open(knowledge, before, answers)),
        weeks=weeks,
        first=case.answers if before is None else before.first,
        span=0 if before is None else older(before.span, gap),
    )


def _still_open(
    knowledge: KnowledgeBase, before: Earlier | None, answers: Mapping[str, Value]
) -> Level:
    """Return the level an earlier screening referred at, while nobody is said to have looked.

    Somebody has when every question that hangs on the earlier level is answered harmlessly.
    """
    if before is None:
        return Level.NONE
    levels = [q.id for q in knowledge.questions.values() if isinstance(q.derived, EarlierLevel)]
    asked = [
        question
        for question in knowledge.conditional_questions
        if question.only_if is not None and set(named_questions(question.only_if)) & set(levels)
    ]
    seen = bool(asked) and all(answers.get(q.id) == q.harmless for q in asked)
    return Level.NONE if seen else before.level


def _concluded(knowledge: KnowledgeBase, made: Assessment) -> Earlier:
    """Return what was concluded, without answers."""
    offered = {one.category for one in made.recommend}
    avoided = {one.target for one in made.avoid if one.kind == "category"}
    return Earlier(
        answers={},
        offered=tuple(name for name in knowledge.categories if name in offered),
        avoided=tuple(name for name in knowledge.categories if name in avoided),
        level=made.referral.level,
    )
