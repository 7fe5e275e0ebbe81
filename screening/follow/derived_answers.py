"""Answers worked out from the earlier and the present screening."""

from __future__ import annotations

from collections.abc import Mapping

from screening.errors import assert_never
from screening.follow.carry_forward import older
from screening.model.case import Earlier
from screening.model.knowledge import KnowledgeBase
from screening.model.question import (
    ChangeOf,
    DaysBetween,
    Derivation,
    EarlierLevel,
    IsFollowUp,
    Question,
    Value,
    WasAvoided,
    WasOffered,
    WeeksInAll,
)
from screening.model.vocabularies import Unknown

BETTER, SAME, WORSE = "better", "same", "worse"
PERCENT = 100


def derived(
    knowledge: KnowledgeBase,
    question: Question,
    answers: Mapping[str, Value],
    earlier: Earlier | None,
) -> Value | None:
    """Return the answer to a derived question; None while a present answer it needs is missing.

    It is `dont_know` where a side is unknown, or nothing is known of an earlier screening.
    """
    derivation = question.derived
    if derivation is None:
        return None
    needed = knowledge.worked_out_from(derivation)
    now = answers.get(needed) if needed else Unknown.DONT_KNOW
    if now is None:
        return None
    return (
        Unknown.DONT_KNOW if earlier is None else _worked_out(question, derivation, now, earlier)
    )


def _worked_out(question: Question, derivation: Derivation, now: Value, earlier: Earlier) -> Value:
    match derivation:
        case IsFollowUp():
            return "yes"
        case ChangeOf(name):
            answers = earlier.first if derivation.since_first else earlier.answers
            return change(answers.get(name), now, derivation)
        case WeeksInAll() | DaysBetween():
            weeks = older(earlier.span, now)
            passed = earlier.days if isinstance(derivation, DaysBetween) else weeks
            return Unknown.DONT_KNOW if passed is None else min(passed, question.high)
        case WasOffered(category):
            return "yes" if category in earlier.offered else "no"
        case WasAvoided(category):
            return "yes" if category in earlier.avoided else "no"
        case EarlierLevel():
            return earlier.level.word
    assert_never(derivation)


def change(before: Value | None, now: Value, by: ChangeOf) -> Value:
    """Return `better`, `same` or `worse`; `dont_know` unless both are numbers.

    >>> change(6, 4, ChangeOf("pain", 2)), change(3, 2, ChangeOf("pain", 2, 30))
    ('better', 'better')
    >>> change(4, 3, ChangeOf("pain", 2, 30)), change(1, 3, ChangeOf("pain", 2, 30))
    ('same', 'worse')
    """
    if not isinstance(before, int) or not isinstance(now, int):
        return Unknown.DONT_KNOW
    fall = before - now
    enough = by.percent > 0 and fall > 0 and fall * PERCENT >= by.percent * before
    if fall >= by.by or enough:
        return BETTER
    return WORSE if -fall >= by.by else SAME
