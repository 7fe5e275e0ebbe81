"""The answers in force in a case: those given, those carried, those worked out."""

from __future__ import annotations

from screening.engines.applicable import applies, with_inapplicable
from screening.follow.carry_forward import Carried, carried
from screening.follow.derived_answers import derived
from screening.model.case import Case, Earlier
from screening.model.decision import Looked
from screening.model.knowledge import KnowledgeBase
from screening.model.question import EarlierLevel, Value
from screening.model.vocabularies import Level, Truth, Unknown

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
