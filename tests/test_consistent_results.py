"""No result has two lines that contradict each other, and none rests on nothing answered.

A sample; all of it: `python tests/consistent_results.py --clients 1000 --follow-ups 200`.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from consistent_results import (
    APART,
    AS_YOU_LIKE,
    apart,
    clients,
    contradicting,
    follow_ups,
    library,
    unfounded,
)

from screening.assess import Assessor, ConcludedCase
from screening.load import load, shipped_knowledge
from screening.model.assessment import Advised, Avoided, Moved
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Firmness, Level, Pace
from screening.render.assessment_page import told
from screening.testing.run_cases import try_case


@pytest.fixture(scope="module")
def whole() -> Assessor:
    return Assessor(load(shipped_knowledge(), library=True))


@pytest.fixture(scope="module")
def found(whole: Assessor) -> list[tuple[str, ConcludedCase]]:
    """Return results: of the library one in twenty, a few clients, a few follow-ups."""
    return [
        *library(whole, every=20),
        *clients(whole, range(8)),
        *follow_ups(whole, range(12)),
    ]


def test_no_line_contradicts_another(
    whole: Assessor, found: list[tuple[str, ConcludedCase]]
) -> None:
    wrong = [
        (name, said)
        for name, one in found
        for said in contradicting(one.assessment, whole.knowledge)
    ]
    assert wrong == []


def test_nothing_is_said_that_rests_on_no_answer(
    whole: Assessor, found: list[tuple[str, ConcludedCase]]
) -> None:
    wrong = [(n, said) for n, one in found for said in unfounded(one, whole.knowledge)]
    assert wrong == []


def test_no_sentence_for_the_client_speaks_against_another(
    whole: Assessor, found: list[tuple[str, ConcludedCase]]
) -> None:
    wrong = [(n, said) for n, one in found for said in apart(one.assessment, whole.knowledge)]
    assert wrong == []


def test_a_planted_contradiction_is_found(
    whole: Assessor, found: list[tuple[str, ConcludedCase]]
) -> None:
    made = next(one.assessment for _, one in found if one.assessment.recommend)
    category = made.recommend[0].category
    left = Avoided(category, "category", Firmness.HARD, ())
    stopped = Moved(category, Pace.STOP, ())
    for planted, says in (
        (replace(made, avoid=(left,)), f"{category} is offered and left out"),
        (replace(made, moves=(stopped,)), f"{category} is stopped and offered"),
    ):
        assert says in tuple(contradicting(planted, whole.knowledge))


def test_planted_sentences_that_do_not_go_together_are_found(
    whole: Assessor, found: list[tuple[str, ConcludedCase]]
) -> None:
    made = next(one.assessment for name, one in found if told(one.assessment, whole.knowledge))
    first, other = sorted(APART[0])
    added = tuple(Advised(name, ()) for name in (first, other))
    both = replace(made, advice=added)
    assert f"{first} and {other} together" in tuple(apart(both, whole.knowledge))
    assert not tuple(apart(replace(made, advice=added[:1]), whole.knowledge))


def test_an_end_has_no_plan_beside_it(whole: Assessor) -> None:
    knowledge = whole.knowledge
    made = try_case(whole, knowledge.cases["x134-aged-12"]).concluded.assessment
    assert "walk-in-bouts" in {one.id for one in made.advice}
    assert told(made, knowledge) == ("under-16-with-a-parent",)


def test_nobody_is_left_to_choose_whether_somebody_looks(shipped: KnowledgeBase) -> None:
    """What a rule or a sentence says may stand beside a referral of another rule."""
    said = {one.id: one.text for one in shipped.advice.values()}
    said |= {rule.id: rule.say for rule in shipped.live_rules if rule.say}
    assert [name for name, words in said.items() if AS_YOU_LIKE.search(words)] == []


def test_who_is_referred_is_not_told_that_it_is_as_they_like(whole: Assessor) -> None:
    wrong = []
    for name, one in library(whole):
        if one.assessment.referral.level < Level.ROUTINE:
            continue
        advised = whole.knowledge.advice
        said = (advised[a.id].text for a in one.assessment.advice if a.id in advised)
        wrong += [(name, words) for words in said if AS_YOU_LIKE.search(words)]
    assert wrong == []
