"""How a category is made easier or harder: said when asked why, not in the first answer."""

from __future__ import annotations

import pytest

from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest
from screening.explain import Ground
from screening.model.case import Case
from screening.render.explained import Ask, explained
from screening.render.knowledge_page import show_page
from screening.render.table import text


@pytest.fixture(scope="module")
def gardener(assessor: Assessor) -> Ground:
    hurts = dict.fromkeys(("bend_forward", "sitting_slouched"), "provokes")
    answers = with_harmless_rest(assessor.knowledge, hurts)
    return Ground(assessor, assessor.conclude(Case(answers)))


def test_why_a_category_is_offered_says_its_steps(gardener: Ground) -> None:
    page, _ = explained(gardener, Ask.WHY, ("hinge_squat",), "x.yaml")
    shown = text(page, 100)
    assert "Easier" in shown
    assert "5 to 10 % more load" in " ".join(shown.split())


def test_why_a_category_is_left_out_says_no_steps(gardener: Ground) -> None:
    page, _ = explained(gardener, Ask.WHY_NOT, ("flexion_direction",), "x.yaml")
    assert "Easier" not in text(page, 100)


def test_category_page_names_exercises_and_the_rules_for_and_against(assessor: Assessor) -> None:
    shown = text(show_page(assessor.knowledge, "carry"), 100)
    for words in ("farmer_carry", "carry-when-settled", "easily-stirred-up-no-load"):
        assert words in shown


def test_every_category_is_offered_by_some_rule_and_has_steps(assessor: Assessor) -> None:
    knowledge = assessor.knowledge
    for name, category in knowledge.categories.items():
        assert "OFFERED BY" in text(show_page(knowledge, name), 100), name
        assert category.regress, name
        assert category.progress, name


def test_every_category_of_movement_has_an_exercise_in_the_catalogue(assessor: Assessor) -> None:
    knowledge = assessor.knowledge
    filled = {exercise.category for exercise in knowledge.exercises.values()}
    assert set(knowledge.categories) - filled == {"posture_breaks"}
