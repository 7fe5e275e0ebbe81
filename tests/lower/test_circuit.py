"""A circuit says of every client what the reference and the combination say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from circuits import alternatives, by_assessment, by_circuit, outcome, read, worked
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import answer_sheets, intakes, knowledge_bases

from screening.assess import Assessor
from screening.lower import lower
from screening.lower.circuit import circuit
from screening.lower.circuit.gates import Gates
from screening.model.case import Case
from screening.model.circuit import Circuit, IsAsked, Replaces, Wire, parts
from screening.model.knowledge import KnowledgeBase


def _compare(knowledge: KnowledgeBase, compiled: Circuit, case: Case) -> None:
    case = replace(case, programme=tuple(knowledge.exercises))
    concluded = Assessor(knowledge).preview(case)
    assert read(compiled, case.answers) == concluded.answers
    found = outcome(compiled, case.answers, knowledge)
    assert found.heads == concluded.outcome.heads
    assert found.findings == concluded.outcome.findings
    shown = by_circuit(compiled, case.answers)
    instead = {output for output in shown if isinstance(output, Replaces)}
    assert instead == alternatives(concluded)
    assert {o: r for o, r in shown.items() if o not in instead} == by_assessment(
        knowledge, concluded
    )


@settings(max_examples=120)
@given(data=st.data())
def test_circuit_concludes_what_an_assessment_says(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    compiled = circuit(knowledge)
    for _ in range(3):
        _compare(knowledge, compiled, Case(data.draw(answer_sheets(knowledge))))


@pytest.fixture(scope="module")
def shipped_circuit(shipped: KnowledgeBase) -> Circuit:
    return circuit(shipped)


@settings(max_examples=40)
@given(data=st.data())
def test_circuit_of_the_shipped_knowledge_concludes_what_an_assessment_says(
    shipped: KnowledgeBase, shipped_circuit: Circuit, data: st.DataObject
) -> None:
    _compare(shipped, shipped_circuit, data.draw(intakes(shipped)))


def test_each_gate_rests_only_on_gates_before_it(shipped_circuit: Circuit) -> None:
    for wire, gate in enumerate(shipped_circuit.gates):
        assert all(part < wire for part in parts(gate))


def test_no_gate_is_written_twice(shipped_circuit: Circuit) -> None:
    assert len(set(shipped_circuit.gates)) == len(shipped_circuit.gates)


def test_circuit_grows_with_the_program_and_not_beyond(
    shipped: KnowledgeBase, shipped_circuit: Circuit
) -> None:
    program = lower(shipped)
    size = sum(1 + len(clause.tests) for clause in program.clauses)
    assert len(shipped_circuit.needed(shipped_circuit.truths.values())) < size


def test_circuit_is_the_same_each_time(shipped: KnowledgeBase, shipped_circuit: Circuit) -> None:
    assert circuit(shipped) == shipped_circuit


@st.composite
def _formulas(draw: st.DrawFn) -> tuple[Gates, Wire, list[bool]]:
    """Return gates, the number of the last one, and whether it is on with q0 and q2 asked."""
    gates = Gates()
    wires = [gates.ON, gates.OFF, *(gates.add(IsAsked(f"q{n}")) for n in range(4))]
    on = [True, False, True, False, True, False]
    for _ in range(draw(st.integers(1, 8))):
        picked = draw(st.lists(st.integers(0, len(wires) - 1), max_size=4))
        needed = draw(st.integers(-1, 5))
        chosen, lit = tuple(wires[n] for n in picked), [on[n] for n in picked]
        made = {
            "every": (gates.every(*chosen), all(lit)),
            "some": (gates.some(*chosen), any(lit)),
            "enough": (gates.enough(needed, chosen), sum(lit) >= needed),
            "opposite": (gates.opposite(wires[-1]), not on[-1]),
        }
        wire, is_on = made[draw(st.sampled_from(tuple(made)))]
        wires.append(wire)
        on.append(is_on)
    return gates, wires[-1], on


@settings(max_examples=300)
@given(_formulas())
def test_folding_changes_no_gate(formula: tuple[Gates, Wire, list[bool]]) -> None:
    gates, wire, on = formula
    compiled = Circuit(tuple(gates.written), {}, {}, {})
    assert worked(compiled, {"q0": "yes", "q2": "no"})[wire] is on[-1]
    constants = {gates.ON, gates.OFF}
    assert not any(constants & set(parts(gate)) for gate in gates.written)
