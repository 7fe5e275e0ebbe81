"""Where a target stands: what was concluded about it, by which rules, and against which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from screening.explain.evidence import Ground
from screening.explain.explanation import Standing
from screening.model.rule import Conclusion
from screening.model.vocabularies import Level, Truth


@dataclass(frozen=True, slots=True)
class Position:
    """What became of a target.

    `rules` reached it, `against` withhold or override it, and `could` would conclude it if they
    fired. `denied` marks what was concluded as left out or changed, not as asked for.
    """

    standing: Standing
    says: str
    rules: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    could: tuple[str, ...] = ()
    denied: bool = False


def saying(ground: Ground, test: Callable[[Conclusion], bool]) -> tuple[str, ...]:
    """Return the live rules that say something."""
    return tuple(
        rule.id for rule in ground.knowledge.live_rules if any(test(c) for c in rule.then)
    )


def not_reached(ground: Ground, could: tuple[str, ...], nothing: str) -> Position:
    """Return the position of what no rule reached: open while one is undecided."""
    waiting = any(ground.truth(rule) is Truth.UNDECIDED for rule in could)
    if waiting:
        return Position(Standing.UNDECIDED, "still open", could=could)
    says = nothing if could else f"{nothing}: no rule says so yet"
    return Position(Standing.REFUTED, says, could=could)


def withholding(ground: Ground, *, light: bool) -> tuple[str, ...] | None:
    """Return the rules by which a referral or an unfinished screening withholds exercise."""
    if ground.combination.blocked is not None:
        return ground.combination.blocked
    return ground.combination.only_light or None if not light else None


def withheld(ground: Ground) -> str:
    """Return why exercise is withheld as a whole: a referral goes before a clearance."""
    level, cleared = ground.assessment.referral.level, ground.assessment.clearance
    if level >= Level.WITHIN_DAYS:
        return f"withheld: {ground.knowledge.levels[level].title.lower()}"
    if ground.combination.blocked is None and cleared is not None:
        return f"withheld: {ground.knowledge.clearances[cleared.id].title.lower()}"
    return "withheld: the screening is not finished"


def against_referral(ground: Ground, place: Position, *, light: bool) -> Position:
    """Return the position of what is given only because a trainer overrode a referral."""
    lifted = () if light else ground.assessment.lifted
    if not lifted:
        return place
    says = f"{place.says}; {overridden(ground)}"
    return replace(place, standing=Standing.OVERRIDDEN, says=says, against=lifted)


def overridden(ground: Ground) -> str:
    """Return who overrode the referral that is lifted now, and why."""
    found = (one.override for one in ground.assessment.overrides if one.lifts)
    return "; ".join(f"the referral was overridden by {o.who}: {o.reason}" for o in found)
