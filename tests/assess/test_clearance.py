"""Clearance: an axis of its own. The strictest wins, and no referral moves because of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import cases, intakes, knowledge_bases

from screening.assess import Assessor, ConcludedCase
from screening.engines.applicable import with_harmless_rest
from screening.model.assessment import Progress
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import AtClearance, OfferOnly, Rule
from screening.model.vocabularies import Level, Truth, Unknown, Verdict

PROGRAMME = ("back_squat", "treadmill_walk")
DISEASE = {"heart_kidney": "disease"}
SIGNS: dict[str, Value] = {"heart_kidney": "signs"}
LEGS = {"heart_kidney": "legs"}
FORM = {"heart_kidney": "none_with_parq"}


def concluded(assessor: Assessor, given: dict[str, Value]) -> ConcludedCase:
    answers = with_harmless_rest(assessor.knowledge, given)
    return assessor.conclude(Case(answers, PROGRAMME))


def clearance(found: ConcludedCase) -> str:
    asked = found.assessment.clearance
    return "" if asked is None else asked.id


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # safety.md 2.2, C1 to C6
        ({"heart_kidney": "none"}, "not_needed"),
        ({**DISEASE, "cleared": "no", "active": "no"}, "before_exercise"),
        ({**SIGNS, "active": "no"}, "before_exercise"),
        ({"heart_kidney": "none", "active": "yes"}, "not_needed"),
        ({**DISEASE, "cleared": "no", "active": "yes"}, "before_vigorous"),
        ({**DISEASE, "cleared": "yes", "active": "yes"}, "not_needed"),
        ({**SIGNS, "active": "yes"}, "stop_and_clear"),
        ({**LEGS, "active": "no"}, "before_exercise"),
        # unknown is never a no
        ({"heart_kidney": Unknown.DONT_KNOW}, "before_exercise"),
        ({**DISEASE, "cleared": Unknown.DECLINED, "active": "yes"}, "before_vigorous"),
        ({**DISEASE, "cleared": "no", "active": Unknown.DONT_KNOW}, "before_exercise"),
        ({**SIGNS, "active": Unknown.DONT_KNOW}, "stop_and_clear"),
        # a PAR-Q+ done elsewhere
        ({**FORM, "parq": "no_follow_up", "parq_months": 12}, "not_needed"),
        ({**FORM, "parq": "no_follow_up", "parq_months": 13}, "before_exercise"),
        ({**FORM, "parq": "see_first"}, "before_exercise"),
        ({**DISEASE, "parq": "see_first", "cleared": "yes"}, "before_exercise"),
    ],
)
def test_answers_decide_the_clearance(
    assessor: Assessor, given: dict[str, Value], expected: str
) -> None:
    found = concluded(assessor, given)
    assert clearance(found) == expected
    assert found.assessment.status is Progress.COMPLETE
    assert found.assessment.referral.level <= (
        Level.ROUTINE if given["heart_kidney"] == "legs" else Level.MONITOR
    )


def test_the_strictest_lists_only_the_rules_behind_it(assessor: Assessor) -> None:
    found = concluded(assessor, {**SIGNS, "active": "yes"}).assessment.clearance
    assert found is not None
    assert found.rules == ("signs-while-training",)


def test_nothing_is_asked_for_before_a_rule_fires(assessor: Assessor) -> None:
    answers = with_harmless_rest(assessor.knowledge, {})
    del answers["heart_kidney"]
    found = assessor.conclude(Case(answers)).assessment
    assert found.clearance is None
    assert found.status is Progress.INCOMPLETE
    assert found.open[0].question == "heart_kidney"
    assert {"before_exercise", "before_vigorous"} <= set(found.open[0].could_change)


def test_what_could_still_be_stricter_is_asked(assessor: Assessor) -> None:
    answers = with_harmless_rest(assessor.knowledge, SIGNS)
    del answers["active"]
    found = assessor.conclude(Case(answers)).assessment
    assert found.clearance is not None
    assert found.clearance.id == "before_exercise"
    assert [(o.question, o.could_change) for o in found.open] == [("active", ("stop_and_clear",))]


def test_training_is_not_asked_about_once_a_doctor_has_agreed(assessor: Assessor) -> None:
    answers = with_harmless_rest(assessor.knowledge, {**DISEASE, "cleared": "yes"})
    del answers["active"]
    assert assessor.conclude(Case(answers)).assessment.open == ()


def test_only_light_activity_is_left_and_the_rule_is_named(assessor: Assessor) -> None:
    given: dict[str, Value] = {**DISEASE, "cleared": "no", "active": "no"}
    given |= dict.fromkeys(
        ("bend_forward", "sitting_slouched", "gardening_floor_work"), "provokes"
    )
    made = concluded(assessor, given).assessment
    light = {c.id for c in assessor.knowledge.categories.values() if c.light}
    assert {r.category for r in made.recommend} == light
    held = {w.target: w.by for w in made.withheld}
    assert held["hinge_squat"] == ("known-problem-not-active",)
    plans = {p.exercise: p for p in made.programme}
    assert plans["back_squat"].verdict is Verdict.AVOID
    assert plans["back_squat"].rules == ("known-problem-not-active",)
    assert plans["treadmill_walk"].verdict is Verdict.KEEP


def test_before_vigorous_withholds_nothing(assessor: Assessor) -> None:
    given: dict[str, Value] = dict.fromkeys(("bend_forward", "sitting_slouched"), "provokes")
    milder = concluded(assessor, given).assessment
    asked = concluded(assessor, {**given, **DISEASE, "cleared": "no"}).assessment
    assert (asked.recommend, asked.withheld) == (milder.recommend, milder.withheld)
    verdicts = [[(p.exercise, p.verdict) for p in made.programme] for made in (asked, milder)]
    assert verdicts[0] == verdicts[1]


def test_a_referral_within_days_and_a_clearance_both_hold_back(assessor: Assessor) -> None:
    given: dict[str, Value] = {**SIGNS, "active": "yes", "weight": "yes"}
    made = concluded(assessor, given).assessment
    assert made.referral.level is Level.WITHIN_DAYS
    (squat,) = (p for p in made.programme if p.exercise == "back_squat")
    assert set(squat.rules) > {"signs-while-training"}
    assert made.clearance is not None


def test_an_emergency_withholds_the_clearance_with_everything_else(assessor: Assessor) -> None:
    made = concluded(assessor, {**SIGNS, "saddle": "new_or_worse"}).assessment
    assert made.clearance is None
    (held,) = (w for w in made.withheld if w.target in assessor.knowledge.clearances)
    assert held.target == "stop_and_clear"
    assert held.by == ("saddle-change",)
    assert held.rules == ("signs-while-training",)


def without(rule: Rule, *kinds: type) -> Rule:
    return replace(rule, then=tuple(c for c in rule.then if not isinstance(c, kinds)))


@settings(max_examples=150)
@given(data=st.data())
def test_clearance_and_caps_never_move_a_referral(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    case = data.draw(cases(knowledge))
    bare = {n: without(r, AtClearance, OfferOnly) for n, r in knowledge.rules.items()}
    plain = Assessor(replace(knowledge, rules=bare)).preview(case).assessment
    found = Assessor(knowledge).preview(case).assessment
    assert found.referral == plain.referral
    assert found.findings == plain.findings
    assert (found.stage, found.limits, found.avoid) == (plain.stage, plain.limits, plain.avoid)
    assert {r.category for r in found.recommend} <= {r.category for r in plain.recommend}


@settings(max_examples=150)
@given(data=st.data())
def test_the_strictest_clearance_of_a_fired_rule_wins(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    found = Assessor(knowledge).preview(data.draw(cases(knowledge)))
    fired = {h.rule for h, t in found.outcome.heads.items() if t is Truth.TRUE}
    fired &= {
        h.rule
        for h, t in found.outcome.heads.items()
        if h.reading.value == "certain" and t is Truth.TRUE
    }
    asked = {
        rule: c.clearance
        for rule in sorted(fired)
        for c in knowledge.rules[rule].then
        if isinstance(c, AtClearance)
    }
    made = found.assessment.clearance
    withheld = [w.target for w in found.assessment.withheld if w.target in knowledge.clearances]
    assert bool(asked) is (made is not None or bool(withheld))
    if made is not None:
        ranks = {rule: knowledge.clearances[kind].rank for rule, kind in asked.items()}
        assert knowledge.clearances[made.id].rank == min(ranks.values())
        assert withheld == []


@settings(max_examples=60)
@given(data=st.data())
def test_any_strict_clearance_leaves_light_activity_only(
    assessor: Assessor, shipped: KnowledgeBase, data: st.DataObject
) -> None:
    case = data.draw(intakes(shipped))
    declined: dict[str, Value] = {"heart_kidney": Unknown.DECLINED}
    given = data.draw(st.sampled_from((SIGNS, declined)))
    made = assessor.preview(replace(case, answers={**case.answers, **given})).assessment
    assert all(shipped.categories[r.category].light for r in made.recommend)
    for plan in made.programme:
        assert shipped.exercises[plan.exercise].light or plan.verdict is Verdict.AVOID


@settings(max_examples=200)
@given(data=st.data())
def test_a_question_that_cannot_change_anything_changes_neither_clearance_nor_offer(
    data: st.DataObject,
) -> None:
    knowledge = data.draw(knowledge_bases())
    case = data.draw(cases(knowledge))
    assessor = Assessor(knowledge)
    before = assessor.preview(case)
    live = {one.question for one in before.assessment.open}
    idle = [q for q in knowledge.questions.values() if q.id not in {*before.answers, *live}]
    if before.assessment.referral.level < Level.SAME_DAY and idle:
        question = data.draw(st.sampled_from(idle))
        words: tuple[Value, ...] = question.words or tuple(range(question.low, question.high + 1))
        answers = {**case.answers, question.id: data.draw(st.sampled_from(words))}
        after = assessor.preview(replace(case, answers=answers))
        assert clearance(after) == clearance(before)
        offered = [[r.category for r in a.assessment.recommend] for a in (before, after)]
        assert offered[0] == offered[1]
