"""From a case with answers left out to the harmless ones it takes for granted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from screening.engines.applicable import applies, with_harmless_rest, with_inapplicable
from screening.follow import in_force
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.vocabularies import Level, Truth


def harmless_rest(
    knowledge: KnowledgeBase, case: Case, least: Level | None
) -> Mapping[str, Value]:
    """Return the harmless answers to what is left of the questions that raise `least` or more.

    Empty without a level. In a follow-up, what is carried or worked out is not left.
    """
    if least is None:
        return {}
    if case.earlier is None:
        filled = with_harmless_rest(knowledge, case.answers, least=least)
        return {name: value for name, value in filled.items() if name not in case.answers}
    found: dict[str, Value] = {}
    while left := _left(knowledge, case, found, least):
        found.update((question.id, question.harmless) for question in left)
    return found


def _left(
    knowledge: KnowledgeBase, case: Case, found: Mapping[str, Value], least: Level
) -> Iterable[Question]:
    """Return the questions to answer next.

    The gap comes first, because it decides what is carried; then all that certainly apply; then,
    one by one, those that hang on an unknown answer.
    """
    answers = {**case.answers, **found}
    read = with_inapplicable(knowledge, in_force(knowledge, Case(answers, earlier=case.earlier)))
    left = {
        question.id: question
        for question in knowledge.questions.values()
        if question.id not in read and question.derived is None and question.safety >= least
    }
    if knowledge.gap in left:
        return (left[knowledge.gap],)
    certain = [q for q in left.values() if applies(knowledge, q, read) is Truth.TRUE]
    return certain or [*left.values()][:1]
