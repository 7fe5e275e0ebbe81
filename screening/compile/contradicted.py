"""Answers that do not fit together, as gates: what `assess/contradictions.py` says of each."""

from __future__ import annotations

from collections.abc import Iterator

from screening.compile.effective_answers import AnswersRead
from screening.compile.rule_effects import Fired
from screening.model.circuit import Concluded, Wire
from screening.model.expr import asked_in
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question
from screening.model.rule import Confirm


def contradicted(fired: Fired) -> dict[str, Concluded]:
    """Return when the answer to each question does not fit another one, and by which rules."""
    found = {}
    for question in fired.knowledge.questions.values():
        rules = fired.saying(Confirm, lambda c, name=question.id: c.questions[0] == name)  # type: ignore[misc]
        ways = (fired.any(rules), *_ways(fired, question))
        found[question.id] = Concluded(fired.gates.some(*ways), rules)
    return found


def _ways(fired: Fired, question: Question) -> Iterator[Wire]:
    """Yield that what was said to a question is ruled out, or its whole was denied."""
    gates, knowledge = fired.gates, fired.knowledge
    given = AnswersRead(gates, knowledge)
    if question.only_if is not None and not question.is_movement:
        other = gates.some(*(given.asked(name) for name in behind(knowledge, question.id)))
        ruled_out = fired.reading.applies(question, truth=False)
        yield gates.every(given.concerns(question), ruled_out, other)
    for whole in knowledge.summing_questions:
        if question.id in whole.sums_up:
            denied = given.one_of(whole.id, frozenset({str(whole.harmless)}))
            yield gates.every(given.concerns(question), denied)


def behind(knowledge: KnowledgeBase, question: str) -> Iterator[str]:
    """Yield the questions that decide whether a question applies, and whether those do."""
    condition = knowledge.questions[question].only_if
    for name in () if condition is None else asked_in(condition, knowledge.members):
        derivation = knowledge.questions[name].derived
        asked = name if derivation is None else knowledge.worked_out_from(derivation)
        if asked:
            yield asked
            yield from behind(knowledge, asked)
