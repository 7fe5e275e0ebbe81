"""Why, why not, and why rather."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from screening.assess import Assessor
from screening.errors import UnknownTargetError
from screening.explain import Ground, Standing, find_subject, how, rather, why, why_not
from screening.explain.explanation import Explanation, State
from screening.load import load_intake
from screening.model.question import Value
from screening.model.vocabularies import Unknown
from screening.render.explanation_page import why_page
from screening.render.table import text


def ground(assessor: Assessor, root: Path, name: str, **answers: Value) -> Ground:
    case = load_intake(root / f"tests/intakes/{name}.yaml", assessor.knowledge)
    changed = replace(case, answers={**case.answers, **answers})
    return Ground(assessor, assessor.conclude(changed))


def explain(ground: Ground, word: str, *, negative: bool = False) -> Explanation:
    target = find_subject(ground.knowledge, word)
    return why_not(ground, target) if negative else why(ground, target)


def test_count_shows_the_movements_that_count(assessor: Assessor, root: Path) -> None:
    found = explain(ground(assessor, root, "gardener"), "flexion_sensitive")
    assert found.standing is Standing.CONCLUDED
    (counted,) = found.reasons[0].facts
    assert "active bending movements bring it on" in counted.words
    assert {q for q, _ in counted.answers} == {"bend_forward", "gardening_floor_work"}


def test_finding_behind_a_rule_is_explained_after_it(assessor: Assessor, root: Path) -> None:
    found = explain(ground(assessor, root, "gardener"), "sit_up")
    assert [reason.rule for reason in found.reasons] == [
        "sit_up.flexion_sensitive", "flexion-sensitive-suspected",
    ]  # fmt: skip


def test_exercise_outside_the_programme_is_explained_as_if_in_it(
    assessor: Assessor, root: Path
) -> None:
    found = explain(ground(assessor, root, "gardener"), "good morning")
    assert found.target == "good_morning"
    assert found.says.startswith("leave out")
    assert "good_morning.flexion_sensitive" in [reason.rule for reason in found.reasons]


def test_number_is_explained_by_its_range(assessor: Assessor, root: Path) -> None:
    found = explain(ground(assessor, root, "gardener"), "pain_during")
    weeks = next(r for r in found.ranges if r.question == "duration_weeks")
    assert (weeks.low, weeks.value, weeks.high) == (0, 4, 5)


def test_every_number_in_a_range_gives_the_same(assessor: Assessor, root: Path) -> None:
    here = ground(assessor, root, "gardener")
    for word in ("deadlift", "motor_control_core", "functional_optimisation"):
        found = explain(here, word)
        for one in found.ranges:
            question = here.knowledge.questions[one.question]
            for number in {one.low - 1, one.low, one.high, one.high + 1}:
                if question.low <= number <= question.high:
                    other = ground(assessor, root, "gardener", **{one.question: number})
                    same = explain(other, word)
                    inside = one.low <= number <= one.high
                    agrees = (same.standing, same.says) == (found.standing, found.says)
                    assert agrees is inside, (word, one, number)


def test_range_never_shows_which_number_takes_a_referral_away(
    assessor: Assessor, root: Path
) -> None:
    here = ground(
        assessor, root, "gardener", age=67, sex="male", smoker_or_pressure="yes", belly="yes"
    )
    assert here.assessment.referral.rules
    assert explain(here, "referral").ranges == ()
    for rule in here.assessment.referral.rules:
        assert explain(here, rule).ranges == ()


def test_withheld_names_the_rule_that_withholds(assessor: Assessor, root: Path) -> None:
    found = explain(ground(assessor, root, "emergency"), "hinge_squat")
    assert found.standing is Standing.WITHHELD
    assert [reason.rule for reason in found.reasons] == ["saddle-change"]
    assert found.reached == ("hinge-and-squat",)
    assert found.says == "withheld: emergency"


def test_withheld_before_the_screening_is_done_names_the_open_question(
    assessor: Assessor, root: Path
) -> None:
    found = explain(ground(assessor, root, "incomplete"), "deadlift")
    assert found.standing is Standing.WITHHELD
    assert "saddle" in found.open


@pytest.mark.parametrize(
    ("intake", "answers", "target", "state", "answer"),
    [
        ("gardener", {"walk": "provokes"}, "walk", State.FAILED, "provokes"),
        ("half_asked", {}, "walk", State.NOT_ASKED, None),
        ("gardener", {"hinge": Unknown.DONT_KNOW}, "hinge_squat", State.FAILED, Unknown.DONT_KNOW),
        ("gardener", {}, "deadlift", State.OVERRIDDEN, None),
    ],
)
def test_why_not_tells_failed_not_asked_and_overridden_apart(  # noqa: PLR0913, PLR0917 - a table
    assessor: Assessor,
    root: Path,
    intake: str,
    answers: dict[str, Value],
    target: str,
    state: State,
    answer: Value | None,
) -> None:
    found = explain(ground(assessor, root, intake, **answers), target, negative=True)
    assert (state, answer) in [(block.state, block.answer) for block in found.blocked_by]


def test_why_not_names_what_failed_rather_than_what_is_also_open(
    assessor: Assessor, root: Path
) -> None:
    case = ground(assessor, root, "gardener").concluded.case
    bends = ("bend_forward", "sitting_slouched", "gardening_floor_work")
    answers = {**case.answers, **dict.fromkeys(bends, "no_effect")}
    del answers["hinge"]
    here = Ground(assessor, assessor.conclude(replace(case, answers=answers)))
    found = explain(here, "hinge_squat", negative=True)
    blocks = [block for block in found.blocked_by if block.rule == "hinge-and-squat"]
    assert [block.condition for block in blocks] == ["bending/sitting-sensitive"]
    assert [block.state for block in blocks] == [State.FAILED]


def test_avoided_category_is_overridden_in_why_not(assessor: Assessor, root: Path) -> None:
    here = ground(assessor, root, "gardener")
    assert explain(here, "flexion_direction").standing is Standing.CONCLUDED
    refused = explain(here, "flexion_direction", negative=True)
    assert refused.standing is Standing.OVERRIDDEN
    assert "no-forward-bending-work-for-now" in [block.rule for block in refused.blocked_by]


def test_less_urgent_level_is_overridden_by_the_more_urgent(
    assessor: Assessor, root: Path
) -> None:
    here = ground(assessor, root, "emergency", constant="yes")
    found = explain(here, "within_days")
    assert found.standing is Standing.OVERRIDDEN
    assert [block.rule for block in found.blocked_by] == ["saddle-change"]
    assert explain(here, "emergency").standing is Standing.CONCLUDED


def test_rather_compares_two(assessor: Assessor, root: Path) -> None:
    here = ground(assessor, root, "gardener")
    first, second = (
        find_subject(here.knowledge, w) for w in ("hinge_squat", "extension_direction")
    )
    found = rather(here, first, second)
    assert found.standing is Standing.CONCLUDED
    assert found.rather_than is not None
    assert found.rather_than.standing is Standing.REFUTED
    assert found.rather_than.blocked_by


def test_sources_come_strongest_first_with_how_much_was_read(
    assessor: Assessor, root: Path
) -> None:
    found = explain(ground(assessor, root, "gardener"), "walk")
    grades = [cited.evidence.grade.value for cited in found.reasons[0].sources]
    assert grades[0] == "systematic_review"
    assert found.reasons[0].sources[0].source.read.value == "abstract"


def test_unknown_target_suggests_the_nearest(assessor: Assessor) -> None:
    with pytest.raises(UnknownTargetError, match="did you mean `flexion_sensitive`"):
        find_subject(assessor.knowledge, "flexion_sensitve")
    with pytest.raises(UnknownTargetError, match="knowledge show age"):
        find_subject(assessor.knowledge, "age")


def test_how_covers_every_conclusion(assessor: Assessor, root: Path) -> None:
    here = ground(assessor, root, "gardener")
    explained = {one.target for one in how(here)}
    for plan in here.assessment.programme:
        assert plan.exercise in explained
    for offered in here.assessment.recommend:
        assert offered.category in explained


def test_two_of_one_verdict_are_said_to_be_equal(assessor: Assessor, root: Path) -> None:
    here = ground(assessor, root, "gardener")
    for words, equal in (
        (("landmine press", "overhead press"), True),
        (("sit-up", "rowing machine"), True),
        (("plank", "sit-up"), False),
    ):
        first, second = (find_subject(here.knowledge, one) for one in words)
        page = text(why_page(rather(here, first, second), here.knowledge))
        assert ("Nothing here speaks for one rather than the other" in page) is equal, words


@pytest.mark.parametrize("word", ["doctor", "hip thrust and", "hinge", "stretch"])
def test_a_part_of_several_names_gets_names_that_work(
    assessor: Assessor, root: Path, word: str
) -> None:
    here = ground(assessor, root, "gardener")
    try:
        find_subject(here.knowledge, word)
    except UnknownTargetError as error:
        for name in re.findall(r"`(.+?)`", str(error).split("help: ")[1]):
            if not name.startswith("screening "):
                assert find_subject(here.knowledge, name)
