"""From a mutant that no example can tell from its rule to what a case must expect to do so."""

from __future__ import annotations

from collections.abc import Iterator

from screening.model.rule import (
    Advise,
    AtClearance,
    AtStage,
    AvoidCategory,
    AvoidDemand,
    AvoidExercise,
    Conclusion,
    Find,
    Keep,
    Limit,
    Modify,
    Move,
    Recommend,
    Rule,
)
from screening.model.vocabularies import Firmness, Strength
from screening.mutation.operators import Mutant


def telling_case(rule: Rule, mutant: Mutant) -> str:
    """Return what a case expects that the rule meets and the mutant does not, as it is written.

    Empty where no claim speaks about it. The case has to fire the rule, and no other rule may
    conclude the same.
    """
    now, then = () if mutant.mutated is None else mutant.mutated.then, rule.then
    must = [said for one in then if one not in now for said in _claims(one)]
    must_not = [said for one in now if one not in then and _firmer(one) for said in _claims(one)]
    lists = {"must": must, "must_not": must_not}
    return ", ".join(f"`{key}: [{', '.join(said)}]`" for key, said in lists.items() if said)


def _firmer(conclusion: Conclusion) -> bool:
    """Tell whether a claim of it is not met by a weaker one."""
    match conclusion:
        case AvoidCategory(_, firmness) | AvoidExercise(_, firmness) | AvoidDemand(_, firmness):
            return firmness is Firmness.HARD
        case Find(_, strength):
            return strength > Strength.SUSPECTED
        case _:
            return False


def _claims(conclusion: Conclusion) -> Iterator[str]:  # noqa: C901 - one line for each kind
    """Yield the claim a conclusion meets; none where no claim speaks about it."""
    match conclusion:
        case AvoidCategory(target) | AvoidExercise(target) | AvoidDemand(target):
            yield f"avoid {target} is hard" if _firmer(conclusion) else f"avoid {target}"
        case Find(finding, strength):
            yield (
                f"find {finding} is {strength.word}" if _firmer(conclusion) else f"find {finding}"
            )
        case Recommend(category):
            yield f"recommend {category}"
        case Modify(exercise):
            yield f"modify {exercise}"
        case Keep(exercise) if exercise:
            yield f"keep {exercise}"
        case AtStage(stage):
            yield f"stage {stage}"
        case Limit(limit, at_most):
            yield f"limit {limit} is {at_most}"
        case Advise(advice):
            yield f"advise {advice}"
        case AtClearance(clearance):
            yield f"clearance {clearance}"
        case Move(pace, category) if category:
            yield f"{pace.word} {category}"
        case _:
            return
