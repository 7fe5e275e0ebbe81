"""Whether what a case expects could notice that a rule concludes something else."""

from __future__ import annotations

from collections.abc import Iterator

from screening.model.case_library import Claim, Expected, KnownCase, Verb
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import (
    Advise,
    AtStage,
    AvoidCategory,
    AvoidDemand,
    AvoidExercise,
    Conclusion,
    Confirm,
    Keep,
    Limit,
    Modify,
    Move,
    Recommend,
    Rule,
)
from screening.mutation.operators import Mutant

ABOUT_CLIENT = {AtStage: Verb.STAGE, Limit: Verb.LIMIT, Confirm: Verb.CONFIRM, Advise: Verb.ADVISE}
PACES = frozenset((Verb.PROGRESS, Verb.HOLD, Verb.REGRESS, Verb.STOP))
PLANNED = frozenset((Verb.KEEP, Verb.MODIFY, Verb.AVOID))


def notices(knowledge: KnowledgeBase, case: KnownCase, rule: Rule, mutant: Mutant) -> bool:
    """Tell whether a case might notice a mutant; false only where it certainly cannot."""
    if mutant.mutated is None:
        return True
    changed = set(rule.then) ^ set(mutant.mutated.then)
    if not changed:
        return True
    return any(_noticed(knowledge, case.expect, conclusion) for conclusion in changed)


def _noticed(knowledge: KnowledgeBase, expect: Expected, conclusion: Conclusion) -> bool:
    claims = (*expect.must, *expect.must_not)
    match conclusion:
        case Advise() | AtStage() | Limit() | Confirm():
            return any(claim.verb is ABOUT_CLIENT[type(conclusion)] for claim in claims)
        case Recommend(category):
            return any(claim.target == category for claim in claims)
        case Move():
            return any(claim.verb in PACES for claim in claims)
        case AvoidCategory() | AvoidExercise() | AvoidDemand() | Modify() | Keep():
            return any(_touches(claim, conclusion, knowledge) for claim in claims)
        case _:
            return True


def _touches(claim: Claim, conclusion: Conclusion, knowledge: KnowledgeBase) -> bool:
    targets = set(_targets(conclusion, knowledge))
    return claim.target in targets or (not targets and claim.verb in PLANNED)


def _targets(conclusion: Conclusion, knowledge: KnowledgeBase) -> Iterator[str]:
    match conclusion:
        case AvoidCategory(category):
            yield category
            yield from (e.id for e in knowledge.exercises.values() if e.category == category)
        case AvoidDemand(direction, _, exercises):
            yield direction
            yield from exercises
        case AvoidExercise(exercise) | Modify(exercise):
            yield exercise
        case Keep(exercise) if exercise:
            yield exercise
        case _:
            return
