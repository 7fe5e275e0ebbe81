"""What is carried, what is worked out, and what becomes of what was offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import answer_sheets, intakes, knowledge_bases

from screening.assess import Assessor, ConcludedCase
from screening.engines.applicable import applies, summed_up, with_harmless_rest, with_inapplicable
from screening.follow import earlier_from, in_force
from screening.follow.effective_answers import carried, change_since
from screening.model.case import Case, Earlier
from screening.model.knowledge import KnowledgeBase
from screening.model.question import ALWAYS, ChangeOf, Validity, Value
from screening.model.rule import Head, Move
from screening.model.vocabularies import ASKED_UNKNOWN, Level, Pace, Truth, Unknown

QUICK = {
    "quick_private": ("bladder", "bowel", "saddle"),
    "quick_legs": ("both_legs", "gait_hands", "leg_weak", "foot", "leg_swollen"),
    "quick_ill": (
        *("confused", "shaking", "drowsy", "skin", "no_pee", "very_ill"),
        *("trauma", "fever", "weight"),
    ),
    "quick_chest": ("chest", "pain_start", "pulsing"),
}


def then(
    assessor: Assessor, first: Mapping[str, Value], second: Mapping[str, Value]
) -> ConcludedCase:
    """Conclude a follow-up: both harmless but for what is given."""
    knowledge = assessor.knowledge
    earlier = left_by(assessor, Case(with_harmless_rest(knowledge, first)))
    follow_up = with_harmless_rest(knowledge, {**second, "follow_up": "yes"})
    return assessor.conclude(Case(without_derived(knowledge, follow_up, second), earlier=earlier))


def left_by(assessor: Assessor, case: Case) -> Earlier:
    """Return what a case leaves behind."""
    one = assessor.preview(case)
    return earlier_from(assessor.knowledge, one.case, one.assessment)


def without_derived(
    knowledge: KnowledgeBase, answers: Mapping[str, Value], given: Mapping[str, Value]
) -> dict[str, Value]:
    """Return the answers without those the harmless rest made up for derived questions."""
    worked_out = {q.id for q in knowledge.questions.values() if q.derived is not None}
    return {name: v for name, v in answers.items() if name in given or name not in worked_out}


# carrying


@given(data=st.data())
def test_carrying_invents_nothing(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    earlier = Earlier(data.draw(answer_sheets(knowledge)))
    now = data.draw(answer_sheets(knowledge))
    found = carried(knowledge, now, earlier)
    read = with_inapplicable(knowledge, {**now, **{n: one.value for n, one in found.items()}})
    for name, one in found.items():
        question = knowledge.questions[name]
        assert name not in now
        before = earlier.answers.get(name)
        if before is None:
            assert question.sums_up
            before = summed_up(knowledge, question, earlier.answers)
        assert before == one.value
        assert one.value not in ASKED_UNKNOWN
        assert question.valid.covers(one.weeks)
        assert question.safety is not Level.EMERGENCY
        parts = (knowledge.questions[part] for part in question.sums_up)
        assert Level.EMERGENCY not in {part.safety for part in parts}
        assert question.derived is None
        assert applies(knowledge, question, read) is Truth.TRUE


@given(data=st.data())
def test_a_given_answer_beats_a_carried_one(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    earlier = Earlier(data.draw(answer_sheets(knowledge)))
    now = data.draw(answer_sheets(knowledge))
    force = in_force(knowledge, Case(now, earlier=earlier))
    asked = {name for name in now if knowledge.questions[name].derived is None}
    assert {name: force[name] for name in asked} == {name: now[name] for name in asked}


@settings(max_examples=40)
@given(data=st.data())
def test_no_emergency_answer_of_the_shipped_knowledge_is_carried(
    shipped: KnowledgeBase, data: st.DataObject
) -> None:
    earlier = Earlier(data.draw(intakes(shipped)).answers)
    now = {"weeks_since": data.draw(st.integers(0, 5))}
    assert not set(in_force(shipped, Case(now, earlier=earlier))) & set(
        shipped.emergency_questions
    )


def test_emergency_answer_is_not_carried_whatever_is_declared(shipped: KnowledgeBase) -> None:
    for name in ("bladder", "both_legs_assessed"):
        question = replace(shipped.questions[name], valid=ALWAYS, only_if=None)
        urgent = replace(question, safety=Level.EMERGENCY)
        for asked, counts in ((urgent, False), (replace(question, safety=Level.ROUTINE), True)):
            knowledge = replace(shipped, questions={**shipped.questions, name: asked})
            force = in_force(knowledge, Case({}, earlier=Earlier({name: "no"})))
            assert (name in force) is counts


def test_question_that_sums_up_emergencies_is_not_carried_whatever_is_declared(
    shipped: KnowledgeBase,
) -> None:
    for name, counts in (("quick_private", False), ("leg_weaker", True)):
        question = replace(shipped.questions[name], valid=ALWAYS)
        knowledge = replace(shipped, questions={**shipped.questions, name: question})
        force = in_force(knowledge, Case({}, earlier=Earlier({name: "no"})))
        assert (name in force) is counts


def test_an_unknown_answer_is_never_carried_whatever_is_declared(shipped: KnowledgeBase) -> None:
    question = replace(shipped.questions["leg_weaker"], valid=ALWAYS)
    knowledge = replace(shipped, questions={**shipped.questions, question.id: question})
    said: dict[Value, bool] = {"no": True, **dict.fromkeys(ASKED_UNKNOWN, False)}
    for value, counts in said.items():
        force = in_force(knowledge, Case({}, earlier=Earlier({question.id: value})))
        assert (question.id in force) is counts


@pytest.mark.parametrize(("eases", "said"), [("none", "no"), ("flexion", "yes")])
def test_parts_asked_last_time_need_not_be_asked_again(
    shipped: KnowledgeBase, assessor: Assessor, eases: str, said: str
) -> None:
    first = Case({"clinician_direction": eases, "clinician_limits": "none"})
    second = Case({"weeks_since": 3}, earlier=left_by(assessor, first))
    force = in_force(shipped, second)
    assert force["clinician_said"] == said
    assert ("clinician_direction" in force) is (said == "yes")
    older = Case({"weeks_since": 2}, earlier=left_by(assessor, second))
    assert "clinician_said" not in in_force(shipped, older)


def test_what_sums_up_others_is_as_old_as_the_oldest_of_them(shipped: KnowledgeBase) -> None:
    noes: dict[str, Value] = {"clinician_direction": "none", "clinician_limits": "none"}
    earlier = Earlier(noes, weeks={"clinician_limits": 2})
    assert "clinician_said" in in_force(shipped, Case({"weeks_since": 2}, earlier=earlier))
    assert "clinician_said" not in in_force(shipped, Case({"weeks_since": 3}, earlier=earlier))


@pytest.mark.parametrize(
    ("weeks", "counts"), [(0, True), (4, True), (5, False), (Unknown.DONT_KNOW, False)]
)
def test_a_movement_counts_for_four_weeks(
    shipped: KnowledgeBase, weeks: Value, *, counts: bool
) -> None:
    earlier = Earlier({"walk": "provokes", "sex": "male"})
    force = in_force(shipped, Case({"weeks_since": weeks}, earlier=earlier))
    assert ("walk" in force) is counts
    assert force["sex"] == "male"


def test_without_the_weeks_only_what_always_counts_is_carried(shipped: KnowledgeBase) -> None:
    earlier = Earlier({"walk": "provokes", "age": 40, "sex": "male"})
    force = in_force(shipped, Case({}, earlier=earlier))
    assert force["sex"] == "male"
    assert not {"walk", "age"} & set(force)


def test_age_of_an_answer_adds_up_over_several_screenings(
    shipped: KnowledgeBase, assessor: Assessor
) -> None:
    first = Case({"walk": "provokes", "pain_worst": 6})
    second = Case({"weeks_since": 3, "pain_worst": 6}, earlier=left_by(assessor, first))
    third = Case({"weeks_since": 1}, earlier=left_by(assessor, second))
    assert in_force(shipped, third)["walk"] == "provokes"
    assert "walk" not in in_force(shipped, replace(third, answers={"weeks_since": 2}))


def test_newest_answer_is_the_one_that_is_carried_on(
    shipped: KnowledgeBase, assessor: Assessor
) -> None:
    first = Case({"walk": "provokes"})
    second = Case({"weeks_since": 1, "walk": "relieves"}, earlier=left_by(assessor, first))
    third = Case({"weeks_since": 1}, earlier=left_by(assessor, second))
    assert in_force(shipped, third)["walk"] == "relieves"


def test_validity_is_read_as_written(shipped: KnowledgeBase) -> None:
    valid = {name: question.valid.words for name, question in shipped.questions.items()}
    assert valid["walk"] == "4 weeks"
    assert valid["sex"] == "always"
    assert valid["cancer"] == "52 weeks"
    assert valid["bladder"] == valid["night"] == valid["pain_worst"] == "session"
    assert not Validity(0).covers(0)


# working out


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (6, 4, "better"),
        (6, 5, "same"),
        (3, 2, "better"),
        (4, 3, "same"),
        (10, 7, "better"),
        (4, 6, "worse"),
        (4, 5, "same"),
        (1, 2, "same"),
        (0, 0, "same"),
        (0, 2, "worse"),
        (None, 3, Unknown.DONT_KNOW),
        (Unknown.DECLINED, 3, Unknown.DONT_KNOW),
        (3, Unknown.DONT_KNOW, Unknown.DONT_KNOW),
    ],
)
def test_change_that_matters(before: Value | None, now: Value, said: Value) -> None:
    assert change_since(before, now, ChangeOf("pain", 2, 30)) == said


def test_change_waits_for_the_present_answer(shipped: KnowledgeBase) -> None:
    earlier = Earlier({"pain_worst": 6})
    assert "pain_change" not in in_force(shipped, Case({}, earlier=earlier))
    force = in_force(shipped, Case({"pain_worst": 3}, earlier=earlier))
    assert force["pain_change"] == "better"


def test_change_in_all_goes_back_to_the_first(shipped: KnowledgeBase, assessor: Assessor) -> None:
    first = Case({"pain_worst": 6})
    second = Case({"weeks_since": 2, "pain_worst": 5}, earlier=left_by(assessor, first))
    third = Case({"weeks_since": 3, "pain_worst": 4}, earlier=left_by(assessor, second))
    force = in_force(shipped, third)
    assert (force["pain_change"], force["pain_change_in_all"]) == ("same", "better")
    assert force["weeks_in_all"] == 5


def test_what_can_be_worked_out_comes_before_what_is_said_of_it(shipped: KnowledgeBase) -> None:
    said: dict[str, Value] = {"pain_worst": 3, "pain_change": "worse", "follow_up": "no"}
    force = in_force(shipped, Case(said, earlier=Earlier({"pain_worst": 6})))
    assert (force["pain_change"], force["follow_up"]) == ("better", "yes")
    unknown = in_force(shipped, Case(said, earlier=Earlier({})))
    assert unknown["pain_change"] == "worse"
    assert in_force(shipped, Case(said))["follow_up"] == "no"


def test_an_open_referral_goes_on_until_somebody_has_looked(assessor: Assessor) -> None:
    first = Earlier({}, level=Level.EMERGENCY)
    between = Case({"weeks_since": 1}, earlier=first)
    assert left_by(assessor, between).level is Level.EMERGENCY
    seen = Case({"weeks_since": 1, "referral_seen": "yes"}, earlier=first)
    assert left_by(assessor, seen).level is Level.NONE


@pytest.mark.parametrize("health", ["yes", Unknown.DONT_KNOW])
def test_after_a_change_in_health_only_what_always_counts_is_carried(
    shipped: KnowledgeBase, health: Value
) -> None:
    earlier = Earlier({"cancer": "no", "infrisk": "none", "sex": "female"})
    now: dict[str, Value] = {"weeks_since": 1, "duration_weeks": 3}
    same = in_force(shipped, Case({**now, "quick_health": "no"}, earlier=earlier))
    changed = in_force(shipped, Case({**now, "quick_health": health}, earlier=earlier))
    assert same["cancer"] == "no"
    assert "cancer" not in changed
    assert changed["sex"] == "female"


def test_first_screening_has_no_question_more(shipped: KnowledgeBase, assessor: Assessor) -> None:
    made = assessor.preview(Case()).assessment
    topics = {shipped.questions[one.question].topic for one in made.open}
    assert not topics & {"follow_up", "since_last_time"}
    assert made.moves == ()


@pytest.mark.parametrize(("quick", "full"), QUICK.items())
def test_quick_no_settles_its_set_and_yes_opens_it(
    shipped: KnowledgeBase, quick: str, full: tuple[str, ...]
) -> None:
    for answer in ("yes", Unknown.DONT_KNOW, Unknown.DECLINED):
        read = with_inapplicable(shipped, {"follow_up": "yes", quick: answer})
        assert not set(full) & set(read)
    # a weak leg is asked about by another question too; a swollen one and lost weight are asked
    # of everybody, each by itself
    others = {q.id for q in shipped.summing_questions if set(q.sums_up) & set(full)} - {quick}
    noes = dict.fromkeys({quick, *others}, "no")
    read = with_inapplicable(shipped, {"follow_up": "yes", **noes})
    opened = [name for name in full if shipped.questions[name].only_if is not None]
    assert {read[name] for name in opened} == {Unknown.NOT_APPLICABLE}
    assert {*full} - {*opened} <= {"leg_swollen", "weight"}
    emergencies = set(full) & set(shipped.emergency_questions)
    read = with_inapplicable(shipped, {"follow_up": "yes", quick: "no"})
    assert {read[name] for name in emergencies} == {Unknown.NOT_APPLICABLE}


@pytest.mark.parametrize(("quick", "full"), QUICK.items())
def test_whole_set_answers_its_quick_item(
    shipped: KnowledgeBase, quick: str, full: tuple[str, ...]
) -> None:
    harmless: dict[str, Value] = {name: shipped.questions[name].harmless for name in full}
    base: dict[str, Value] = {"follow_up": "yes"}
    assert with_inapplicable(shipped, {**base, **harmless})[quick] == "no"
    for name in full:
        others = {other: value for other, value in harmless.items() if other != name}
        assert quick not in with_inapplicable(shipped, {**base, **others})
        worrying = next(
            value for value in shipped.questions[name].words if value != harmless[name]
        )
        assert with_inapplicable(shipped, {**base, name: worrying})[quick] == "yes"
        unknown: dict[str, Value] = {**base, **harmless, name: Unknown.DECLINED}
        assert with_inapplicable(shipped, unknown)[quick] is Unknown.DONT_KNOW


@pytest.mark.parametrize("quick", QUICK)
def test_no_exercise_before_a_quick_item_is_answered(assessor: Assessor, quick: str) -> None:
    case = then(assessor, {}, {}).case
    left = {name: value for name, value in case.answers.items() if name != quick}
    made = assessor.conclude(replace(case, answers=left)).assessment
    assert quick in {one.question for one in made.open}
    assert (made.recommend, made.moves, made.limits) == ((), (), ())


@pytest.mark.parametrize(("quick", "full"), QUICK.items())
def test_no_exercise_before_an_opened_set_is_answered(
    assessor: Assessor, quick: str, full: tuple[str, ...]
) -> None:
    case = then(assessor, {}, {}).case
    made = assessor.conclude(replace(case, answers={**case.answers, quick: "yes"})).assessment
    emergencies = set(full) & set(assessor.knowledge.emergency_questions)
    assert emergencies <= {one.question for one in made.open}
    assert (made.recommend, made.moves) == ((), ())


@pytest.mark.parametrize(
    ("rule", "answers"),
    [
        ("not-better-at-four-weeks", {"duration_weeks": 4, "course": "same"}),
        ("not-better-at-six-weeks", {"duration_weeks": 6, "course": "same", "care": "none"}),
        ("severe-two-weeks", {"duration_weeks": 2, "course": "same", "pain_now": 7}),
        (
            "short-relief-only",
            {
                "duration_weeks": 8,
                "course": "same",
                "care": "short_relief",
                "age": 50,
                "smoker_or_pressure": "yes",
                "smoker": "yes",
            },
        ),
        ("worse-for-weeks", {"course": "worse", "worse_weeks": 6, "care": "none"}),
    ],
)
def test_rules_on_lack_of_progress_work_in_a_follow_up(
    assessor: Assessor, rule: str, answers: dict[str, Value]
) -> None:
    assert rule in then(assessor, {}, answers).assessment.referral.rules


# what becomes of what was offered


def test_unchanged_case_is_held(assessor: Assessor) -> None:
    same = {"weeks_since": 1, "pain_worst": 3, "sessions_inside": 1}
    moves = then(assessor, {"pain_worst": 3}, same).assessment.moves
    assert moves
    assert {moved.pace for moved in moves} == {Pace.HOLD}


def test_clearly_better_case_goes_on(assessor: Assessor) -> None:
    moves = then(assessor, {"pain_worst": 6}, {"pain_worst": 3}).assessment.moves
    assert {moved.pace for moved in moves} == {Pace.PROGRESS}


def test_what_is_still_open_holds_what_would_go_on(assessor: Assessor) -> None:
    better = then(assessor, {"pain_worst": 6}, {"pain_worst": 3}).case
    left = {name: value for name, value in better.answers.items() if name != "next_morning"}
    made = assessor.conclude(replace(better, answers=left)).assessment
    assert {moved.pace for moved in made.moves} == {Pace.HOLD}
    assert "next_morning" in {one.question for one in made.open}


def test_most_cautious_word_wins(assessor: Assessor) -> None:
    bad: dict[str, Value] = {"pain_worst": 3, "next_morning": "worse", "next_morning_rise": 2}
    moves = then(assessor, {"pain_worst": 6}, bad).assessment.moves
    assert {moved.pace for moved in moves} == {Pace.REGRESS}
    assert all("rise-the-next-morning" in moved.rules for moved in moves)


def test_category_left_out_now_stops(assessor: Assessor) -> None:
    bends: dict[str, Value] = {
        "sitting_slouched": "provokes",
        "bend_forward": "provokes",
        "lie_prone": "relieves",
    }
    arches = {"stand_prolonged": "provokes", "bend_backward": "provokes"}
    made = then(assessor, bends, {**arches, "sitting_slouched": "relieves"}).assessment
    left_out = {a.target for a in made.avoid if a.kind == "category"}
    stopped = {moved.category for moved in made.moves if moved.pace is Pace.STOP}
    assert stopped == left_out & {moved.category for moved in made.moves}
    assert stopped


def test_worse_after_arching_was_offered_turns_round(assessor: Assessor) -> None:
    bends: dict[str, Value] = {
        "sitting_slouched": "provokes",
        "bend_forward": "provokes",
        "lie_prone": "relieves",
    }
    made = then(assessor, {**bends, "pain_worst": 3}, {**bends, "pain_worst": 5}).assessment
    moved = {one.category: one for one in made.moves}
    assert moved["extension_direction"].pace is Pace.STOP
    assert "arching-made-it-worse" in moved["extension_direction"].rules
    assert made.referral.level is Level.ROUTINE


def test_bending_comes_back_after_two_free_weeks(assessor: Assessor) -> None:
    bends: dict[str, Value] = {
        "sitting_slouched": "provokes",
        "bend_forward": "provokes",
        "lie_prone": "relieves",
    }
    free: dict[str, Value] = {
        "bending_free_weeks": 2,
        "bend_forward": "no_effect",
        "sitting_slouched": "no_effect",
    }
    made = then(assessor, bends, free).assessment
    assert "graded_exposure" in {one.category for one in made.recommend}
    assert "flexion_direction" not in {one.target for one in made.avoid}


@pytest.mark.parametrize("level", [Level.WITHIN_DAYS, Level.SAME_DAY, Level.EMERGENCY])
def test_referral_stays_until_somebody_has_looked(assessor: Assessor, level: Level) -> None:
    first = {
        Level.WITHIN_DAYS: {"weight": "yes"},
        Level.SAME_DAY: {"fever": "yes", "fever_over": "now"},
        Level.EMERGENCY: {"saddle": "new_or_worse"},
    }[level]
    kept = then(assessor, first, {"referral_seen": "no"}).assessment
    assert kept.referral.level is min(level, Level.SAME_DAY)
    seen = then(assessor, first, {"referral_seen": "yes"}).assessment
    assert seen.referral.level <= Level.MONITOR


@settings(max_examples=60)
@given(data=st.data())
def test_each_move_is_the_most_cautious_and_names_its_rules(
    assessor: Assessor, data: st.DataObject
) -> None:
    knowledge = assessor.knowledge
    left = left_by(assessor, data.draw(intakes(knowledge)))
    second = data.draw(intakes(knowledge))
    found = assessor.preview(replace(second, earlier=left))
    made, fired = found.assessment, found.outcome.fired
    assert [m.category for m in made.moves if m.category not in left.offered] == []
    for moved in made.moves:
        said = {
            c.pace
            for rule in knowledge.live_rules
            for c in rule.then
            if isinstance(c, Move) and c.category in ("", moved.category) and fired(Head(rule.id))
        }
        assert moved.rules
        assert moved.pace >= max(said, default=Pace.HOLD)


@settings(max_examples=40)
@given(data=st.data())
def test_both_engines_agree_on_a_follow_up(assessor: Assessor, data: st.DataObject) -> None:
    first, second = data.draw(intakes(assessor.knowledge)), data.draw(intakes(assessor.knowledge))
    case = replace(second, earlier=left_by(assessor, first))
    assert assessor.conclude(case).assessment == assessor.preview(case).assessment
