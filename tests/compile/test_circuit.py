"""A circuit says of every client what the reference and the combination say."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace

import pytest
from circuits import alternatives, by_assessment, by_circuit, outcome, read, worked
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import ADVICE, answer_sheets, intakes, knowledge_base, knowledge_bases

from screening.assess import Assessor
from screening.compile import lower
from screening.compile.circuit import circuit
from screening.compile.gates import Gates
from screening.engines.applicable import with_harmless_rest
from screening.model.case import Case
from screening.model.circuit import Circuit, IsAsked, Replaces, Wire, parts
from screening.model.expr import Is
from screening.model.knowledge import KnowledgeBase
from screening.model.question import YES_NO, Question, Value
from screening.model.rule import (
    Advise,
    AvoidCategory,
    AvoidExercise,
    Conclusion,
    Keep,
    Modify,
    OfferOnly,
    Recommend,
    Refer,
    Rule,
)
from screening.model.vocabularies import Firmness, Kind, Level


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
    for least in (None, Level.SAME_DAY, Level.NONE):
        _compare(knowledge, compiled, Case(_quiet(knowledge, data, least)))


def _quiet(
    knowledge: KnowledgeBase, data: st.DataObject, least: Level | None
) -> Mapping[str, Value]:
    """Return a sheet, with harmless answers from a level on: else almost all would be blocked."""
    sheet = data.draw(answer_sheets(knowledge))
    return sheet if least is None else with_harmless_rest(knowledge, sheet, least=least)


def _saying(*said: Conclusion, safety: Level = Level.NONE) -> KnowledgeBase:
    """Return a knowledge base in which a yes to `qN` makes one rule say one thing."""
    names = [f"q{number}" for number in range(len(said))]
    asked = {
        name: Question(name, "t", name, name, Kind.YES_NO, "no", YES_NO, safety=safety)
        for name in names
    }
    rules = [
        Rule(f"say-{name}", name, Is(name, "yes"), (then,), name)
        for name, then in zip(names, said, strict=True)
    ]
    return knowledge_base(asked, (), rules)


@pytest.mark.parametrize(
    "knowledge",
    [
        _saying(Recommend("walk"), Recommend("carry"), OfferOnly(("walk",))),
        _saying(Recommend("carry"), AvoidCategory("carry", Firmness.HARD), OfferOnly(("walk",))),
        _saying(
            AvoidExercise("plank", Firmness.SOFT, ("jog",)), AvoidCategory("carry", Firmness.SOFT)
        ),
        _saying(
            Modify("plank", "less"),
            Modify("plank", "slower"),
            AvoidExercise("plank", Firmness.HARD),
        ),
        _saying(Keep("plank", "so"), Keep(), Modify("squat", "less")),
        _saying(Recommend("walk"), Keep(), safety=Level.EMERGENCY),
        _saying(*map(Advise, ADVICE)),
        _saying(*map(Advise, ADVICE), Refer(Level.WITHIN_DAYS, "doctor")),
    ],
    ids=[
        *("cap", "cap and avoid", "avoids", "modify and avoid", "keeps", "emergency"),
        *("gives way", "gives way and waits"),
    ],
)
def test_circuit_weighs_fired_and_undecided_rules_as_an_assessment_does(
    knowledge: KnowledgeBase,
) -> None:
    compiled = circuit(knowledge)
    for values in itertools.product(("yes", "no", None), repeat=len(knowledge.questions)):
        sheet = {q: v for q, v in zip(knowledge.questions, values, strict=True) if v}
        _compare(knowledge, compiled, Case(sheet))


@pytest.fixture(scope="module")
def shipped_circuit(shipped: KnowledgeBase) -> Circuit:
    return circuit(shipped)


@settings(max_examples=6)
@given(data=st.data())
def test_circuit_of_the_shipped_knowledge_concludes_what_an_assessment_says(
    shipped: KnowledgeBase, shipped_circuit: Circuit, data: st.DataObject
) -> None:
    case = data.draw(intakes(shipped))
    cleared = with_harmless_rest(shipped, case.answers, least=Level.SAME_DAY)
    for answers in (case.answers, cleared):
        _compare(shipped, shipped_circuit, Case(answers))


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
