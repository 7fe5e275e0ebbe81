"""From a circuit to the gates a column engine works cheaply: `and`, `or`, `not` and single tests.

A count of k of n becomes a table of "at least j of the first i", which shares its rows between
counts of the same parts. A test on several words becomes one test for each word, shared by all
that ask for it, or the opposite of the fewer words that are left.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from screening.compile.circuit.gates import Gates
from screening.engines.columnar.answers import words
from screening.errors import assert_never
from screening.model.circuit import (
    AnswerGate,
    Circuit,
    Enough,
    Every,
    Gate,
    InRange,
    IsAsked,
    IsOneOf,
    Opposite,
    Some,
    Wire,
)
from screening.model.question import Question


@dataclass
class Simple:
    """Simple gates, and what each gate became; `questions` are those that have a column."""

    questions: Mapping[str, Question]
    gates: Gates = field(default_factory=Gates)
    became: dict[Wire, Wire] = field(default_factory=dict)

    def add(self, circuit: Circuit, wanted: Iterable[Wire]) -> None:
        """Add the gates that some wires rest on."""
        for wire in circuit.needed(wanted):
            self.became[wire] = self._simple(circuit.gates[wire])

    def _simple(self, gate: Gate) -> Wire:
        match gate:
            case IsOneOf() | InRange() | IsAsked():
                if gate.question not in self.questions:
                    return self.gates.OFF
                return self._test(gate)
            case Opposite(part):
                return self.gates.opposite(self.became[part])
            case Every(parts):
                return self.gates.every(*(self.became[part] for part in parts))
            case Some(parts):
                return self.gates.some(*(self.became[part] for part in parts))
            case Enough(needed, parts):
                return self._enough(needed, tuple(self.became[part] for part in parts))
        assert_never(gate)

    def _test(self, gate: AnswerGate) -> Wire:
        if not isinstance(gate, IsOneOf):
            return self.gates.add(gate)
        question = self.questions[gate.question]
        rest = frozenset(words(question)) - gate.words
        if question.is_number or len(gate.words) <= len(rest):
            return self._one_of(question, gate.words)
        asked = self.gates.add(IsAsked(question.id))
        return self.gates.every(asked, self.gates.opposite(self._one_of(question, rest)))

    def _one_of(self, question: Question, chosen: frozenset[str]) -> Wire:
        single = (self.gates.add(IsOneOf(question.id, frozenset({w}))) for w in sorted(chosen))
        return self.gates.some(*single)

    def _enough(self, needed: int, parts: tuple[Wire, ...]) -> Wire:
        """Return whether enough parts are on, by the shorter of two tables."""
        others = len(parts) - needed + 1
        if needed <= others:
            return self._at_least(needed, parts)
        off = tuple(self.gates.opposite(part) for part in parts)
        return self.gates.opposite(self._at_least(others, off))

    def _at_least(self, needed: int, parts: tuple[Wire, ...]) -> Wire:
        """Return whether enough parts are on; `row[j]` says it of j of the parts so far."""
        row = [self.gates.ON, *(self.gates.OFF for _ in range(needed))]
        for part in parts:
            more = (
                self.gates.some(here, self.gates.every(before, part))
                for before, here in itertools.pairwise(row)
            )
            row = [self.gates.ON, *more]
        return row[needed]
