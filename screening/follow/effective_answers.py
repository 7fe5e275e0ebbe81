"""The answers in force in a case: those given, those carried, those worked out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from screening.engines.applicable import applies, summed_up, with_inapplicable
from screening.errors import assert_never
from screening.model.case import Case, Earlier
from screening.model.decision import Looked
from screening.model.knowledge import KnowledgeBase
from screening.model.question import (
    ALWAYS,
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
from screening.model.vocabularies import ASKED_UNKNOWN, Level, Truth, Unknown


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
            return change_since(answers.get(name), now, derivation)
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


def change_since(before: Value | None, now: Value, by: ChangeOf) -> Value:
    """Return `better`, `same` or `worse`; `dont_know` unless both are numbers.

    >>> change_since(6, 4, ChangeOf("pain", 2)), change_since(3, 2, ChangeOf("pain", 2, 30))
    ('better', 'better')
    >>> change_since(4, 3, ChangeOf("pain", 2, 30)), change_since(1, 3, ChangeOf("pain", 2, 30))
    ('same', 'worse')
    """
    if not isinstance(before, int) or not isinstance(now, int):
        return Unknown.DONT_KNOW
    fall = before - now
    enough = by.percent > 0 and fall > 0 and fall * PERCENT >= by.percent * before
    if fall >= by.by or enough:
        return BETTER
    return WORSE if -fall >= by.by else SAME


NOBODY = "no"  # the answer of a looking question whose harmless answer is yes


def in_force(knowledge: KnowledgeBase, case: Case) -> dict[str, Value]:
    """Return the answers that count: what was given now comes before what was carried.

    What can be worked out from the earlier screening comes before what an intake says of it.
    """
    answers = _given(knowledge, case)
    answers.update((name, one.value) for name, one in still_valid(knowledge, case).items())
    read, followed = with_inapplicable(knowledge, answers), _followed(case)
    for question in knowledge.questions.values():
        if question.derived is None or (question.id in read and followed is None):
            continue
        value = derived(knowledge, question, answers, followed)
        if value is None or (isinstance(value, Unknown) and question.id in read):
            continue
        if applies(knowledge, question, read) is not Truth.FALSE:
            answers[question.id] = value
    if case.earlier is not None and case.earlier.anew:
        answers.update(_left_open(knowledge, case.earlier))
    return _with_looks(knowledge, case.earlier, answers)


def _left_open(knowledge: KnowledgeBase, earlier: Earlier) -> dict[str, Value]:
    """Return what the screening before referred, while that is open, to a full screening."""
    if earlier.level is Level.NONE:
        return {}
    asked = (q.id for q in knowledge.questions.values() if isinstance(q.derived, EarlierLevel))
    return dict.fromkeys(asked, earlier.level.word)


def _with_looks(
    knowledge: KnowledgeBase, earlier: Earlier | None, answers: dict[str, Value]
) -> dict[str, Value]:
    """Return the answers with whether somebody has looked, where that is on record.

    Without a clinician's agreement a client's yes does not count; with one, a no still does.
    """
    if earlier is None or earlier.looked is Looked.ASK:
        return answers
    if earlier.anew and earlier.level is Level.NONE:
        return answers
    found = dict(answers)
    for question in knowledge.looking_questions:
        if applies(knowledge, question, found) is Truth.FALSE:
            continue
        if earlier.looked is Looked.YES:
            found.setdefault(question.id, question.harmless)
        elif found.get(question.id, question.harmless) == question.harmless:
            found[question.id] = NOBODY
    return found


def still_valid(knowledge: KnowledgeBase, case: Case) -> dict[str, Carried]:
    """Return the answers carried into a case; none when it follows no other."""
    followed = _followed(case)
    return {} if followed is None else carried(knowledge, _given(knowledge, case), followed)


def _given(knowledge: KnowledgeBase, case: Case) -> dict[str, Value]:
    """Return the answers given, and that the case is a follow-up when it is one."""
    if _followed(case) is None:
        return dict(case.answers)
    return {**case.answers, **dict.fromkeys(knowledge.follow_up_marks, "yes")}


def _followed(case: Case) -> Earlier | None:
    """Return what the screening it follows left behind; None for one that begins anew."""
    return None if case.earlier is None or case.earlier.anew else case.earlier
