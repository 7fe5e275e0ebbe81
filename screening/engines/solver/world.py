"""One knowledge base as statements about a client: its rules, its flags and its conclusions.

For the same client after one more answer, or another one, what may differ is worked out anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from screening.compile import lower
from screening.compile.circuit import outputs
from screening.compile.effective_answers import AnswersRead, as_read, follow, truths
from screening.compile.gates import Gates
from screening.compile.lower import rule_clauses
from screening.engines._z3 import Solver, Term, opposite
from screening.engines.solver.answers import OpenAnswers
from screening.errors import assert_never
from screening.model.circuit import (
    Concluded,
    Enough,
    Every,
    Gate,
    InRange,
    IsAsked,
    IsOneOf,
    Opposite,
    Output,
    Some,
    Wire,
    parts,
)
from screening.model.knowledge import KnowledgeBase
from screening.model.program import Atom, RuleAtom
from screening.model.question import Question
from screening.model.rule import Head, Rule


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


class World:
    """Everything a screening concludes, about a client whose answers are open.

    With `switched`, each rule is in force only while its statement among `in_force` holds. Several
    worlds may share one solver, the client and the gates written so far; equal gates are then one.
    `asked` are the questions the client may answer, where they are not just those of `knowledge`.
    """

    def __init__(
        self,
        knowledge: KnowledgeBase,
        *,
        switched: bool = False,
        beside: World | None = None,
        asked: Mapping[str, Question] | None = None,
    ) -> None:
        self.knowledge = knowledge
        self.gates: Gates = Gates() if beside is None else beside.gates
        self.read: AnswersRead = as_read(knowledge, self.gates)
        self.solver: Solver = Solver() if beside is None else beside.solver
        names = [rule.id for rule in knowledge.live_rules] if switched else []
        switches = {name: self.gates.add(IsAsked(f"rule {name}")) for name in names}
        self.truths: dict[Atom, Wire] = truths(lower(knowledge), self.read, switches)
        self.outputs: Mapping[Output, Concluded] = outputs(knowledge, self.read, self.truths)
        self.in_force = {name: self.solver.variable(f"rule {name}") for name in names}
        known = {switches[name]: self.in_force[name] for name in names}
        if beside is None:
            self.answers = OpenAnswers(self.solver, asked or knowledge.questions)
            self.says = Statements(self.solver, self.gates.written, self.answers, known)
        else:
            self.answers, self.says = beside.answers, beside.says

    def fires(self, head: Head) -> Term:
        """Return that a reading of a rule is certainly true."""
        return self.says[self.truths.get(RuleAtom(head, truth=True), self.gates.OFF)]

    def refuted(self, head: Head) -> Term:
        """Return that a reading of a rule is certainly false."""
        return self.says[self.truths.get(RuleAtom(head, truth=False), self.gates.ON)]

    def concludes(self, output: Output) -> Term:
        """Return that something is concluded."""
        concluded = self.outputs.get(output)
        return self.says[self.gates.OFF if concluded is None else concluded.when]

    def any(self, outputs: Iterable[Output]) -> Term:
        """Return that one of these is concluded."""
        return self.solver.any_of(self.concludes(output) for output in outputs)

    def add(self, rule: Rule) -> None:
        """Let a rule be asked about that is no part of the knowledge and concludes nothing."""
        for reading in rule.readings:
            clauses = rule_clauses(rule, Head(rule.id, reading), self.knowledge)
            self.truths.update(follow(clauses, self.read, self.truths))

    @cached_property
    def complete(self) -> Term:
        """Return that every question is answered, or need not be."""
        return self.solver.all_of(self.says[self.read.asked(q)] for q in self.knowledge.questions)

    @cached_property
    def whole(self) -> Term:
        """Return that all that applies is answered, and nothing harmless to what does not."""
        needless = (
            self.solver.all_of(
                (
                    self.answers.given(q.id),
                    opposite(self.answers.concerns(q.id)),
                    self.says[self.read.applies(q, truth=False)],
                )
            )
            for q in self.knowledge.conditional_questions
        )
        return self.solver.all_of((self.complete, *map(opposite, needless)))

    @cached_property
    def fits(self) -> Wire:
        """Return the gate that nothing was answered that does not apply, as in every interview."""
        gates = self.gates
        needless = (
            gates.every(gates.add(IsAsked(q.id)), self.read.applies(q, truth=False))
            for q in self.knowledge.conditional_questions
        )
        return gates.opposite(gates.some(*needless))

    def open_to_ask(self, question: str) -> Term:
        """Return that a question has no answer yet, given or read from others."""
        return opposite(self.says[self.read.asked(question)])


@dataclass(frozen=True)
class _Changed:
    """A client's answers, but for one question, which is answered as another client does."""

    answers: OpenAnswers
    question: str
    other: OpenAnswers

    def given(self, question: str) -> Term:
        """Return that a question was answered at all."""
        return self._of(question).given(question)

    def one_of(self, question: str, words: Iterable[str]) -> Term:
        """Return that the answer is one of these words."""
        return self._of(question).one_of(question, words)

    def within(self, question: str, low: int, high: int) -> Term:
        """Return that a number from `low` to `high` was answered."""
        return self._of(question).within(question, low, high)

    def _of(self, question: str) -> OpenAnswers:
        return self.other if question == self.question else self.answers


class Afterwards:
    """What the gates behind some wires say after one answer has changed; `other` holds it."""

    def __init__(self, world: World, wires: Sequence[Wire]) -> None:
        self._world = world
        self.other = OpenAnswers(world.solver, world.knowledge.questions, "then: ")
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
