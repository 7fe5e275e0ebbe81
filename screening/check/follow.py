"""What questions say about follow-ups and cannot mean."""

from __future__ import annotations

from collections.abc import Iterator

from screening.diagnostics import Code, Problems, suggestion
from screening.model.knowledge import KnowledgeBase
from screening.model.question import (
    SESSION,
    ChangeOf,
    DaysBetween,
    Derivation,
    EarlierLevel,
    IsFollowUp,
    Question,
    WasAvoided,
    WasOffered,
    WeeksInAll,
)
from screening.model.vocabularies import LEVELS, Level

CHANGES = ("better", "same", "worse")


def misfit_follow_ups(knowledge: KnowledgeBase, problems: Problems) -> None:
    """Note each question whose follow-up declarations do not fit it or each other."""
    gaps = [question for question in knowledge.questions.values() if question.gap]
    for question in knowledge.questions.values():
        for message, help_ in _misfits(knowledge, question):
            problems.add(Code.misfit_follow_up, question.at, message, help_)
    for question in gaps[1:]:
        message = f"`{gaps[0].id}` and `{question.id}` both ask for the weeks in between"
        problems.add(Code.misfit_follow_up, question.at, message, "keep one of them")


def _misfits(knowledge: KnowledgeBase, question: Question) -> Iterator[tuple[str, str]]:
    name = question.id
    if question.valid != SESSION and knowledge.asks_emergency(question):
        sums = "sums up" if question.safety is not Level.EMERGENCY else "is"
        yield f"`{name}` {sums} an emergency question: asked in every session", "leave `valid` out"
    if question.valid != SESSION and question.derived is not None:
        yield f"`{name}` is worked out anew in every session", "leave `valid` out"
    if question.derived is not None and question.safety is Level.EMERGENCY:
        yield f"`{name}` is never asked, so it cannot be an emergency question", ""
    if question.gap and (not question.is_number or question.derived is not None):
        yield f"`{name}` is the gap in weeks, so it must be an asked number", ""
    if question.derived is not None:
        yield from _misfit_derivation(knowledge, question, question.derived)
    looks = question in knowledge.looking_questions
    if looks and not (question.is_yes_no and question.harmless == "yes"):
        yield f"`{name}` says whether somebody has looked: a yes_no question, harmless: yes", ""
    if question.sums_up and question.derived is not None:
        yield f"`{name}` cannot sum up others and be worked out from last time as well", ""


def _misfit_derivation(
    knowledge: KnowledgeBase, question: Question, derivation: Derivation
) -> Iterator[tuple[str, str]]:
    name, words = question.id, question.words
    match derivation:
        case IsFollowUp():
            fits, wanted = question.is_yes_no, "a yes_no question"
        case ChangeOf():
            fits = sorted(words) == sorted(CHANGES)
            wanted = f"a choice of {', '.join(CHANGES)}"
            yield from _misfit_change(knowledge, name, derivation)
        case WeeksInAll():
            fits, wanted = question.is_number, "a number of weeks"
            if fits and not knowledge.gap:
                yield f"`{name}` counts weeks, but no question has `gap: yes`", ""
        case DaysBetween():
            fits, wanted = question.is_number, "a number of days"
        case WasOffered(category) | WasAvoided(category):
            fits, wanted = question.is_yes_no, "a yes_no question"
            if category not in knowledge.categories:
                help_ = suggestion(category, knowledge.categories)
                yield f"`{name}` is about `{category}`, which is no category", help_
        case EarlierLevel():
            fits, wanted = sorted(words) == sorted(LEVELS), f"a choice of {', '.join(LEVELS)}"
    if not fits:
        yield f"what `{name}` is derived from needs {wanted}", ""


def _misfit_change(
    knowledge: KnowledgeBase, name: str, derivation: ChangeOf
) -> Iterator[tuple[str, str]]:
    source = knowledge.questions[derivation.question]
    if not source.is_number or source.derived is not None:
        yield f"`{name}` is the change of `{source.id}`, which is no asked number", ""
    if derivation.by < 1 or derivation.percent < 0:
        yield f"`{name}` needs `by` of 1 or more and no negative `or_percent`", ""
