"""From gates to statements: what a circuit concludes about a client whose answers are open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from screening.engines._z3 import Solver, Term, opposite
from screening.errors import assert_never
from screening.model.circuit import (
    Enough,
    Every,
    Gate,
    InRange,
    IsAsked,
    IsOneOf,
    Opposite,
    Some,
    Wire,
    parts,
)


class About(Protocol):
    """The answers that statements are about."""

    def given(self, question: str) -> Term:
        """Return that a question was answered at all."""

    def one_of(self, question: str, words: Iterable[str]) -> Term:
        """Return that the answer is one of these words."""

    def within(self, question: str, low: int, high: int) -> Term:
        """Return that a number from `low` to `high` was answered."""


class Statements:
    """The statement of each gate, worked out when it is first needed.

    `gates` may still grow. `known` are statements that are free, or worked out already.
    """

    def __init__(
        self,
        solver: Solver,
        gates: Sequence[Gate],
        answers: About,
        known: Mapping[Wire, Term] | None = None,
    ) -> None:
        self._solver = solver
        self._gates = gates
        self._answers = answers
        self._known = dict(known or {})

    def __getitem__(self, wire: Wire) -> Term:
        """Return that a gate is on."""
        for needed in self._missing(wire):
            self._known[needed] = self._meaning(self._gates[needed])
        return self._known[wire]

    def _missing(self, wire: Wire) -> Iterator[Wire]:
        """Return the gates behind one that have no statement yet, each after its parts."""
        found: set[Wire] = set()
        left = [wire]
        while left:
            one = left.pop()
            if one not in found and one not in self._known:
                found.add(one)
                left += parts(self._gates[one])
        return iter(sorted(found))

    def _meaning(self, gate: Gate) -> Term:  # noqa: PLR0911 - one for each kind of gate
        match gate:
            case IsOneOf(question, words):
                return self._answers.one_of(question, words)
            case InRange(question, low, high):
                return self._answers.within(question, low, high)
            case IsAsked(question):
                return self._answers.given(question)
            case Every(parts_):
                return self._solver.all_of([self._known[part] for part in parts_])
            case Some(parts_):
                return self._solver.any_of([self._known[part] for part in parts_])
            case Enough(count, parts_):
                return self._solver.at_least(count, [self._known[part] for part in parts_])
            case Opposite(part):
                return opposite(self._known[part])
        assert_never(gate)
