"""From answers as given to answers as read: questions that do not apply are marked so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.engines.kleene import holds
from screening.model.expr import named_questions
from screening.model.words import Truth, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.model.knowledge import KnowledgeBase
    from screening.model.question import Question, Value


def with_inapplicable(knowledge: KnowledgeBase, answers: Mapping[str, Value]) -> dict[str, Value]:
    """Return the answers, with `NOT_APPLICABLE` for unasked questions that do not apply.

    An answer that was given always counts, even to a question that does not apply: nothing a
    client said is dropped.
    """
    read = dict(answers)
    for question in knowledge.conditional_questions:
        if question.id not in read and applies(knowledge, question, read) is Truth.FALSE:
            read[question.id] = Unknown.NOT_APPLICABLE
    return read


def applies(knowledge: KnowledgeBase, question: Question, answers: Mapping[str, Value]) -> Truth:
    """Return whether a question applies; `answers` hold `NOT_APPLICABLE` where others do not."""
    if question.only_if is None:
        return Truth.TRUE
    return holds(question.only_if, answers, {}, knowledge.members)


def parents(knowledge: KnowledgeBase, question: str) -> tuple[str, ...]:
    """Return the questions that decide whether a question applies."""
    condition = knowledge.questions[question].only_if
    return () if condition is None else named_questions(condition)
