"""From a case to what it leaves behind for the next one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from screening.follow.effective_answers import in_force, older, still_valid
from screening.model.assessment import Assessment
from screening.model.case import Case, Earlier
from screening.model.decision import Agreement, Looked, Override
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.vocabularies import Level


def earlier_from(knowledge: KnowledgeBase, case: Case, made: Assessment) -> Earlier:
    """Return what a case leaves behind; `made` is what was concluded from it.

    What it referred on record stays, also where the knowledge in use would not refer any more.
    """
    before = case.earlier
    answers = in_force(knowledge, case)
    weeks = {name: one.weeks for name, one in still_valid(knowledge, case).items()}
    left = _concluded(knowledge, made)
    said = Level.NONE if case.record is None else case.record.level
    gap = case.answers.get(knowledge.gap)
    return replace(
        left,
        answers=answers,
        level=max(left.level, said, _still_open(knowledge, before, answers)),
        weeks=weeks,
        first=case.answers if before is None or before.anew else before.first,
        span=0 if before is None or before.anew else older(before.span, gap),
        looked=Looked.ASK if case.record is None else case.record.looked,
        agreed=_agreed(case),
        overrides=_overrides(case),
    )


def begun_anew(left: Earlier) -> Earlier | None:
    """Return what is left to a full screening, in which every answer begins anew; None if nothing.

    That is a referral nobody has looked at, a clinician's limits, and what was overridden.
    """
    still = left.level >= Level.WITHIN_DAYS and left.looked is not Looked.YES
    if not still and left.agreed is None and not left.overrides:
        return None
    return Earlier(
        answers={},
        level=left.level if still else Level.NONE,
        looked=left.looked,
        agreed=left.agreed,
        overrides=left.overrides,
        anew=True,
    )


def _agreed(case: Case) -> Agreement | None:
    """Return the agreement in force after a case: the last one, until there is another."""
    if case.record is not None and case.record.agreed is not None:
        return case.record.agreed
    return None if case.earlier is None else case.earlier.agreed


def _overrides(case: Case) -> tuple[Override, ...]:
    before = () if case.earlier is None else case.earlier.overrides
    if case.record is None:
        return before
    return (*before, *case.record.lapsed, *case.record.overrides)


def _still_open(
    knowledge: KnowledgeBase, before: Earlier | None, answers: Mapping[str, Value]
) -> Level:
    """Return the level an earlier screening referred at, while nobody is said to have looked.

    Somebody has when every question that hangs on the earlier level is answered harmlessly.
    """
    if before is None:
        return Level.NONE
    asked = knowledge.looking_questions
    seen = bool(asked) and all(answers.get(q.id) == q.harmless for q in asked)
    return Level.NONE if seen else before.level


def _concluded(knowledge: KnowledgeBase, made: Assessment) -> Earlier:
    """Return what was concluded, without answers."""
    offered = {one.category for one in made.recommend}
    avoided = {one.target for one in made.avoid if one.kind == "category"}
    return Earlier(
        answers={},
        offered=tuple(name for name in knowledge.categories if name in offered),
        avoided=tuple(name for name in knowledge.categories if name in avoided),
        level=made.referral.level,
    )
