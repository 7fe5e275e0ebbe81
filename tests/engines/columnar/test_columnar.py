"""Many clients at once: each row says what its answers alone would say."""

from __future__ import annotations

import itertools

import polars as pl
import pytest
from circuits import worked
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import answer_sheets, intakes, knowledge_base, knowledge_bases

from screening.engines.columnar import ColumnarEngine, Simple, frame, kind_of, read_back
from screening.model.circuit import Circuit, Enough, IsAsked, Opposite
from screening.model.expr import AtLeast, Is, Moves
from screening.model.knowledge import KnowledgeBase
from screening.model.question import MOVEMENT, Question
from screening.model.rule import Keep, Rule
from screening.model.vocabularies import Effect, Kind


@given(data=st.data())
def test_answers_survive_the_frame(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    sheets = data.draw(st.lists(answer_sheets(knowledge), min_size=1, max_size=4))
    answers = frame(knowledge, sheets)
    back = [
        {name: read_back(cell) for name, cell in row.items() if cell is not None}
        for row in answers.iter_rows(named=True)
    ]
    assert back == sheets


@settings(max_examples=40)
@given(data=st.data())
def test_every_gate_of_every_row_is_what_it_is_for_that_client(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    sheets = data.draw(st.lists(answer_sheets(knowledge), min_size=1, max_size=4))
    engine = ColumnarEngine(knowledge)
    gates = engine.gates(frame(knowledge, sheets).lazy(), range(len(engine.circuit.gates)))
    assert list(gates.collect().iter_rows()) == [tuple(worked(engine.circuit, s)) for s in sheets]


@pytest.fixture(scope="module")
def engine(shipped: KnowledgeBase) -> ColumnarEngine:
    return ColumnarEngine(shipped)


@settings(max_examples=2)
@given(data=st.data())
def test_every_gate_of_the_shipped_knowledge_is_what_it_is_for_that_client(
    engine: ColumnarEngine, data: st.DataObject
) -> None:
    drawn = data.draw(st.lists(intakes(engine.knowledge), min_size=20, max_size=20))
    sheets = [case.answers for case in drawn]
    gates = engine.gates(frame(engine.knowledge, sheets).lazy(), range(len(engine.circuit.gates)))
    for row, answers in zip(gates.collect().iter_rows(), sheets, strict=True):
        assert list(row) == worked(engine.circuit, answers)


@settings(max_examples=30)
@given(data=st.data())
def test_question_without_a_column_was_asked_of_nobody(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    dropped = data.draw(st.sets(st.sampled_from(tuple(knowledge.questions))))
    sheets = data.draw(st.lists(answer_sheets(knowledge), min_size=1, max_size=3))
    fewer = [{q: v for q, v in answers.items() if q not in dropped} for answers in sheets]
    engine = ColumnarEngine(knowledge)
    other = pl.Series("client", range(len(sheets)))
    whole = engine.truths(frame(knowledge, fewer).lazy()).collect()
    without = frame(knowledge, sheets).drop(dropped).with_columns(other)
    assert engine.truths(without.lazy()).collect().equals(whole)


def test_columns_to_keep_come_first(engine: ColumnarEngine) -> None:
    answers = frame(engine.knowledge, [{}, {}]).with_columns(client=pl.Series(["a", "b"]))
    wire = len(engine.circuit.gates) - 1
    worked_out = engine.gates(answers.lazy(), [wire, wire], keep=["client"]).collect()
    assert worked_out.columns == ["client", str(wire)]


def test_constant_gates_have_a_row_for_each_client(engine: ColumnarEngine) -> None:
    answers = frame(engine.knowledge, [{}, {}, {}])
    assert engine.gates(answers.lazy(), [0, 1]).collect().rows() == [(True, False)] * 3


@pytest.mark.parametrize(("question", "wrong"), [("cancer", pl.String()), ("age", pl.Int8())])
def test_column_of_another_type_is_refused_by_name(
    engine: ColumnarEngine, question: str, wrong: pl.DataType
) -> None:
    answers = pl.DataFrame({question: pl.Series([None], dtype=wrong)})
    with pytest.raises(TypeError, match=f"column `{question}` is .*, expected"):
        engine.gates(answers.lazy(), [0])


def test_streamed_rows_keep_their_order_and_their_values(engine: ColumnarEngine) -> None:
    ages = [None, *range(16, 100), -(2**31)] * 30
    answers = pl.DataFrame(
        {"age": pl.Series(ages, dtype=kind_of(engine.knowledge.questions["age"]))}
    )
    truths = engine.truths(answers.lazy())
    assert truths.collect(engine="streaming").equals(truths.collect())


@pytest.mark.parametrize("size", range(1, 7))
def test_simple_counts_are_right_for_every_number_of_parts(size: int) -> None:
    names = [f"q{number}" for number in range(size)]
    asked = tuple(IsAsked(name) for name in names)
    parts = tuple(range(size))
    counts = [Enough(needed, (*parts, *parts[:1])) for needed in range(size + 3)]
    circuit = Circuit((*asked, Opposite(0), *counts), {}, {}, {})
    questions = {n: Question(n, "t", n, n, Kind.MOVEMENT, "no_effect", MOVEMENT) for n in names}
    simple = Simple(questions)
    simple.add(circuit, range(len(circuit.gates)))
    assert not any(isinstance(gate, Enough) for gate in simple.gates.written)
    made = Circuit(tuple(simple.gates.written), {}, {}, {})
    for chosen in itertools.product((True, False), repeat=size):
        given_ = {name: "provokes" for name, is_on in zip(names, chosen, strict=True) if is_on}
        on, meant = worked(made, given_), worked(circuit, given_)
        assert [on[simple.became[wire]] for wire in range(len(meant))] == meant


def test_long_conditions_do_not_overflow() -> None:
    names = [f"q{number}" for number in range(400)]
    asked = {n: Question(n, "t", n, n, Kind.MOVEMENT, "no_effect", MOVEMENT) for n in names}
    leaves = tuple(Is(name, "provokes") for name in names)
    rules = [
        Rule("many", "", AtLeast(3, leaves), (Keep(),), ""),
        Rule("all", "", AtLeast(400, leaves), (Keep(),), ""),
        Rule("moves", "", Moves("", Effect.PROVOKE, 2), (Keep(),), ""),
    ]
    engine = ColumnarEngine(knowledge_base(asked, (), rules))
    sheets = [dict.fromkeys(names[:count], "provokes") for count in (0, 2, 3, 400)]
    truths = engine.truths(frame(engine.knowledge, sheets).lazy()).collect()
    fired = [[cell is True for cell in row] for row in truths.iter_rows()]
    assert fired == [[False] * 3, [False, False, True], [False, True, True], [True] * 3]


def test_gates_shared_by_many_are_worked_once(engine: ColumnarEngine) -> None:
    simple = Simple(engine.knowledge.questions)
    simple.add(engine.circuit, engine.circuit.truths.values())
    assert len(set(simple.gates.written)) == len(simple.gates.written)
