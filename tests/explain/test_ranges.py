"""How far a number may move: every comparison counts, on its own side of the number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest
from screening.explain import Ground, find_subject, why
from screening.model.case import Case
from screening.model.expr import Compare, Comparison
from screening.model.knowledge import KnowledgeBase
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
