"""One knowledge base as statements about a client: its rules, its flags and its conclusions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from screening.compile import lower
from screening.compile.circuit.conclusions import outputs
from screening.compile.circuit.effective_answers import Reading as AnswersRead
from screening.compile.circuit.effective_answers import as_read
from screening.compile.circuit.gates import Gates
from screening.compile.circuit.truth_gates import follow, truths
from screening.compile.lower import rule_clauses
from screening.engines._z3 import Solver, Term, opposite
from screening.engines.solver.answers import Answers
from screening.engines.solver.statements import Statements
from screening.model.circuit import Concluded, IsAsked, Output, Wire
from screening.model.knowledge import KnowledgeBase
from screening.model.program import Atom, RuleAtom
from screening.model.question import Question
from screening.model.rule import Head, Rule


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
            self.answers = Answers(self.solver, asked or knowledge.questions)
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

    def open_to_ask(self, question: str) -> Term:
        """Return that a question has no answer yet, given or read from others."""
        return opposite(self.says[self.read.asked(question)])
