"""The same client after one more answer, or another one: what may differ is worked out anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from screening.engines._z3 import Term
from screening.engines.solver.answers import Answers
from screening.engines.solver.statements import Statements
from screening.engines.solver.world import World
from screening.model.circuit import InRange, IsAsked, IsOneOf, Wire, parts


@dataclass(frozen=True)
class _Changed:
    """A client's answers, but for one question, which is answered as another client does."""

    answers: Answers
    question: str
    other: Answers

    def given(self, question: str) -> Term:
        """Return that a question was answered at all."""
        return self._of(question).given(question)

    def one_of(self, question: str, words: Iterable[str]) -> Term:
        """Return that the answer is one of these words."""
        return self._of(question).one_of(question, words)

    def within(self, question: str, low: int, high: int) -> Term:
        """Return that a number from `low` to `high` was answered."""
        return self._of(question).within(question, low, high)

    def _of(self, question: str) -> Answers:
        return self.other if question == self.question else self.answers


class Afterwards:
    """What the gates behind some wires say after one answer has changed; `other` holds it."""

    def __init__(self, world: World, wires: Sequence[Wire]) -> None:
        self._world = world
        self.other = Answers(world.solver, world.knowledge.questions, "then: ")
        self._rests_on = _questions_behind(world, wires)

    def rests_on(self, wire: Wire) -> frozenset[str]:
        """Return the questions a gate rests on."""
        return self._rests_on[wire]

    def change(self, question: str) -> Statements:
        """Return what the gates say after the answer to one question has changed."""
        same = dict(self._now)
        for wire in self._behind.get(question, ()):
            del same[wire]
        answers = _Changed(self._world.answers, question, self.other)
        return Statements(self._world.solver, self._world.gates.written, answers, same)

    @cached_property
    def _now(self) -> Mapping[Wire, Term]:
        return {wire: self._world.says[wire] for wire in self._rests_on}

    @cached_property
    def _behind(self) -> Mapping[str, list[Wire]]:
        """The gates that rest on each question."""
        found: dict[str, list[Wire]] = {}
        for wire, questions in self._rests_on.items():
            for question in questions:
                found.setdefault(question, []).append(wire)
        return found


def _questions_behind(world: World, wires: Sequence[Wire]) -> Mapping[Wire, frozenset[str]]:
    """Return the questions behind each gate that the wires rest on."""
    gates, needed, left = world.gates.written, set[Wire](), list(wires)
    while left:
        wire = left.pop()
        if wire not in needed:
            needed.add(wire)
            left += parts(gates[wire])
    found: dict[Wire, frozenset[str]] = {}
    for wire in sorted(needed):
        gate = gates[wire]
        if isinstance(gate, IsOneOf | InRange | IsAsked):
            found[wire] = frozenset((gate.question,))
        else:
            found[wire] = frozenset[str]().union(*(found[part] for part in parts(gate)))
    return found
