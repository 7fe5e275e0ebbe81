"""How numbers and movements went over the screenings of a client; what is not known is a gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from screening.model.knowledge import KnowledgeBase
from screening.model.question import ChangeOf, Question, Value
from screening.model.vocabularies import Effect

TRIED = ("provokes", "relieves", "no_effect")


@dataclass(frozen=True, slots=True)
class Point:
    """One screening: its day, its numbers by question, and what movements do.

    A number is None where it is not known. `provoking` of the `tried` movements bring it
    on; None where nothing is known of any.
    """

    day: str
    numbers: Mapping[str, int | None]
    provoking: int | None
    tried: int


def followed_numbers(knowledge: KnowledgeBase) -> tuple[Question, ...]:
    """Return the questions whose change the knowledge follows from screening to screening."""
    names = dict.fromkeys(
        question.derived.question
        for question in knowledge.questions.values()
        if isinstance(question.derived, ChangeOf)
    )
    return tuple(knowledge.questions[name] for name in names)


def point(knowledge: KnowledgeBase, day: str, answers: Mapping[str, Value]) -> Point:
    """Return one screening by the answers in force in it."""
    numbers: dict[str, int | None] = {}
    for question in followed_numbers(knowledge):
        value = answers.get(question.id)
        numbers[question.id] = value if isinstance(value, int) else None
    moves = [answers.get(q.id) for q in knowledge.questions.values() if q.is_movement]
    tried = [value for value in moves if value in TRIED]
    provoking = sum(value in Effect.PROVOKE.answers for value in tried)
    return Point(day, numbers, provoking if tried else None, len(tried))
