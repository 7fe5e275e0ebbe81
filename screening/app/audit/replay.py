"""Replaying a conclusion with other knowledge: what would change, and which rules make it so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from screening.app.audit.rederivation import Drawn
from screening.assess import Assessor, Change, ConcludedCase, difference
from screening.model.case import Case, Earlier
from screening.model.knowledge import KnowledgeBase
from screening.model.logic_digest import rule_logic, rule_text
from screening.model.question import Value
from screening.model.vocabularies import Status


class Fate(Enum):
    """What became of a rule from one knowledge base to another."""

    NEW = "new"
    GONE = "gone"
    RETIRED = "retired"
    REWRITTEN = "rewritten"
    REWORDED = "reworded"
    SAME = "unchanged"


@dataclass(frozen=True, slots=True)
class Replayed:
    """A conclusion and what the same answers give with other knowledge.

    `fates` says what became of every rule behind a change; `dropped` names answers and exercises
    the other knowledge does not take.
    """

    drawn: Drawn
    now: KnowledgeBase
    concluded: ConcludedCase
    changes: tuple[Change, ...]
    fates: tuple[tuple[str, Fate], ...]
    dropped: tuple[str, ...]


def replay(drawn: Drawn, assessor: Assessor) -> Replayed:
    """Return what would change with the knowledge of an assessor.

    Raises:
        DisagreementError: when the engines differ.

    """
    was, now = drawn.assessor.knowledge, assessor.knowledge
    case, dropped = taken_over(drawn.concluded.case, now)
    concluded = assessor.conclude(case)
    changes = difference(drawn.concluded.assessment, concluded.assessment, was, now)
    rules = {rule for c in changes for rule in (*c.rules_before, *c.rules_after)}
    fates = tuple((rule, fate(rule, was, now)) for rule in sorted(rules))
    return Replayed(drawn, now, concluded, changes, fates, dropped)


def fate(rule: str, was: KnowledgeBase, now: KnowledgeBase) -> Fate:
    """Return what became of a rule that is in at least one of the two."""
    if rule not in was.rules:
        return Fate.NEW
    if rule not in now.rules:
        return Fate.GONE
    before, after = was.rules[rule], now.rules[rule]
    if after.status is Status.RETIRED is not before.status:
        return Fate.RETIRED
    if rule_logic(before) != rule_logic(after):
        return Fate.REWRITTEN
    return Fate.SAME if rule_text(before) == rule_text(after) else Fate.REWORDED


def taken_over(case: Case, now: KnowledgeBase) -> tuple[Case, tuple[str, ...]]:
    """Return a case as other knowledge can take it, and what it cannot take, in words."""
    dropped = [*_strange(case.answers, now)]
    gone = tuple(name for name in case.programme if name not in now.exercises)
    dropped += [f"no exercise `{name}` any more" for name in gone]
    kept = tuple(name for name in case.programme if name not in gone)
    other = (*case.other_exercises, *gone)
    earlier = None if case.earlier is None else _earlier(case.earlier, now)
    answers = _answers(case.answers, now)
    taken = replace(case, answers=answers, programme=kept, other_exercises=other, earlier=earlier)
    return taken, tuple(dropped)


def _earlier(earlier: Earlier, now: KnowledgeBase) -> Earlier:
    return replace(
        earlier,
        answers=_answers(earlier.answers, now),
        first=_answers(earlier.first, now),
        offered=tuple(name for name in earlier.offered if name in now.categories),
        avoided=tuple(name for name in earlier.avoided if name in now.categories),
    )


def _answers(answers: Mapping[str, Value], now: KnowledgeBase) -> dict[str, Value]:
    return {name: v for name, v in answers.items() if _fits(name, v, now)}


def _fits(name: str, value: Value, now: KnowledgeBase) -> bool:
    return name in now.questions and now.questions[name].takes(value)


def _strange(answers: Mapping[str, Value], now: KnowledgeBase) -> Iterator[str]:
    for name, value in answers.items():
        if name not in now.questions:
            yield f"no question `{name}` any more"
        elif not _fits(name, value, now):
            yield f"`{name}` takes no `{value}` any more"
