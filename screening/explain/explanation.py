"""What an explanation says: the contract `explanation/1`, as types."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from screening.assess.difference import Change
from screening.model.knowledge import Source
from screening.model.question import Value
from screening.model.rule import Evidence
from screening.model.vocabularies import Strength, Truth


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
class Fact:
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
    facts: tuple[Fact, ...]
    findings: tuple[Rested, ...]
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Block:
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
    blocked_by: tuple[Block, ...] = ()
    reached: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    open: tuple[str, ...] = ()
    rather_than: Explanation | None = None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What other answers would change; `refused` when that is not shown."""

    answers: tuple[tuple[str, Value], ...]
    changes: tuple[Change, ...] = ()
    refused: bool = False
