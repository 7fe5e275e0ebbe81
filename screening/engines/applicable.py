"""From answers as given to answers as read.

Questions that do not apply are marked so, and those that follow from others are filled in.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from screening.engines.kleene import SIDES, ReadAnswers, Sides, sides
from screening.model.expr import asked_in
from screening.model.vocabularies import Level, Truth, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.model.knowledge import KnowledgeBase
    from screening.model.question import Question, Value


YES = "yes"


def with_inapplicable(knowledge: KnowledgeBase, answers: Mapping[str, Value]) -> ReadAnswers:
    """Return the answers, with `NOT_APPLICABLE` for unasked questions that do not apply.

    An answer that was given always counts, even to a question that does not apply: nothing a
    client said is dropped. It counts beside that the question does not apply, so that it opens no
    further question and takes nothing back. Without an answer, the case is no follow-up, and a
    question that sums up others follows from their answers. A yes of theirs counts beside an
    answer; a no of theirs closes no other question, because the whole may still be asked.
    """
    read = ReadAnswers(answers)
    sums: dict[str, Value | None] = {}
    for name in knowledge.follow_up_marks:
        read.setdefault(name, "no")
    for question in knowledge.summing_questions:
        if _applying(knowledge, question, read).true:
            sums[question.id] = summed_up(knowledge, question, answers)
            if sums[question.id] == YES:
                read.reads(question.id, YES)
    for question in knowledge.conditional_questions:
        if _applying(knowledge, question, read).false:
            read.reads(question.id, Unknown.NOT_APPLICABLE)
    for name, summary in sums.items():
        if summary is not None:
            read.setdefault(name, summary)
    return read


def with_harmless_rest(
    knowledge: KnowledgeBase, given: Mapping[str, Value], *, least: Level = Level.NONE
) -> dict[str, Value]:
    """Return the answers, and the harmless one to every other question that applies.

    A question that follows from its parts among the answers is left to follow from them.
    With `least`, only to questions whose answers can raise that level or a higher one.
    """
    answers, read = dict(given), ReadAnswers(given)
    for question in knowledge.questions.values():  # those it depends on come before it
        if applies(knowledge, question, read) is Truth.FALSE:
            read.reads(question.id, Unknown.NOT_APPLICABLE)
        elif question.id in given:
            continue
        elif question.sums_up and (summary := summed_up(knowledge, question, given)) is not None:
            read[question.id] = summary
        elif question.safety >= least:
            answers[question.id] = read[question.id] = question.harmless
    return answers


def summed_up(
    knowledge: KnowledgeBase, question: Question, answers: Mapping[str, Value]
) -> Value | None:
    """Return what the answers to the parts say of the whole; None while they leave it open.

    One part that concerns is a yes; all parts harmless is a no; else it is unknown.
    """
    parts = [(knowledge.questions[name], answers.get(name)) for name in question.sums_up]
    if any(value is not None and part.concerns(value) for part, value in parts):
        return YES
    if any(value is None for _, value in parts):
        return None
    unknown = any(isinstance(value, Unknown) for _, value in parts)
    return Unknown.DONT_KNOW if unknown else "no"


def applies(knowledge: KnowledgeBase, question: Question, answers: Mapping[str, Value]) -> Truth:
    """Return whether a question applies; `answers` hold `NOT_APPLICABLE` where others do not.

    One that is ruled out by anything does not, whatever else would open it.
    """
    found = _applying(knowledge, question, answers)
    return Truth.FALSE if found.false else found.truth


def _applying(knowledge: KnowledgeBase, question: Question, answers: Mapping[str, Value]) -> Sides:
    if question.only_if is None:
        return SIDES[Truth.TRUE]
    return sides(question.only_if, answers, {}, knowledge.members)


def parents(knowledge: KnowledgeBase, question: str) -> tuple[str, ...]:
    """Return the questions that decide whether a question applies."""
    condition = knowledge.questions[question].only_if
    if condition is None:
        return ()
    asked = (asked_for(knowledge, name) for name in asked_in(condition, knowledge.members))
    return tuple(dict.fromkeys(itertools.chain.from_iterable(asked)))


def asked_for(knowledge: KnowledgeBase, question: str) -> tuple[str, ...]:
    """Return the questions to ask where the answer to one is wanted.

    That is the question itself, unless its answer is worked out from another one; nothing where
    it is worked out from the earlier screening alone.
    """
    derivation = knowledge.questions[question].derived
    if derivation is None:
        return (question,)
    needed = knowledge.worked_out_from(derivation)
    return (needed,) if needed else ()
