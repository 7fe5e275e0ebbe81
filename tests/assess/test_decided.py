"""A clinician's agreement bounds the plan; a trainer's override lifts, and never an emergency."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import decided_cases, intakes, knowledge_bases

from screening.assess import Assessor, ConcludedCase
from screening.assess.fired_conclusions import Effects, withholding
from screening.engines.applicable import with_harmless_rest
from screening.explain import Ground, find_subject, why
from screening.explain.explanation import Standing
from screening.follow import earlier_from
from screening.model.case import Case, Earlier
from screening.model.decision import Agreement, Looked, OnRecord, Override
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.vocabularies import Level, Verdict
from screening.render.explanation_json import explanation_form
from screening.render.formats import assessment_output
from screening.render.page import FORMATS, Format

DAY = datetime.date(2026, 3, 2)
AGREED = Agreement("Dr A. Okafor", "GP", DAY, (("pain_during", 0),), ("deadlift", "carry"), "ok")
REASON = "the client's doctor rang me and agreed to it"
CONSTANT = {"constant": "yes"}  # within days
FEVER = {"fever": "yes", "fever_over": "now"}  # today


def sheet(knowledge: KnowledgeBase, given_: Mapping[str, Value]) -> Case:
    return Case(with_harmless_rest(knowledge, given_), ("deadlift", "plank"))


def overriding(assessor: Assessor, case: Case) -> Case:
    """Return the case with an override of all that withholds exercise."""
    outcome = assessor.conclude(case).outcome
    rules = withholding(Effects(assessor.knowledge, outcome))
    return replace(case, record=OnRecord(DAY, (Override("J. Smith", DAY, REASON, rules),)))


def followed(
    assessor: Assessor,
    first: Case,
    *,
    looked: Looked,
    said: Mapping[str, Value],
    agreed: Agreement = AGREED,
) -> ConcludedCase:
    """Conclude a harmless follow-up on record of a case."""
    knowledge = assessor.knowledge
    given_agreement = agreed if looked is Looked.YES else None
    kept = replace(first, record=OnRecord(DAY, agreed=given_agreement, looked=looked))
    made = assessor.conclude(kept)
    earlier = earlier_from(knowledge, kept, made.assessment)
    answers = with_harmless_rest(knowledge, {**said, "follow_up": "yes"})
    worked_out = {q.id for q in knowledge.questions.values() if q.derived is not None}
    given_ = {name: v for name, v in answers.items() if name not in worked_out}
    if "referral_seen" not in said:
        given_.pop("referral_seen", None)
    return assessor.conclude(Case(given_, ("deadlift", "plank"), earlier=earlier))


# agreements


@pytest.mark.parametrize("said", ["yes", "no", None])
def test_clients_word_alone_lifts_nothing_on_record(assessor: Assessor, said: str | None) -> None:
    answer = {} if said is None else {"referral_seen": said}
    after = followed(assessor, sheet(assessor.knowledge, CONSTANT), looked=Looked.NO, said=answer)
    assert after.answers["referral_seen"] == "no"
    assert after.assessment.referral.decisive == ("referral-still-open",)


def test_agreement_closes_the_referral_and_bounds_the_plan(assessor: Assessor) -> None:
    after = followed(assessor, sheet(assessor.knowledge, CONSTANT), looked=Looked.YES, said={})
    found = after.assessment
    assert after.answers["referral_seen"] == "yes"
    assert found.referral.level < Level.WITHIN_DAYS
    assert [(one.at_most, one.agreed) for one in found.limits] == [(0, AGREED)]
    assert (
        found.programme[0].exercise,
        found.programme[0].verdict,
        found.programme[0].agreed,
    ) == (
        "deadlift",
        Verdict.AVOID,
        AGREED,
    )
    assert "carry" not in {one.category for one in found.recommend}
    assert ("carry", AGREED) in {(one.target, one.agreed) for one in found.avoid}
    for target in ("deadlift", "carry", "pain_during"):
        says = why(Ground(assessor, after), find_subject(assessor.knowledge, target)).says
        assert AGREED.who in says


def test_a_clients_no_counts_beside_an_agreement(assessor: Assessor) -> None:
    first = sheet(assessor.knowledge, CONSTANT)
    after = followed(assessor, first, looked=Looked.YES, said={"referral_seen": "no"})
    assert after.assessment.referral.level is Level.WITHIN_DAYS


@settings(max_examples=25)
@given(data=st.data())
def test_agreement_never_lowers_what_later_answers_raise(
    assessor: Assessor, shipped: KnowledgeBase, data: st.DataObject
) -> None:
    now = data.draw(intakes(shipped))
    earlier = Earlier(
        {}, level=data.draw(st.sampled_from(Level)), looked=Looked.YES, agreed=AGREED
    )
    agreed = assessor.preview(replace(now, earlier=earlier)).assessment
    nothing = Earlier({}, looked=Looked.YES)
    alone = assessor.preview(replace(now, earlier=nothing)).assessment
    assert agreed.referral.level >= alone.referral.level
    assert set(alone.referral.rules) <= set(agreed.referral.rules)


def test_the_lower_limit_counts_whoever_sets_it(assessor: Assessor) -> None:
    first = sheet(assessor.knowledge, CONSTANT)
    loose = replace(AGREED, limits=(("pain_during", 9),))
    after = followed(assessor, first, looked=Looked.YES, said={}, agreed=loose)
    assert [(one.at_most, one.agreed) for one in after.assessment.limits] == [(0, None)]


# overrides


def test_override_gives_the_plan_and_keeps_the_referral(assessor: Assessor) -> None:
    case = sheet(assessor.knowledge, CONSTANT)
    before, after = (
        assessor.conclude(one).assessment for one in (case, overriding(assessor, case))
    )
    assert after.referral == before.referral
    assert after.referral.level is Level.WITHIN_DAYS
    assert {one.category for one in after.recommend} > {one.category for one in before.recommend}
    assert after.lifted == before.referral.decisive


def test_explanation_of_what_is_given_against_a_referral_says_overridden(
    assessor: Assessor,
) -> None:
    case = overriding(assessor, sheet(assessor.knowledge, CONSTANT))
    ground = Ground.of(assessor, case)
    heavy = next(
        one.category
        for one in ground.assessment.recommend
        if not assessor.knowledge.categories[one.category].light
    )
    found = why(ground, find_subject(assessor.knowledge, heavy))
    assert found.standing is Standing.OVERRIDDEN
    assert REASON in found.says
    form = explanation_form(found, assessor.knowledge)
    assert form["verdict"] == "overridden"
    blocked = json.dumps(form["blocked_by"])
    assert '"state": "overridden"' in blocked
    assert all(rule in blocked for rule in ground.assessment.lifted)
    assert REASON in why(ground, find_subject(assessor.knowledge, "referral")).says


@settings(max_examples=40)
@given(data=st.data())
def test_an_override_never_lowers_a_level_nor_lifts_an_emergency(data: st.DataObject) -> None:
    assessor = Assessor(data.draw(knowledge_bases()))
    case = data.draw(decided_cases(assessor.knowledge))
    plain = replace(case, record=None)
    every = Override("J. Smith", DAY, REASON, tuple(assessor.knowledge.rules))
    decided = replace(case, record=OnRecord(DAY, (every,)))
    before, after = (assessor.preview(one).assessment for one in (plain, decided))
    assert after.referral == before.referral
    assert after.open == before.open
    if before.referral.level is Level.EMERGENCY:
        assert replace(after, overrides=before.overrides) == before
        assert after.lifted == ()


@settings(max_examples=40)
@given(data=st.data())
def test_every_report_names_every_override(data: st.DataObject) -> None:
    assessor = Assessor(data.draw(knowledge_bases()))
    case = data.draw(decided_cases(assessor.knowledge))
    odd = Override("J. Smith", DAY, REASON, ())
    record = case.record or OnRecord(DAY)
    case = replace(case, record=replace(record, overrides=(odd,), lapsed=(odd,)))
    found = assessor.preview(case).assessment
    for form in FORMATS:
        shown = assessment_output(found, assessor.knowledge, form, "x", width=200)
        assert shown.count("J. Smith") == 2
        assert shown.replace("\\", "").count(REASON) == 2


def test_override_of_one_rule_lifts_nothing_while_another_refers(assessor: Assessor) -> None:
    case = overriding(assessor, sheet(assessor.knowledge, CONSTANT))
    worse = replace(case, answers={**case.answers, "weight": "yes"})
    found = assessor.conclude(worse).assessment
    assert len(found.referral.decisive) > 1
    assert found.lifted == ()
    assert all(assessor.knowledge.categories[one.category].light for one in found.recommend)


def test_override_of_a_same_day_referral_shows_the_plan_below_the_referral(
    assessor: Assessor,
) -> None:
    case = sheet(assessor.knowledge, FEVER)
    before = assessor.conclude(case).assessment
    assert before.referral.level is Level.SAME_DAY
    assert (before.recommend, before.avoid, before.programme) == ((), (), ())
    found = assessor.conclude(overriding(assessor, case)).assessment
    assert found.referral.level is Level.SAME_DAY
    shown = assessment_output(found, assessor.knowledge, Format.TABLE, "x")
    assert shown.index("MEDICAL ASSESSMENT TODAY") < shown.index("J. Smith")
    assert "NEXT SESSION" in shown


def test_no_agreement_stands_beside_an_action_or_an_unfinished_screening(
    assessor: Assessor,
) -> None:
    first = sheet(assessor.knowledge, CONSTANT)
    whole = followed(assessor, first, looked=Looked.YES, said={})
    shown = [assessment_output(whole.assessment, assessor.knowledge, Format.TABLE, "x")]
    for change in (FEVER, {"saddle": "new_or_worse"}, {"quick_chest": "yes"}):
        said = followed(assessor, first, looked=Looked.YES, said=change)
        answers = {name: v for name, v in said.case.answers.items() if name != "chest"}
        found = assessor.conclude(replace(said.case, answers=answers)).assessment
        shown.append(assessment_output(found, assessor.knowledge, Format.TABLE, "x"))
    assert [AGREED.by in text for text in shown] == [True, False, False, False]


@pytest.mark.parametrize("given_", [{"saddle": "new_or_worse"}, {"chest": "yes"}])
def test_override_of_everything_lifts_nothing_in_an_emergency(
    assessor: Assessor, given_: dict[str, Value]
) -> None:
    case = sheet(assessor.knowledge, given_)
    every = Override("J. Smith", DAY, REASON, tuple(assessor.knowledge.rules))
    found = assessor.conclude(replace(case, record=OnRecord(DAY, (every,)))).assessment
    assert found.referral.level is Level.EMERGENCY
    assert (found.lifted, found.recommend, found.programme, found.limits) == ((), (), (), ())
