"""The shipped knowledge: clean, proved by its own examples, and careful."""

from __future__ import annotations

import datetime

import pytest
from clearance_oracle import clearance_breaches
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import intakes

from screening.assess import Assessor
from screening.check import check
from screening.diagnostics import Severity
from screening.engines.applicable import with_harmless_rest
from screening.load import load, shipped_knowledge
from screening.model.assessment import Progress
from screening.model.case import Case
from screening.model.decision import REPEAT_AFTER
from screening.model.expr import Compare, leaves
from screening.model.question import Value
from screening.model.rule import Reading, Refer, Rule
from screening.model.vocabularies import ASKED_UNKNOWN, Kind, Level, Truth
from screening.testing.fixtures import example_answers
from screening.testing.run_examples import run_examples

SHIPPED = load(shipped_knowledge(), library=True)
ASSESSOR = Assessor(SHIPPED)
URGENT = [r for r in SHIPPED.written_rules if r.level(Reading.CERTAIN) >= Level.SAME_DAY]

# the answer to each emergency question that must end the interview; a question absent here is
# answered worst by `yes` or `new_or_worse`
WORST = {
    "pulsing": "aneurysm_new_pain",
    "trauma_assessed": "no",
    "leg_weak_side": "both",
    "pain_start": "tearing",
    "pain_start_when": "last_2_weeks",
    "both_legs": "new_or_worse",
    "gait_hands": "new_or_worse",
    "bladder": "new_or_worse",
}
# what makes an emergency question apply, or makes its worst answer one: the injury counts as an
# emergency while nobody has examined the client, a tearing pain within two weeks
BEFORE = {
    "trauma": {"trauma_assessed": "no"},
    "trauma_assessed": {"trauma": "major"},
    "pain_start": {"pain_start_when": "last_2_weeks"},
    "pain_start_when": {"pain_start": "tearing"},
    "leg_weak_side": {"leg_weak": "new_or_worse"},
}
WORST_OF = {"trauma": "major"}


def worst(question: str) -> Value:
    """Return the answer to an emergency question that raises most concern."""
    if SHIPPED.questions[question].kind is Kind.RECENCY:
        return "new_or_worse"
    return WORST_OF.get(question) or WORST.get(question, "yes")


def test_shipped_knowledge_is_clean(today: datetime.date) -> None:
    assert [str(d) for d in check(SHIPPED, today) if d.severity is Severity.ERROR] == []


def test_the_knowledge_and_the_records_repeat_a_screening_after_as_many_days() -> None:
    due = leaves(SHIPPED.rules["full-screening-due"].when)
    days = (leaf for leaf in due if isinstance(leaf, Compare) and leaf.question == "days_since")
    assert {leaf.number for leaf in days} == {REPEAT_AFTER}


def test_examples_come_out_as_written_on_both_engines() -> None:
    """Those of every tenth rule; `screening knowledge test` runs all, also in `.ci/run`."""
    some = [rule.id for rule in SHIPPED.written_rules[::10]]
    tested = run_examples(SHIPPED, some)
    assert [str(d) for d in tested.failed] == []
    assert tested.run >= 3 * len(some)


# referring


def test_every_rule_has_an_example_of_each_outcome_and_on_each_side_of_each_number() -> None:
    missing: list[tuple[object, ...]] = []
    for rule in SHIPPED.written_rules:
        missing += [(rule.id, t) for t in Truth if t not in {e.expect for e in rule.examples}]
        given = [example.given for example in rule.examples]
        for leaf in leaves(rule.when):
            if isinstance(leaf, Compare):
                question = SHIPPED.questions[leaf.question]
                step = -1 if leaf.op in {">=", "<"} else 1
                sides = (leaf.number, leaf.number + step)
                values = {answers.get(leaf.question) for answers in given}
                wanted = {n for n in sides if question.low <= n <= question.high}
                missing += [(rule.id, leaf.question, n) for n in wanted - values]
    assert missing == []


def test_harmless_client_is_referred_to_nobody() -> None:
    made = ASSESSOR.conclude(Case(with_harmless_rest(SHIPPED, {}))).assessment
    assert made.referral.level <= Level.MONITOR
    assert made.status is Progress.COMPLETE


@pytest.mark.parametrize("question", SHIPPED.emergency_questions)
def test_emergency_question_answered_worst_is_an_emergency(question: str) -> None:
    answers = with_harmless_rest(SHIPPED, {**BEFORE.get(question, {}), question: worst(question)})
    made = ASSESSOR.conclude(Case(answers)).assessment
    assert made.referral.level is Level.EMERGENCY
    assert made.status is Progress.STOPPED


