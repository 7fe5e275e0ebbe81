"""Many clients at once: the circuit compiled to Polars expressions. Only here and in `batch`.

Answers stand in a frame: one row a client, one column a question, null is not asked. A choice is
an `Enum` of its words, `dont_know` and `declined`; a number is an `Int32` in which the two lowest
values stand for these. A question that is no column was asked of nobody.

The circuit becomes gates a column engine works cheaply: `and`, `or`, `not` and single tests. A
count of k of n becomes a table of "at least j of the first i", which shares its rows between
counts of the same parts. A test on several words becomes one test for each word, shared by all
that ask for it, or the opposite of the fewer words that are left.
"""

from __future__ import annotations

import itertools
import operator
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from screening.compile.circuit import circuit
from screening.compile.gates import Gates
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
from screening.model.knowledge import KnowledgeBase
from screening.model.program import Atom, FindingAtom, RuleAtom
from screening.model.question import Question, Value
from screening.model.vocabularies import ASKED_UNKNOWN, ASKED_UNKNOWNS, Unknown

NUMBER = pl.Int32()
UNKNOWN_NUMBERS = {unknown: -(2**31) + at for at, unknown in enumerate(ASKED_UNKNOWN)}
_FROM_NUMBER = {code: unknown for unknown, code in UNKNOWN_NUMBERS.items()}


def column_words(question: Question) -> tuple[str, ...]:
    """Return the words a column of answers may hold, in order of their codes."""
    return (*question.words, *ASKED_UNKNOWNS)


def kind_of(question: Question) -> pl.DataType:
    """Return the type of a column of answers to a question."""
    return NUMBER if question.is_number else pl.Enum(column_words(question))


def held(question: Question, value: Value) -> str | int:
    """Return what a column holds for an answer to a question."""
    if not isinstance(value, Unknown):
        return value
    return UNKNOWN_NUMBERS[value] if question.is_number else value.value


def read_back(cell: str | int) -> Value:
    """Return the answer in a cell of a column of answers.

    >>> read_back("dont_know"), read_back(7)
    (<Unknown.DONT_KNOW: 'dont_know'>, 7)
    """
    return (
        ASKED_UNKNOWNS.get(cell, cell) if isinstance(cell, str) else _FROM_NUMBER.get(cell, cell)
    )


def frame(knowledge: KnowledgeBase, sheets: Iterable[Mapping[str, Value]]) -> pl.DataFrame:
    """Return answer sheets as a frame, a row for each, with a column for every question."""
    rows = list(sheets)
    return pl.DataFrame(
        [
            pl.Series(
                name,
                [held(question, row[name]) if name in row else None for row in rows],
                dtype=kind_of(question),
            )
            for name, question in knowledge.questions.items()
        ]
    )


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
        rest = frozenset(column_words(question)) - gate.words
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
        """Return whether enough parts are on; `row[j]` says it of j of the parts so far.

        A part that is listed several times, side by side, is gone through once.
        """
        row = [self.gates.ON, *(self.gates.OFF for _ in range(needed))]
        for part, listed in itertools.groupby(parts):
            times = len(list(listed))
            more = (
                self.gates.some(row[here], self.gates.every(row[max(0, here - times)], part))
                for here in range(1, needed + 1)
            )
            row = [self.gates.ON, *more]
        return row[needed]


NO_NUMBER = -(2**31) + len(UNKNOWN_NUMBERS)


@dataclass(frozen=True, slots=True)
class ColumnPlan:
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


def column_plan(
    circuit: Circuit, questions: Mapping[str, Question], wanted: Iterable[Wire]
) -> ColumnPlan:
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

    def plan(self, ends: Mapping[Wire, Wire]) -> ColumnPlan:
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
        return ColumnPlan(strata, {wire: self.placed[end][1] for wire, end in ends.items()})

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
                return pl.col(question).to_physical().eq_missing(column_words(asked).index(word))
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


Columns = tuple[frozenset[str], tuple[Wire, ...]]


class ColumnarEngine:
    """A knowledge base compiled once; frames hold answers as `answers.py` says."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self._plans: dict[Columns, ColumnPlan] = {}

    @cached_property
    def circuit(self) -> Circuit:
        """Everything the knowledge concludes, as gates."""
        return circuit(self.knowledge)

    def gates(
        self, answers: pl.LazyFrame, wanted: Iterable[Wire], *, keep: Iterable[str] = ()
    ) -> pl.LazyFrame:
        """Return a Boolean column, named by its number, for each gate wanted.

        The columns to `keep` come first. The frame may be larger than memory: nothing is worked
        before it is collected or written.

        Raises:
            TypeError: when a question's column is not of the type `kind_of` says.

        """
        kinds = answers.collect_schema()
        asked = frozenset(kinds).intersection(self.knowledge.questions)
        for name in asked:
            expected = kind_of(self.knowledge.questions[name])
            if kinds[name] != expected:
                raise TypeError(f"column `{name}` is {kinds[name]}, expected {expected}")
        return self._plan(asked, tuple(dict.fromkeys(wanted))).worked(answers, keep)

    def _plan(self, asked: frozenset[str], wanted: tuple[Wire, ...]) -> ColumnPlan:
        key = asked, wanted
        if key not in self._plans:
            questions = {name: q for name, q in self.knowledge.questions.items() if name in asked}
            self._plans[key] = column_plan(self.circuit, questions, wanted)
        return self._plans[key]

    def truths(self, answers: pl.LazyFrame) -> pl.LazyFrame:
        """Return the truth of every rule and finding; null is undecided.

        Columns are in the order of the program, heads before findings, and named by their place.
        """
        truths = self.circuit.truths
        worked = self.gates(answers, truths.values())
        return worked.select(
            pl.when(pl.col(str(truths[holds]))).then(True)
            .when(pl.col(str(truths[fails]))).then(False)
            .alias(str(at))
            for at, (holds, fails) in enumerate(self._sides())
        )  # fmt: skip

    def _sides(self) -> Iterable[tuple[Atom, Atom]]:
        """Yield both sides of every head and of every finding."""
        for head in self.knowledge.heads:
            yield RuleAtom(head, truth=True), RuleAtom(head, truth=False)
        for finding in self.knowledge.finders:
            yield FindingAtom(*finding, truth=True), FindingAtom(*finding, truth=False)
