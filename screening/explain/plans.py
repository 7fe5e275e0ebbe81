"""Where categories, exercises and directions of load stand."""

from __future__ import annotations

from dataclasses import replace

from screening.assess.fired_conclusions import Gathered
from screening.explain.evidence import Ground
from screening.explain.explanation import Standing
from screening.explain.standing import (
    Position,
    against_referral,
    not_reached,
    saying,
    withheld,
    withholding,
)
from screening.model.rule import AvoidDemand, AvoidExercise, Keep, Modify, Recommend
from screening.model.vocabularies import Firmness, Verdict

LEAVE_OUT = {Firmness.SOFT: "leave out for now", Firmness.HARD: "leave out until it has settled"}


def category(ground: Ground, category: str) -> Position:
    """Return where a category stands: a referral withholds it, an avoid overrides it.

    In a follow-up it also says what becomes of it, where the earlier screening offered it.
    """
    place = _offered(ground, category)
    moved = next((m for m in ground.assessment.moves if m.category == category), None)
    if moved is None:
        return place
    says = f"{place.says}; since last time: {moved.pace.word}"
    fired = ground.fired(moved.rules)
    rules = place.rules + tuple(rule for rule in fired if rule not in place.rules)
    reached = place.standing in (Standing.REFUTED, Standing.UNDECIDED) and bool(fired)
    standing = Standing.CONCLUDED if reached else place.standing
    return replace(place, standing=standing, says=says, rules=rules)


def _offered(ground: Ground, category: str) -> Position:
    could = saying(ground, lambda c: isinstance(c, Recommend) and c.category == category)
    rules = ground.fired(could)
    if rules and (blocked := withholding(ground, light=_light(ground, category))) is not None:
        return Position(Standing.WITHHELD, withheld(ground), rules, blocked, could)
    avoided = ground.effects.avoided.get(("category", category))
    if avoided is not None and ground.combination.blocked is None:
        says, against = _left_out(avoided), tuple(avoided.rules)
        if rules:
            return Position(Standing.OVERRIDDEN, says, rules, against, could)
        return Position(Standing.CONCLUDED, says, against, could=could, denied=True)
    if rules and (capped := ground.effects.capped(category)):
        titles = "; ".join(ground.knowledge.rules[rule].title for rule in capped)
        return Position(Standing.WITHHELD, f"withheld: {titles}", rules, capped, could)
    if rules:
        place = Position(Standing.CONCLUDED, "offered", rules, could=could)
        return against_referral(ground, place, light=_light(ground, category))
    return not_reached(ground, could, "not offered")


def _left_out(avoided: Gathered) -> str:
    """Return how firmly something is left out, or by whom."""
    if avoided.agreed is not None:
        return f"left out by {avoided.agreed.who}"
    return LEAVE_OUT[avoided.firmness]


def _light(ground: Ground, category: str) -> bool:
    return ground.knowledge.categories[category].light


def exercise(ground: Ground, exercise: str) -> Position:
    """Return where an exercise stands, as if it were in the programme."""
    plan = ground.plan(exercise)
    light = ground.knowledge.exercises[exercise].light
    blocked = withholding(ground, light=light)
    if blocked is not None:
        return Position(Standing.WITHHELD, withheld(ground), plan.rules, blocked)
    offered = ", ".join(ground.knowledge.exercises[e].name for e in plan.alternatives)
    says = {
        Verdict.KEEP: f"keep. {plan.instead}" if plan.instead else "keep",
        Verdict.MODIFY: f"change. {plan.instead}",
        Verdict.AVOID: "leave out for now" + (f". Instead: {offered}" if offered else ""),
    }[plan.verdict]
    if plan.agreed is not None:
        says = f"left out by {plan.agreed.who}" + (f". Instead: {offered}" if offered else "")
        return Position(Standing.CONCLUDED, says, plan.rules, denied=True)
    if ground.fired(plan.rules) != plan.rules:
        until = "until answered" if plan.open else "an answer is not known"
        return Position(Standing.UNDECIDED, f"{says} ({until})", could=plan.rules)
    if not plan.rules:
        return not_reached(ground, _keepers(ground, exercise), "no rule speaks about it")
    denied = plan.verdict is not Verdict.KEEP
    place = Position(Standing.CONCLUDED, says, plan.rules, denied=denied)
    left_out = plan.verdict is Verdict.AVOID
    return place if left_out else against_referral(ground, place, light=light)


def _keepers(ground: Ground, exercise: str) -> tuple[str, ...]:
    """Return the rules that keep an exercise."""
    return saying(
        ground,
        lambda c: isinstance(c, Keep | AvoidExercise | Modify) and c.exercise in {None, exercise},
    )


def direction(ground: Ground, direction: str) -> Position:
    """Return where a direction of load stands: left out or not."""
    could = saying(ground, lambda c: isinstance(c, AvoidDemand) and c.direction == direction)
    avoided = ground.effects.avoided.get(("direction", direction))
    if avoided is None:
        return not_reached(ground, could, "not left out")
    if ground.combination.blocked is not None:
        blocked = ground.combination.blocked
        return Position(Standing.WITHHELD, withheld(ground), tuple(avoided.rules), blocked)
    return Position(Standing.CONCLUDED, LEAVE_OUT[avoided.firmness], tuple(avoided.rules))
