"""Nothing is offered while an answer is missing that a rule for today still waits for."""

from __future__ import annotations

import pytest

from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest
from screening.model.case import Case


@pytest.mark.parametrize("name", ["cancer", "belly", "pregnant"])
def test_no_exercise_while_a_rule_for_today_is_undecided(assessor: Assessor, name: str) -> None:
    whole = with_harmless_rest(assessor.knowledge, {})
    assert name not in assessor.knowledge.emergency_questions  # those withhold by themselves
    assert assessor.preview(Case(whole, ("plank",))).assessment.programme
    case = Case({one: value for one, value in whole.items() if one != name}, ("plank",))
    made = assessor.preview(case).assessment
    assert (made.recommend, made.programme, made.avoid, made.limits) == ((), (), (), ())
    assert name in {one.question for one in made.open}
