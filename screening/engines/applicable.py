"""From answers as given to answers as read.

Questions that do not apply are marked so, and those that others answer are answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screening.engines.kleene import holds
from screening.model.expr import named_questions
from screening.model.question import ChangeOf, WeeksInAll
from screening.model.words import Truth, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.model.knowledge import KnowledgeBase
    from screening.model.question import Question, Value


def with_inapplicable(knowledge: KnowledgeBase, answers: Mapping[str, Value]) -> dict[str, Value]:
    """Return the answers, with `NOT_APPLICABLE` for unasked questions that do not apply.

    An answer that was given always counts, even to a question that does not apply: nothing a
    client said is dropped. Without an answer, the case is no follow-up, and a question that
    others answer takes its answer from them.
    """
    read = dict(answers)
    for name in knowledge.follow_up_marks:
        read.setdefault(name, "no")
    for question in knowledge.summaries:
        summed = _summed(knowledge, question, answers)
        if summed and question.id not in read and applies(knowledge, question, read) is Truth.TRUE:
            read[question.id] = summed
    for question in knowledge.conditional_questions:
        if question.id not in read and applies(knowledge, question, read) is Truth.FALSE:
            read[question.id] = Unknown.NOT_APPLICABLE
    return read


def _summed(knowledge: KnowledgeBase, question: Question, answers: Mapping[str, Value]) -> str:
    """Return what other answers say to a question; empty while they leave it open."""
    others = [knowledge.questions[name] for name in question.answered_by]
    if any(other.id in answers and answers[other.id] != other.harmless for other in others):
        return "yes"
    return "no" if all(other.id in answers for other in others) else ""


def applies(knowledge: KnowledgeBase, question: Question, answers: Mapping[str, Value]) -> Truth:
    """Return whether a question applies; `answers` hold `NOT_APPLICABLE` where others do not."""
    if question.only_if is None:
        return Truth.TRUE
    return holds(question.only_if, answers, {}, knowledge.members)


def parents(knowledge: KnowledgeBase, question: str) -> tuple[str, ...]:
    """Return the questions that decide whether a question applies."""
    condition = knowledge.questions[question].only_if
    if condition is None:
        return ()
    return tuple(
        dict.fromkeys(
            asked for name in named_questions(condition) for asked in asked_for(knowledge, name)
        )
    )


def asked_for(knowledge: KnowledgeBase, question: str) -> tuple[str, ...]:
    """Return the questions to ask where the answer to one is wanted.

    That is the question itself, unless its answer is worked out from another one; nothing where
    it is worked out from the earlier screening alone.
    """
    match knowledge.questions[question].derived:
        case None:
            return (question,)
        case ChangeOf(other):
            return (other,)
        case WeeksInAll():
            return (knowledge.gap,) if knowledge.gap else ()
        case _:
            return ()