@pytest.mark.parametrize("unknown", ASKED_UNKNOWN)
@pytest.mark.parametrize("question", SHIPPED.emergency_questions)
def test_unknown_answer_to_an_emergency_question_is_for_today(
    question: str, unknown: Value
) -> None:
    answers = with_harmless_rest(SHIPPED, {**BEFORE.get(question, {}), question: unknown})
    made = ASSESSOR.conclude(Case(answers)).assessment
    assert made.referral.level >= Level.SAME_DAY
    assert (made.recommend, made.programme) == ((), ())


@pytest.mark.parametrize("question", SHIPPED.emergency_questions)
def test_missing_answer_to_an_emergency_question_withholds_exercise(question: str) -> None:
    answers = with_harmless_rest(SHIPPED, BEFORE.get(question, {}))
    answers.pop(question, None)
    made = ASSESSOR.conclude(Case(answers, ("plank",))).assessment
    applies = question in {o.question for o in made.open} or made.referral.level > Level.MONITOR
    assert applies
    assert (made.recommend, made.programme) == ((), ())


@pytest.mark.parametrize("rule", URGENT, ids=lambda rule: rule.id)
def test_example_that_fires_an_urgent_rule_withholds_exercise(rule: Rule) -> None:
    firing = [example for example in rule.examples if example.expect is Truth.TRUE]
    assert firing
    for answers in (example_answers(SHIPPED, example) for example in firing):
        made = ASSESSOR.conclude(Case(answers, tuple(SHIPPED.exercises))).assessment
        assert made.referral.level >= Level.SAME_DAY
        assert (made.recommend, made.programme, made.avoid, made.limits) == ((), (), (), ())


def test_urgent_rules_say_what_to_tell() -> None:
    for rule in SHIPPED.live_rules:
        for conclusion in rule.then:
            if isinstance(conclusion, Refer) and conclusion.level >= Level.SAME_DAY:
                assert conclusion.tell


# positive clearance


@settings(max_examples=60)
@given(case=intakes(SHIPPED))
def test_exercise_is_cleared_only_when_every_urgent_rule_is_refuted(case: Case) -> None:
    concluded = ASSESSOR.conclude(case)
    assert clearance_breaches(SHIPPED, concluded) == []


@settings(max_examples=60)
@given(data=st.data())
def test_cleared_client_loses_clearance_with_any_emergency_answer(data: st.DataObject) -> None:
    case = data.draw(intakes(SHIPPED))
    question = data.draw(st.sampled_from(SHIPPED.emergency_questions))
    answers = {**case.answers, **BEFORE.get(question, {}), question: worst(question)}
    made = ASSESSOR.conclude(Case(answers, case.programme)).assessment
    assert made.referral.level is Level.EMERGENCY
    assert (made.recommend, made.programme, made.avoid, made.limits) == ((), (), (), ())


@settings(max_examples=30)
@given(case=intakes(SHIPPED))
def test_every_exercise_of_the_programme_gets_a_verdict_or_is_withheld(case: Case) -> None:
    made = ASSESSOR.conclude(case).assessment
    planned = [plan.exercise for plan in made.programme]
    withheld = [w.target for w in made.withheld if w.target in case.programme]
    assert sorted(planned or withheld) == sorted(case.programme)


@settings(max_examples=30)
@given(case=intakes(SHIPPED))
def test_every_conclusion_names_a_rule_that_fired(case: Case) -> None:
    concluded = ASSESSOR.conclude(case)
    made = concluded.assessment
    fired = {h.rule for h, truth in concluded.outcome.heads.items() if truth is Truth.TRUE}
    said = (made.findings, made.stage, made.limits, made.recommend, made.avoid)
    for rules in [one.rules for ones in said for one in ones]:
        assert rules
        assert set(rules) <= fired
    assert set(made.referral.rules) <= fired
    assert set(made.referral.decisive) <= set(made.referral.rules)
    assert {r for advised in made.advice for r in advised.rules} <= fired


@settings(max_examples=30)
@given(case=intakes(SHIPPED))
def test_what_is_avoided_is_not_recommended(case: Case) -> None:
    made = ASSESSOR.conclude(case).assessment
    avoided = {a.target for a in made.avoid if a.kind == "category"}
    assert avoided.isdisjoint(r.category for r in made.recommend)


@settings(max_examples=25)
@given(data=st.data())
def test_level_never_falls_while_answers_come_in(data: st.DataObject) -> None:
    answers = dict(data.draw(intakes(SHIPPED)).answers)
    order = data.draw(st.permutations(sorted(answers)))
    given_so_far: dict[str, Value] = {}
    level = Level.NONE
    for name in order[:15]:
        given_so_far[name] = answers[name]
        now = ASSESSOR.preview(Case(dict(given_so_far))).assessment.referral.level
        assert now >= level
        level = now
