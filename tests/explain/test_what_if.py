"""What other answers would change, and what is never shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.assess import Assessor
from screening.explain import Ground, what_if
from screening.load import load_intake
from screening.model.question import Value
from screening.model.vocabularies import Unknown


def ground(assessor: Assessor, root: Path, name: str) -> Ground:
    case = load_intake(root / f"tests/intakes/{name}.yaml", assessor.knowledge)
    return Ground(assessor, assessor.conclude(case))


def test_change_is_shown_before_and_after(assessor: Assessor, root: Path) -> None:
    result = what_if(ground(assessor, root, "gardener"), {"walk": "provokes"})
    changes = {change.target: change for change in result.changes}
    assert (changes["walk"].before, changes["walk"].after) == ("offer", "")
    assert changes["aerobic_alternative"].after == "offer"
    assert not result.refused


def test_rising_referral_is_shown(assessor: Assessor, root: Path) -> None:
    result = what_if(ground(assessor, root, "gardener"), {"saddle": "new_or_worse"})
    changes = {change.target: change.after for change in result.changes}
    assert changes["referral"] == "emergency"
    assert changes["deadlift"] == "withheld"


@pytest.mark.parametrize(
    ("intake", "answers"),
    [
        ("emergency", {"saddle": "no"}),
        ("emergency", {"saddle": "older_stable"}),
        ("emergency", {"saddle": Unknown.DONT_KNOW}),
        ("same_day", {"fever": "no"}),
        ("within_days", {"constant": "no"}),
        ("incomplete", {"saddle": "no"}),
    ],
)
def test_answer_that_would_clear_a_flag_is_refused(
    assessor: Assessor, root: Path, intake: str, answers: dict[str, Value]
) -> None:
    result = what_if(ground(assessor, root, intake), answers)
    assert result.refused
    assert result.changes == ()


def test_one_of_two_flags_cannot_be_tried_away(assessor: Assessor, root: Path) -> None:
    here = ground(assessor, root, "emergency")
    case = replace(here.concluded.case, answers={**here.concluded.case.answers, "chest": "yes"})
    both = Ground(assessor, assessor.conclude(case))
    assert what_if(both, {"saddle": "no"}).refused


@settings(max_examples=30)
@given(st.data())
def test_shown_result_never_loses_a_referral(
    assessor: Assessor, root: Path, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(("emergency", "same_day", "within_days", "incomplete")))
    here = ground(assessor, root, name)
    question = data.draw(st.sampled_from(tuple(here.knowledge.questions.values())))
    values: tuple[Value, ...] = question.words or (question.low, question.high)
    result = what_if(here, {question.id: data.draw(st.sampled_from(values))})
    if not result.refused:
        levels = [change for change in result.changes if change.target == "referral"]
        order = ("none", "monitor", "routine", "within_days", "same_day", "emergency")
        assert all(order.index(c.after) > order.index(c.before) for c in levels)
        given_up = {c.after for c in result.changes if c.before == "withheld"}
        assert name == "within_days" or given_up <= {""}
