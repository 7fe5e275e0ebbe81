"""How far a number may move: every comparison counts, on its own side of the number."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from screening.assess import Assessor
from screening.assess.conflict_resolution import Combination
from screening.assess.fired_conclusions import Effects, agreement
from screening.engines.applicable import with_harmless_rest
from screening.explain import Ground, find_subject, why
from screening.explain.nearby import Nearby
from screening.model.case import Case
from screening.model.expr import Compare, Comparison
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Advise, Rule


@pytest.mark.parametrize(
    ("op", "value", "low", "high"),
    [(">=", 5, 5, 10), (">", 6, 6, 10), ("<=", 5, 0, 5), ("<", 4, 0, 4)],
)
def test_range_ends_where_the_comparison_does(
    shipped: KnowledgeBase, op: Comparison, value: int, low: int, high: int
) -> None:
    rule = Rule("only", "Only", Compare("pain_worst", op, 5), (Advise("stay-active"),), "Because.")
    knowledge = replace(shipped, rules={"only": rule})
    answers = with_harmless_rest(shipped, {"pain_worst": value})
    ground = Ground.of(Assessor(knowledge), Case(answers))
    found = why(ground, find_subject(knowledge, "only"))
    assert [(r.question, r.value, r.low, r.high) for r in found.ranges] == [
        ("pain_worst", value, low, high)
    ]


def test_number_that_makes_no_difference_is_left_out(assessor: Assessor) -> None:
    # everything answered: no number can open a question that would have to be asked first
    asked = (q for q in assessor.knowledge.questions.values() if q.derived is None)
    ground = Ground(assessor, assessor.conclude(Case({q.id: q.harmless for q in asked})))
    found = why(ground, find_subject(assessor.knowledge, "walk"))
    assert found.ranges == ()


@pytest.mark.parametrize("seed", range(4))
def test_what_is_derived_nearby_is_what_is_derived_anew(assessor: Assessor, seed: int) -> None:
    knowledge, chance = assessor.knowledge, Random(seed)  # noqa: S311 - a repeatable draw
    asked = [q for q in knowledge.questions.values() if q.derived is None]
    left_out = set(chance.sample([q.id for q in asked], 15 * seed))
    given: dict[str, Value] = {
        q.id: chance.randint(q.low, q.high) if q.is_number else chance.choice(q.words)
        for q in asked
        if q.id not in left_out
    }
    case = Case(given, programme=tuple(knowledge.exercises)[:8])
    nearby = Nearby(knowledge, case)
    for question in chance.sample(asked, 12):
        value: Value = question.low if question.is_number else chance.choice(question.words)
        changed = replace(case, answers={**given, question.id: value})
        found, anew = nearby.preview(changed), assessor.preview(changed)
        assert found.outcome == anew.outcome
        assert found.answers == anew.answers
        with_open = Combination(
            Effects(knowledge, found.outcome, agreement(changed)), found.answers, changed
        )
        assert with_open.assessment() == anew.assessment
