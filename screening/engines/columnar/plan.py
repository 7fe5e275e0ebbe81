"""From simple gates to Polars expressions in strata, each resting on the columns before it."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from screening.engines.columnar.answers import UNKNOWN_NUMBERS, words
from screening.engines.columnar.simple import Simple
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
    parts,
)
from screening.model.question import Question
from screening.model.vocabularies import Unknown

NO_NUMBER = -(2**31) + len(UNKNOWN_NUMBERS)


@dataclass(frozen=True, slots=True)
class Plan:
    """Strata of columns, and the column each gate asked for ends in."""

    strata: tuple[tuple[pl.Expr, ...], ...]
    ends: Mapping[Wire, pl.Expr]

    def worked(self, answers: pl.LazyFrame, keep: Iterable[str] = ()) -> pl.LazyFrame:
        """Return a column, named by its number, for each gate, after those to keep."""
        for stratum in self.strata:
            answers = answers.with_columns(stratum)
        ends = {str(wire): end for wire, end in self.ends.items()}
        # a selection of constants alone would have one row, whatever the number of clients
        return answers.with_columns(**ends).select(*keep, *ends)


def plan(circuit: Circuit, questions: Mapping[str, Question], wanted: Iterable[Wire]) -> Plan:
    """Return how to work some gates of a circuit; `questions` are those with a column."""
    ends = tuple(dict.fromkeys(wanted))
    simple = Simple(questions)
    simple.add(circuit, ends)
    return _Planner(simple).plan({wire: simple.became[wire] for wire in ends})


@dataclass
class _Planner:
    """Gives a column of its own to each gate that others share, and writes the rest in line."""

    simple: Simple
    strata: dict[int, list[pl.Expr]] = field(default_factory=dict)
    placed: dict[Wire, tuple[int, pl.Expr]] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)

    def plan(self, ends: Mapping[Wire, Wire]) -> Plan:
        """Return the plan of the gates, which end in those given."""
        circuit = Circuit(tuple(self.simple.gates.written), {}, {}, {})
        needed = circuit.needed(ends.values())
        users = Counter(part for wire in needed for part in parts(circuit.gates[wire]))
        users.update(ends.values())
        for wire in needed:
            gate = circuit.gates[wire]
            stratum, expr = self._expr(gate)
            if users[wire] > 1 and not isinstance(gate, Opposite):
                name = f"gate {wire}"
                self._column(stratum, name, expr)
                stratum, expr = stratum + 1, pl.col(name)
            self.placed[wire] = stratum, expr
        strata = tuple(tuple(self.strata[number]) for number in sorted(self.strata))
        return Plan(strata, {wire: self.placed[end][1] for wire, end in ends.items()})

    def _column(self, stratum: int, name: str, expr: pl.Expr) -> None:
        self.strata.setdefault(stratum, []).append(expr.alias(name))

    def _expr(self, gate: Gate) -> tuple[int, pl.Expr]:
        """Return a gate in terms of the columns placed, and the first stratum it can stand in."""
        match gate:
            case IsOneOf() | InRange() | IsAsked():
                return 1, self._test(gate)
            case Opposite(part):
                stratum, expr = self.placed[part]
                return stratum, ~expr
            case Every(inner):
                return self._joined(inner, operator.and_, empty=True)
            case Some(inner):
                return self._joined(inner, operator.or_, empty=False)
            case Enough():
                raise TypeError("simple gates hold no counts")
        assert_never(gate)

    def _test(self, gate: AnswerGate) -> pl.Expr:
        match gate:
            case IsAsked(question):
                return pl.col(question).is_not_null()
            case IsOneOf(question, chosen):
                (word,) = chosen
                asked = self.simple.questions[question]
                if asked.is_number:
                    return self._number(question) == UNKNOWN_NUMBERS[Unknown(word)]
                return pl.col(question).to_physical().eq_missing(words(asked).index(word))
            case InRange(question, low, high):
                return self._number(question).is_between(low, high)
        assert_never(gate)

    def _number(self, question: str) -> pl.Expr:
        """Return the column of a number without nulls: filled once, it is compared often."""
        name = f"number {question}"
        if question not in self.filled:
            self.filled.add(question)
            self._column(0, name, pl.col(question).fill_null(NO_NUMBER))
        return pl.col(name)

    def _joined(
        self, inner: tuple[Wire, ...], join: Callable[[pl.Expr, pl.Expr], pl.Expr], *, empty: bool
    ) -> tuple[int, pl.Expr]:
        """Return parts joined pair by pair: an expression as deep as it is long would overflow."""
        placed = sorted((self.placed[part] for part in inner), key=lambda p: p[0])
        if not placed:
            return 0, pl.lit(empty)
        exprs: Sequence[pl.Expr] = [expr for _, expr in placed]
        while len(exprs) > 1:
            pairs = [exprs[at : at + 2] for at in range(0, len(exprs), 2)]
            exprs = [join(*pair) if len(pair) > 1 else pair[0] for pair in pairs]
        return placed[-1][0], exprs[0]
