"""Where any target stands: findings, stages, limits, referrals, advice and rules here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from screening.explain import plans
from screening.explain.evidence import Ground
from screening.explain.explanation import Standing
from screening.explain.standing import Position, not_reached, overridden, saying, withheld
from screening.explain.subject import Target, Unlisted
from screening.model.conclusions import ADVICE, listed, listing_of, said_under_block, target_of
from screening.model.ids import Sort
from screening.model.knowledge import LimitKind
from screening.model.rule import (
    AtClearance,
    AtStage,
    Confirm,
    Limit,
    Reading,
    Refer,
)
from screening.model.vocabularies import Level, Strength, Truth


def position(ground: Ground, target: Target) -> Position:
    """Return where a target stands."""
    return _POSITIONS[target.sort](ground, target.id)


def _finding(ground: Ground, finding: str) -> Position:
    found = next((f for f in ground.assessment.findings if f.id == finding), None)
    if found is not None:
        return Position(Standing.CONCLUDED, f"found ({found.strength.word})", found.rules)
    could = ground.knowledge.finders[finding, Strength.SUSPECTED]
    return not_reached(ground, could, "not found")


def _stage(ground: Ground, stage: str) -> Position:
    could = saying(ground, lambda c: c == AtStage(stage))
    axis = ground.knowledge.stages[stage].axis
    reached = next((s for s in ground.assessment.stage if s.axis == axis), None)
    rules = ground.fired(could)
    if reached is not None and reached.id == stage:
        return Position(Standing.CONCLUDED, f"stage ({axis})", rules)
    if rules and reached is not None:
        winner = ground.knowledge.stages[reached.id].title
        return Position(
            Standing.OVERRIDDEN, f"“{winner}” is more cautious", rules, reached.rules, could
        )
    return not_reached(ground, could, "not reached")


def _limit(ground: Ground, limit: str) -> Position:
    could = saying(ground, lambda c: isinstance(c, Limit) and c.limit == limit)
    reached = next((found for found in ground.assessment.limits if found.id == limit), None)
    if reached is not None:
        by = f" (set by {reached.agreed.who})" if reached.agreed else ""
        says = f"at most {amount(ground.knowledge.limits[limit], reached.at_most)}{by}"
        return Position(Standing.CONCLUDED, says, reached.rules)
    if rules := ground.fired(could):
        blocked = ground.combination.blocked or ()
        return Position(Standing.WITHHELD, withheld(ground), rules, blocked)
    return not_reached(ground, could, "no limit from these answers")


def amount(limit: LimitKind, at_most: int) -> str:
    """Return a limit with its unit.

    >>> amount(LimitKind("pain", "Pain", "points"), 3)
    '3 points'
    """
    return f"{at_most} {limit.unit}".strip()


def _advice(ground: Ground, name: str) -> Position:
    """Return the position of something on a list."""
    given = next((a for a in ground.assessment.advice if a.id == name), None)
    if given is not None:
        return Position(Standing.CONCLUDED, given.listing.says, given.rules)
    could = saying(ground, lambda c: listed(c) is not None and target_of(c) == name)
    if rules := ground.fired(could):
        blocked = ground.combination.blocked or ()
        return Position(Standing.WITHHELD, withheld(ground), rules, blocked)
    listing = listing_of(ground.knowledge, name) or ADVICE
    return not_reached(ground, could, listing.silent)


def _confirm(ground: Ground, question: str) -> Position:
    could = saying(ground, lambda c: isinstance(c, Confirm) and question in c.questions)
    rules = ground.fired(could)
    if rules:
        return Position(Standing.CONCLUDED, "ask again: answers do not fit together", rules)
    return not_reached(ground, could, "nothing to confirm")


def _referral(ground: Ground, _: str) -> Position:
    referral = ground.assessment.referral
    if referral.level is Level.NONE:
        return _level(ground, Level.NONE.word)
    sent = _sent(ground, referral.level)
    says = f"{sent}. It stays, though {overridden(ground)}" if ground.assessment.lifted else sent
    return Position(Standing.CONCLUDED, says, referral.decisive)


def _sent(ground: Ground, level: Level) -> str:
    """Return a level's title and whom to see."""
    to = ", ".join(ground.knowledge.targets[t].title for t in ground.assessment.referral.to)
    return f"{ground.knowledge.levels[level].title}: {to}" if to else level.word


