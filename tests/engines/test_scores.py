"""Scores: a sum is decided exactly when every way to complete the answers agrees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from engine_list import ENGINES, differences
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import answer_sheets, questions, reaching, scored_knowledge_bases, scores, values

from screening.engines._z3 import Solver, Term, opposite
from screening.engines.applicable import with_inapplicable
from screening.engines.kleene import holds
from screening.engines.reference import both_sides
from screening.model.expr import Not, Reaches
from screening.model.question import Question, Value
from screening.model.rule import Unsure
from screening.model.score import Score, ScoreItem
from screening.model.vocabularies import ASKED_UNKNOWN, Truth, Unknown


def known_answers(question: Question) -> tuple[Value, ...]:
    numbers = range(question.low, question.high + 1)
    return tuple(numbers) if question.is_number else question.words


def points(item: ScoreItem, value: Value) -> int:
    """Return what an answer gives, straight from the table of the item."""
    if isinstance(value, int):
        return sum(gives for low, high, gives in item.ranges if low <= value <= high)
    return sum(gives for word, gives in item.words if word == value)


def completions(
    score: Score, asked: Mapping[str, Question], answers: Mapping[str, Value]
) -> Iterator[int]:
    """Yield the sum of every way to answer what is missing or not known."""
    choices = []
    for item in score.items:
        value = answers.get(item.question)
        open_ = value is None or value in ASKED_UNKNOWN
        legal = known_answers(asked[item.question]) if open_ else (value,)
        choices.append([points(item, one) for one in legal if one is not None])
    return (sum(chosen) for chosen in product(*choices))


@given(data=st.data())
def test_a_comparison_is_decided_exactly_when_all_completions_agree(data: st.DataObject) -> None:
    asked = {name: q for name, q in data.draw(questions(4)).items() if q.only_if is None}
    assume(asked)
    score = data.draw(scores(asked))
    leaf = data.draw(reaching(score))
    assert isinstance(leaf, Reaches)
    answers = data.draw(
        st.fixed_dictionaries({}, optional={n: values(q) for n, q in asked.items()})
    )
    sums = {total >= leaf.points for total in completions(score, asked, answers)}
    meant = Truth.UNDECIDED if len(sums) > 1 else Truth.TRUE if sums == {True} else Truth.FALSE
    assert holds(leaf, answers, {}, {}) is meant
    turned = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}.get(meant, meant)
    assert holds(Not(leaf), answers, {}, {}) is turned


@given(data=st.data())
def test_unknown_answers_count_as_what_helps_or_hinders(data: st.DataObject) -> None:
    asked = {name: q for name, q in data.draw(questions(4)).items() if q.only_if is None}
    assume(asked)
    score = data.draw(scores(asked))
    leaf = data.draw(reaching(score))
    assert isinstance(leaf, Reaches)
    answers = data.draw(st.fixed_dictionaries({n: values(q) for n, q in asked.items()}))
    sums = [total >= leaf.points for total in completions(score, asked, answers)]
    for expr, truths in ((leaf, sums), (Not(leaf), [not one for one in sums])):
        may_be, must_be = (Truth.TRUE if said(truths) else Truth.FALSE for said in (any, all))
        assert holds(expr, answers, {}, {}, Unsure.MET) is may_be
        assert holds(expr, answers, {}, {}, Unsure.NOT_MET) is must_be


@settings(max_examples=40)
@given(data=st.data())
def test_every_engine_sums_as_the_reference_does(data: st.DataObject) -> None:
    knowledge = data.draw(scored_knowledge_bases())
    sheets = [data.draw(answer_sheets(knowledge)) for _ in range(3)]
    outcomes = {name: compiled(knowledge)(sheets) for name, compiled in ENGINES.items()}
    assert differences(outcomes) == []


@given(data=st.data())
def test_one_more_answer_never_takes_back_a_sum(data: st.DataObject) -> None:
    knowledge = data.draw(scored_knowledge_bases(most=4))
    answers = data.draw(answer_sheets(knowledge))
    read = with_inapplicable(knowledge, answers)
    left = [q for q in knowledge.questions.values() if q.id not in read]
    assume(left)
    question = data.draw(st.sampled_from(left))
    more = {**answers, question.id: data.draw(values(question))}
    before, after = (both_sides(knowledge, sheet)[0] for sheet in (answers, more))
    for head, sides in before.items():
        if head.rule.startswith("sum-"):
            assert not sides.true or after[head].true
            assert not sides.false or after[head].false


@given(data=st.data())
def test_more_points_never_leave_a_number_unreached(data: st.DataObject) -> None:
    asked = {name: q for name, q in data.draw(questions(4)).items() if q.only_if is None}
    assume(asked)
    score = data.draw(scores(asked))
    leaf = data.draw(reaching(score))
    answers = data.draw(st.fixed_dictionaries({n: values(q) for n, q in asked.items()}))
    known = {n: v for n, v in answers.items() if v not in ASKED_UNKNOWN}
    item = data.draw(st.sampled_from(score.items))
    assume(item.question in known)
    other = data.draw(st.sampled_from(known_answers(asked[item.question])))
    assume(points(item, other) >= points(item, known[item.question]))
    if holds(leaf, known, {}, {}) is Truth.TRUE:
        assert holds(leaf, {**known, item.question: other}, {}, {}) is Truth.TRUE


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(1, 5)), min_size=1, max_size=6),
    st.integers(0, 20),
)
def test_the_solver_counts_a_statement_as_often_as_it_is_listed(
    listed: list[tuple[int, int]], count: int
) -> None:
    solver = Solver()
    variables = [solver.variable(f"v{n}") for n in range(5)]
    terms: list[Term] = [variables[n] for n, times in listed for _ in range(times)]
    enough = solver.at_least(count, terms)
    for world in product((True, False), repeat=5):
        fixed = [v if on else opposite(v) for v, on in zip(variables, world, strict=True)]
        counted = sum(times for n, times in listed if world[n])
        assert solver.possible(enough, *fixed) is (counted >= count)
        assert solver.possible(opposite(enough), *fixed) is (counted < count)


def test_an_answer_that_does_not_apply_gives_nothing() -> None:
    item = ScoreItem("later", (("no", 0), ("yes", -2), ("not_applicable", 0)))
    assert (item.least, item.most) == (-2, 0)
    leaf = Reaches(Score("s", "S", (item, ScoreItem("first", (("no", 0), ("yes", 1))))), 1)
    assert holds(leaf, {"first": "yes"}, {}, {}) is Truth.UNDECIDED
    absent: dict[str, Value] = {"first": "yes", "later": Unknown.NOT_APPLICABLE}
    assert holds(leaf, absent, {}, {}) is Truth.TRUE
