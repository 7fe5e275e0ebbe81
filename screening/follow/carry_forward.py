"""Which answers of an earlier screening still count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from screening.engines.applicable import applies, summed_up, with_inapplicable
from screening.model.case import Earlier
from screening.model.knowledge import KnowledgeBase
from screening.model.question import ALWAYS, Question, Value
from screening.model.vocabularies import ASKED_UNKNOWN, Truth, Unknown


class Carried(NamedTuple):
    """An earlier answer that still counts, and how many whole weeks old it is, if known."""

    value: Value
    weeks: int | None


def carried(
    knowledge: KnowledgeBase, answers: Mapping[str, Value], earlier: Earlier
) -> dict[str, Carried]:
    """Return the earlier answers that still count beside `answers`, in asking order.

    An answer given now always comes first. Never carried are unknown answers, answers to
    emergency questions and to what sums them up, and answers to questions that do not certainly
    apply now. After a yes to a question that `renews`, or not knowing, only what always counts is.
    """
    gap = answers.get(knowledge.gap)
    anew = any(
        question.renews and question.id in answers and answers[question.id] != question.harmless
        for question in knowledge.questions.values()
    )
    read = with_inapplicable(knowledge, answers)
    found: dict[str, Carried] = {}
    for question in knowledge.questions.values():
        if question.id in read and read[question.id] is not Unknown.NOT_APPLICABLE:
            continue
        truth = applies(knowledge, question, read)
        if truth is Truth.FALSE:
            read[question.id] = Unknown.NOT_APPLICABLE
        elif truth is Truth.TRUE and _lasts(knowledge, question, anew=anew):
            value, weeks = _answered(knowledge, question, earlier)
            age = older(weeks, gap)
            if value is not None and value not in ASKED_UNKNOWN and question.valid.covers(age):
                found[question.id] = Carried(value, age)
                read[question.id] = value
    return found


def _answered(
    knowledge: KnowledgeBase, question: Question, earlier: Earlier
) -> tuple[Value | None, int | None]:
    """Return the earlier answer, if any, and how old it was then, in weeks; None if not known.

    What was summed up from others is as old as the oldest of them.
    """
    value = earlier.answers.get(question.id)
    if value is not None or not question.sums_up:
        return value, earlier.weeks.get(question.id, 0)
    known = [w for w in (earlier.weeks.get(part, 0) for part in question.sums_up) if w is not None]
    oldest = max(known) if len(known) == len(question.sums_up) else None
    return summed_up(knowledge, question, earlier.answers), oldest


def _lasts(knowledge: KnowledgeBase, question: Question, *, anew: bool) -> bool:
    """Tell whether answers to a question can be carried at all."""
    if anew and question.valid != ALWAYS:
        return False
    return question.derived is None and not knowledge.asks_emergency(question)


def older(weeks: int | None, gap: Value | None) -> int | None:
    """Return an age after a gap, in weeks; None when either is not known.

    >>> older(3, 2), older(3, Unknown.DONT_KNOW), older(None, 2)
    (5, None, None)
    """
    return weeks + gap if weeks is not None and isinstance(gap, int) else None
