"""Answers worth asking about again: they do not fit together, or should not have been asked."""

from __future__ import annotations

from collections.abc import Iterator

from screening.assess.assess import Concluded
from screening.diagnostics import Code, Diagnostic, Severity, Span
from screening.engines.applicable import applies
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.rule import Confirm, Head
from screening.model.vocabularies import Truth


def doubts(concluded: Concluded, knowledge: KnowledgeBase) -> tuple[Diagnostic, ...]:
    """Return a warning for each doubtful answer, at its place in the intake, in order of place.

    All of the answers count, so the more urgent one decides (safety.md, G10).
    """
    found = (*_contradictory(concluded, knowledge), *_inapplicable(concluded, knowledge))
    return tuple(sorted(found, key=lambda d: (d.at.line, d.at.column)))


def _contradictory(concluded: Concluded, knowledge: KnowledgeBase) -> Iterator[Diagnostic]:
    for rule in knowledge.live_rules:
        for conclusion in rule.then:
            if isinstance(conclusion, Confirm) and concluded.outcome.fired(Head(rule.id)):
                names = " and ".join(f"`{name}`" for name in conclusion.questions)
                message = f"the answers to {names} do not fit together"
                help_ = "ask the client again; until then the more urgent one counts"
                yield _warning(
                    Code.contradictory_answers, concluded, conclusion.questions[0], message, help_
                )


def _inapplicable(concluded: Concluded, knowledge: KnowledgeBase) -> Iterator[Diagnostic]:
    given = concluded.case.answers
    for question in knowledge.conditional_questions:
        out_of_place = applies(knowledge, question, concluded.answers) is Truth.FALSE
        if out_of_place and question.id in given and _says_something(question, given[question.id]):
            message = f"`{question.id}` does not apply after the other answers"
            help_ = "the answer still counts; check the answers before it"
            yield _warning(Code.inapplicable_answer, concluded, question.id, message, help_)


def _says_something(question: Question, answer: Value) -> bool:
    """Tell whether an answer is worth a doubt: what a movement does stands on its own."""
    return not question.is_movement and question.concerns(answer)


def _warning(
    code: Code, concluded: Concluded, question: str, message: str, help_: str
) -> Diagnostic:
    at = concluded.case.places.get(question, Span(concluded.case.client or "case"))
    return Diagnostic(code, message, at, help_, Severity.WARNING)