def _level(ground: Ground, word: str) -> Position:
    """Return the position of one level: the highest wins, the others are listed."""
    level = next(level for level in Level if level.word == word)
    reached = ground.assessment.referral
    could = _referring(ground, (level,))
    if level is reached.level:
        says = _sent(ground, level) if reached.rules else "no rule refers on these answers"
        higher = _referring(ground, tuple(other for other in Level if other > level))
        return Position(Standing.CONCLUDED, says, reached.decisive, could=higher)
    if level < reached.level:
        made = _unique(rule.id for at, rule, _ in ground.effects.referrals if at is level)
        winner = f"{ground.knowledge.levels[reached.level].title} is more urgent"
        if made or level is Level.NONE:
            return Position(Standing.OVERRIDDEN, winner, made, reached.decisive, could)
    return not_reached(ground, could, "no rule refers so on these answers")


def _clearance(ground: Ground, _: str) -> Position:
    """Return the position of the clearance axis: that of the strictest asked for."""
    asked = ground.effects.clearance
    if asked is not None:
        found = _clearance_kind(ground, asked.id)
        if found.standing is not Standing.CONCLUDED:
            return found
        return replace(found, says=ground.knowledge.clearances[asked.id].title)
    could = saying(ground, lambda c: isinstance(c, AtClearance))
    return not_reached(ground, could, "no rule asks for any")


def _clearance_kind(ground: Ground, clearance: str) -> Position:
    """Return the position of one clearance: the strictest wins; an urgent referral goes first."""
    asked, kinds = ground.effects.clearance, ground.knowledge.clearances
    could = saying(ground, lambda c: c == AtClearance(clearance))
    rules = ground.fired(could)
    if not rules or asked is None:
        return not_reached(ground, could, "no rule asks for it")
    if ground.combination.blocked is not None:
        return Position(Standing.WITHHELD, withheld(ground), rules, ground.combination.blocked)
    if asked.id != clearance:
        says = f"“{kinds[asked.id].title}” is stricter"
        return Position(Standing.OVERRIDDEN, says, rules, asked.rules, could)
    stricter = {c.id for c in kinds.values() if c.rank < kinds[clearance].rank}
    higher = saying(ground, lambda c: isinstance(c, AtClearance) and c.clearance in stricter)
    says = kinds[clearance].say or kinds[clearance].meanwhile
    return Position(Standing.CONCLUDED, says, rules, could=higher)


def _referring(ground: Ground, levels: tuple[Level, ...]) -> tuple[str, ...]:
    return tuple(
        rule.id
        for rule in ground.knowledge.live_rules
        if any(rule.level(reading) in levels for reading in rule.readings)
        and any(isinstance(c, Refer) for c in rule.then)
    )


def _rule(ground: Ground, name: str) -> Position:
    """Return the position of a rule: whether it fires, and whether what it says is given."""
    if ground.truth(name) is Truth.TRUE:
        rule = ground.knowledge.rules[name]
        kept_back = not any(map(said_under_block, rule.then))
        if kept_back and ground.combination.blocked is not None:
            blocked = ground.combination.blocked
            return Position(Standing.WITHHELD, withheld(ground), (name,), blocked)
        return Position(Standing.CONCLUDED, "fires", (name,))
    if name in ground.assessment.referral.rules:
        level = ground.knowledge.rules[name].level(Reading.POSSIBLE).word
        return Position(Standing.CONCLUDED, f"refers ({level}): an answer is unknown", (name,))
    if name not in {rule.id for rule in ground.knowledge.live_rules}:
        return Position(Standing.REFUTED, "retired: it never fires")
    return not_reached(ground, (name,), "does not fire")


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


_POSITIONS: Mapping[Sort | Unlisted, Callable[[Ground, str], Position]] = {
    Sort.FINDING: _finding,
    Sort.CATEGORY: plans.category,
    Sort.EXERCISE: plans.exercise,
    Sort.STAGE: _stage,
    Sort.LIMIT: _limit,
    Unlisted.LEVEL: _level,
    Unlisted.REFERRAL: _referral,
    Unlisted.DIRECTION: plans.direction,
    Sort.ADVICE: _advice,
    Unlisted.CONFIRM: _confirm,
    Sort.RULE: _rule,
    Unlisted.CLEARANCE: _clearance,
    Sort.CLEARANCE: _clearance_kind,
}
