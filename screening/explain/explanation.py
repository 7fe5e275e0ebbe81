"""What an explanation says: the contract `explanation/1`, as types, and where a target stands.

A position says what was concluded, by which rules, and against which.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from screening.assess.difference import Change
from screening.explain.evidence import Ground
from screening.model.pack import Source
from screening.model.question import Value
from screening.model.rule import Conclusion, Evidence
from screening.model.vocabularies import Level, Strength, Truth


class Standing(Enum):
    """What became of a target."""

    CONCLUDED = "concluded"
    WITHHELD = "withheld"
    REFUTED = "refuted"
    UNDECIDED = "undecided"
    OVERRIDDEN = "overridden"


class State(Enum):
    """Why a rule that could have concluded a target did not.

    `FAILED` is certainly not so, or asked and not known; `OVERRIDDEN` names a rule that wins.
    """

    FAILED = "failed"
    NOT_ASKED = "not_asked"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True, slots=True)
class AnsweredFact:
    """What was answered, in words, and the answers it sums up."""

    words: str
    answers: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Rested:
    """A finding a rule rests on: that it is there (at this strength), or certainly is not."""

    finding: str
    strength: Strength
    truth: Truth
    words: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A source with the place in it."""

    evidence: Evidence
    source: Source


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule behind something: what it says, on which answers, and who stands behind it."""

    rule: str
    title: str
    because: str
    conflict: str
    facts: tuple[AnsweredFact, ...]
    findings: tuple[Rested, ...]
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A condition that stands in the way of a rule, or (overridden) the rule that wins.

    `answer` is the answer to the one question of the condition, `said` the same in words.
    """

    rule: str
    condition: str
    state: State
    answer: Value | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """Every number from `low` to `high` gives the same, all other answers staying as they are."""

    question: str
    value: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a target is what it is.

    `reached` are rules that reached what is withheld or overridden; `open` the questions that
    could still change it; `rather_than` explains why not the other, when two are compared.
    """

    target: str
    title: str
    standing: Standing
    says: str
    reasons: tuple[Reason, ...] = ()
    blocked_by: tuple[Obstacle, ...] = ()
    reached: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    open: tuple[str, ...] = ()
    rather_than: Explanation | None = None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What other answers would change; `refused` when that is not shown.

    `opens` are the questions that would then have to be asked.
    """

    answers: tuple[tuple[str, Value], ...]
    changes: tuple[Change, ...] = ()
    refused: bool = False
    opens: tuple[str, ...] = ()


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


def withheld_by(ground: Ground, *, light: bool) -> tuple[str, ...] | None:
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
    says = f"{place.says}; {override_words(ground)}"
    return replace(place, standing=Standing.OVERRIDDEN, says=says, against=lifted)


def override_words(ground: Ground) -> str:
    """Return who overrode the referral that is lifted now, and why."""
    found = (one.override for one in ground.assessment.overrides if one.lifts)
    return "; ".join(f"the referral was overridden by {o.who}: {o.reason}" for o in found)
