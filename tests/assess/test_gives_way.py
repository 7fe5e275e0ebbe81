"""A sentence that gives way is unsaid beside what goes first, and said without it."""

from __future__ import annotations

import pytest

from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest
from screening.explain import Ground, Standing, find_subject, why
from screening.model.case import Case
from screening.model.question import Value


def ground(assessor: Assessor, **given: Value) -> Ground:
    answers = with_harmless_rest(assessor.knowledge, given)
    return Ground(assessor, assessor.conclude(Case(answers)))


def said(one: Ground) -> set[str]:
    return {advised.id for advised in one.assessment.advice}


@pytest.mark.parametrize(
    ("weeks", "given", "waits"),
    [
        (4, "no-pain-early", "never-above-three"),
        (8, "never-above-three", "no-pain-early"),
    ],
)
def test_one_limit_is_said_of_two(assessor: Assessor, weeks: int, given: str, waits: str) -> None:
    found = said(ground(assessor, duration_weeks=weeks, pain_worst=5))
    assert given in found
    assert waits not in found


def test_what_gave_way_is_explained_by_what_went_first(assessor: Assessor) -> None:
    one = ground(assessor, duration_weeks=4, pain_worst=5)
    found = why(one, find_subject(one.knowledge, "never-above-three"))
    assert found.standing is Standing.WITHHELD
    assert found.says == "gives way to `no-pain-early`"


def test_better_and_somebody_is_to_look_so_nobody_goes_on(assessor: Assessor) -> None:
    better: dict[str, Value] = {"follow_up": "yes", "pain_change": "better", "duration_weeks": 20}
    assert "clearly-better" in said(ground(assessor, **better))
    assert "clearly-better" not in said(
        ground(assessor, **better, leg_weak="older_stable", leg_assessed="no")
    )
