"""The solver's statements say of every client what the reference says."""

from __future__ import annotations

from collections.abc import Mapping

from circuits import outcome
from exhaustive_intakes import SMALL, every_sheet, sheets
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from strategies import answer_sheets, knowledge_bases

from screening.compile.circuit import circuit
from screening.engines._z3 import Solver, Term, opposite
from screening.engines.reference import evaluate
from screening.engines.solver.answers import OpenAnswers
from screening.engines.solver.world import Statements
from screening.model.circuit import Circuit
from screening.model.knowledge import KnowledgeBase
from screening.model.program import FindingAtom, RuleAtom
from screening.model.question import Value
from screening.model.vocabularies import Truth


class Encoded:
    """A circuit's statements about one client."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self.circuit: Circuit = circuit(knowledge)
        self.solver = Solver()
        self.answers = OpenAnswers(self.solver, knowledge.questions)
        self.statements = Statements(self.solver, self.circuit.gates, self.answers)

    def client(self, sheet: Mapping[str, Value]) -> list[Term]:
        """Return that exactly these answers were given."""
        return [
            self.answers.equals(name, sheet[name])
            if name in sheet
            else opposite(self.answers.given(name))
            for name in self.knowledge.questions
        ]

    def compare(self, sheet: Mapping[str, Value]) -> None:
        """Assert that the solver decides all about a client, and as the reference does."""
        atoms = {atom: self.statements[wire] for atom, wire in self.circuit.truths.items()}
        assert self.solver.possible(*self.client(sheet))
        assert self.answers.client() == {
            n: sheet[n] for n in self.knowledge.questions if n in sheet
        }
        meant = evaluate(self.knowledge, sheet)
        for atom, term in atoms.items():
            match atom:
                case RuleAtom(head, side):
                    truth = meant.heads[head]
                case FindingAtom(finding, strength, side):
                    truth = meant.findings[finding, strength]
            assert self.solver.holds(term) is (truth is (Truth.TRUE if side else Truth.FALSE))


@settings(max_examples=40)
@given(data=st.data())
def test_solver_decides_what_the_reference_does(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    encoded = Encoded(knowledge)
    for _ in range(3):
        encoded.compare(data.draw(answer_sheets(knowledge)))


@settings(max_examples=25, suppress_health_check=[HealthCheck.filter_too_much])
@given(knowledge=knowledge_bases(most=3))
def test_something_is_possible_exactly_when_some_intake_has_it(knowledge: KnowledgeBase) -> None:
    assume(sheets(knowledge.questions) <= SMALL)
    encoded = Encoded(knowledge)
    found = [outcome(encoded.circuit, s, knowledge) for s in every_sheet(knowledge.questions)]
    for head in knowledge.heads:
        fires, refuted = (
            encoded.statements[encoded.circuit.truths[RuleAtom(head, side)]]
            for side in (True, False)
        )
        # both are derived where an answer counts beside that its question does not apply; it fires
        for truth, terms in ((Truth.TRUE, (fires,)), (Truth.FALSE, (refuted, opposite(fires)))):
            exists = any(one.heads[head] is truth for one in found)
            assert encoded.solver.possible(*terms) is exists
