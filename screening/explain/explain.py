"""Why, why not and why rather: from a concluded case to explanations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from screening.explain.evidence import Ground
from screening.explain.explanation import Explanation, Obstacle, Position, Reason, Standing
from screening.explain.reasons import blocks, overriding, reasons
from screening.explain.standings import position
from screening.explain.subject import Subject, Unlisted, find_subject
from screening.explain.what_if import ranges
from screening.model.ids import Sort
from screening.model.question import Value
from screening.model.rule import AtClearance, Reading, Refer
from screening.model.vocabularies import Level, Truth

URGENT = {Level.SAME_DAY.word, Level.EMERGENCY.word}


@dataclass(frozen=True, slots=True)
class Full:
    """Everything behind an assessment: answers, the truth of every rule, every reason."""

    answers: tuple[tuple[str, Value], ...]
    rules: tuple[tuple[str, Truth], ...]
    reasons: tuple[Reason, ...]


def why(ground: Ground, target: Subject) -> Explanation:
    """Return why a target is what it is, concluded or not, with the ranges of its numbers."""
    explanation = _why(ground, target)
    if explanation.standing is not Standing.CONCLUDED or _refers(ground, explanation, target):
        return explanation
    return replace(explanation, ranges=ranges(ground, target))


def why_not(ground: Ground, target: Subject) -> Explanation:
    """Return what stands in the way of a target: of offering a category, of an exercise as is."""
    place = position(ground, target)
    if not place.denied:
        return _why(ground, target)
    against = (*blocks(ground, place.could), *overriding(ground, place.rules))
    return replace(_why(ground, target), standing=Standing.OVERRIDDEN, blocked_by=against)


def rather(ground: Ground, chosen: Subject, other: Subject) -> Explanation:
    """Return why one target rather than another."""
    return replace(_why(ground, chosen), rather_than=why_not(ground, other))


def how(ground: Ground) -> tuple[Explanation, ...]:
    """Return why everything was concluded, referral first; without ranges."""
    return tuple(_why(ground, target) for target in _concluded(ground))


def full(ground: Ground) -> Full:
    """Return every answer, the truth of every rule and the reason of every rule that fired."""
    knowledge = ground.knowledge
    answers = tuple((q, ground.answers[q]) for q in knowledge.questions if q in ground.answers)
    rules = tuple((rule.id, ground.truth(rule.id)) for rule in knowledge.live_rules)
    return Full(answers, rules, reasons(ground, ground.firings))


def _why(ground: Ground, target: Subject) -> Explanation:
    place = position(ground, target)
    standing = place.standing
    shown = place.against if standing is Standing.WITHHELD else place.rules
    withheld = place.rules if standing is Standing.WITHHELD else ()
    return Explanation(
        target=target.id,
        title=target.title,
        standing=standing,
        says=place.says,
        reasons=reasons(ground, (rule for rule in shown if rule in ground.firings)),
        blocked_by=_blocked(ground, place),
        reached=withheld,
        open=_open(ground, target, place),
    )


def _blocked(ground: Ground, place: Position) -> tuple[Obstacle, ...]:
    match place.standing:
        case Standing.CONCLUDED:
            return ()
        case Standing.WITHHELD | Standing.OVERRIDDEN:
            return overriding(ground, place.against)
        case _:
            return blocks(ground, place.could)


def _open(ground: Ground, target: Subject, place: Position) -> tuple[str, ...]:
    """Return the questions that could still change where a target stands."""
    wanted = set(ground.knowledge.clearances) if target.sort is Unlisted.CLEARANCE else {target.id}
    if target.sort is Sort.EXERCISE and place.standing is not Standing.WITHHELD:
        return ground.plan(target.id).open
    if target.sort is Unlisted.REFERRAL:
        wanted = {level.word for level in Level if level > ground.assessment.referral.level}
    if place.standing is Standing.WITHHELD:
        wanted = URGENT
    return tuple(o.question for o in ground.assessment.open if wanted & set(o.could_change))


def _refers(ground: Ground, explanation: Explanation, target: Subject) -> bool:
    """Tell whether a range would show which number takes a referral or clearance away."""
    rules = (ground.knowledge.rules[reason.rule] for reason in explanation.reasons)
    return target.sort in (Unlisted.LEVEL, Unlisted.REFERRAL) or any(
        rule.level(Reading.CERTAIN) > Level.NONE
        or any(isinstance(c, Refer | AtClearance) for c in rule.then)
        for rule in rules
    )


def _concluded(ground: Ground) -> Iterator[Subject]:
    """Yield everything an assessment concludes or withholds."""
    names = list(dict.fromkeys(_names(ground)))
    for name in names:
        yield find_subject(ground.knowledge, name)


def _names(ground: Ground) -> Iterator[str]:
    found = ground.assessment
    if found.referral.rules:
        yield "referral"
    if found.clearance is not None:
        yield "clearance"
    for listed in (found.findings, found.stage, found.limits):
        yield from (one.id for one in listed)
    yield from (offered.category for offered in found.recommend)
    yield from (moved.category for moved in found.moves)
    yield from (plan.exercise for plan in found.programme)
    yield from (left.target for left in found.avoid if left.kind != "exercise")
    yield from (kept.target for kept in found.withheld)
    yield from (confirm.question for confirm in found.confirm)
    yield from (advised.id for advised in found.advice)
