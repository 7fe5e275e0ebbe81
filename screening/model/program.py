"""The lowered form every compiled engine takes: ground, monotone, without negation.

A `Program` decides *atoms*. Each atom says that something is certainly true or certainly false;
both never hold together, and neither holds while it is undecided. An atom follows from a clause
whose tests all hold, or from a count of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from screening.model.expr import Comparison
from screening.model.rule import Head
from screening.model.score import Score
from screening.model.vocabularies import Effect, Strength


class RuleAtom(NamedTuple):
    """A rule's reading is certainly true, or certainly false."""

    head: Head
    truth: bool


class FindingAtom(NamedTuple):
    """A finding is certainly there at a strength or higher, or certainly not."""

    finding: str
    strength: Strength
    truth: bool


class NodeAtom(NamedTuple):
    """An inner node of a rule's condition holds; `path` numbers it within the rule's side."""

    head: Head
    side: bool
    path: int


Atom = RuleAtom | FindingAtom | NodeAtom


@dataclass(frozen=True, slots=True)
class AnswerTest:
    """The answer to a question is one of these words."""

    question: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class NumberTest:
    """The answer is a number that compares so, or one of these words instead of a number."""

    question: str
    op: Comparison
    number: int
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class EnoughTest:
    """At least so many of the group certainly have the effect."""

    group: str
    effect: Effect
    count: int


@dataclass(frozen=True, slots=True)
class TooFewTest:
    """Fewer than so many of the group can have the effect, whatever is still open."""

    group: str
    effect: Effect
    count: int


@dataclass(frozen=True, slots=True)
class ReachesTest:
    """A score certainly has so many points; with `unknown` the not known counts as the most."""

    score: Score
    points: int
    unknown: bool


@dataclass(frozen=True, slots=True)
class FallsShortTest:
    """A score cannot have so many points; with `unknown` the not known counts as the least."""

    score: Score
    points: int
    unknown: bool


@dataclass(frozen=True, slots=True)
class AtomTest:
    """An atom was derived."""

    atom: Atom


Test = AnswerTest | NumberTest | EnoughTest | TooFewTest | ReachesTest | FallsShortTest | AtomTest


@dataclass(frozen=True, slots=True)
class Clause:
    """`head` follows when at least `count` of the tests hold; a plain clause needs all."""

    head: Atom
    tests: tuple[Test, ...]
    count: int

    @property
    def conjunctive(self) -> bool:
        """Whether every test must hold."""
        return self.count == len(self.tests)


@dataclass(frozen=True, slots=True)
class Program:
    """Clauses in an order in which each rests only on atoms concluded before it.

    `tallies` are the counts that tests ask for, `scores` the sums.
    """

    clauses: tuple[Clause, ...]
    tallies: tuple[tuple[str, Effect], ...]
    heads: tuple[Head, ...]
    findings: tuple[tuple[str, Strength], ...]
    members: tuple[tuple[str, tuple[str, ...]], ...]
    movements: frozenset[str]
    scores: tuple[Score, ...] = ()
