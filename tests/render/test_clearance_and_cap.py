"""Clearance and the cap on what is offered, as a trainer reads them and as JSON."""

from __future__ import annotations

from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest
from screening.explain import Ground, Standing, find_subject, how, what_if, why, why_not
from screening.model.assessment import Assessment
from screening.model.case import Case
from screening.model.question import Value
from screening.model.vocabularies import Unknown
from screening.render.assessment_page import assessment_page
from screening.render.formats import assessment_output
from screening.render.json_form import assessment_form
from screening.render.page import Format
from screening.render.table import text

BENDING = dict.fromkeys(("bend_forward", "sitting_slouched", "gardening_floor_work"), "provokes")
SIGNS: dict[str, Value] = {"heart_kidney": "signs", "active": "yes", **BENDING}
KNOWN: dict[str, Value] = {"heart_kidney": "disease", "cleared": "no", "active": "yes", **BENDING}
SORE: dict[str, Value] = {"pain_worst": 5, "minutes_to_settle": 20, **BENDING}
BASIC: dict[str, Value] = {**SORE, "trainer_level": "basic"}
RULE = "basic-trainer-starts-gently"


def ground(assessor: Assessor, given: dict[str, Value]) -> Ground:
    answers = with_harmless_rest(assessor.knowledge, given)
    return Ground(assessor, assessor.conclude(Case(answers, ("back_squat", "treadmill_walk"))))


def made(assessor: Assessor, given: dict[str, Value]) -> Assessment:
    return ground(assessor, given).assessment


def screen(assessor: Assessor, given: dict[str, Value]) -> str:
    page = assessment_page(made(assessor, given), assessor.knowledge, "x.yaml")
    return " ".join(text(page).split())


def test_a_doctor_to_ask_first_comes_first(assessor: Assessor) -> None:
    shown = screen(assessor, SIGNS)
    parts = (
        "STOP TRAINING UNTIL A DOCTOR AGREES", "Start Usual light", "NEXT SESSION", "HOW MUCH",
        "nothing is built up yet",
    )  # fmt: skip
    places = [shown.index(part) for part in parts]
    assert places == sorted(places)
    assert "NO REFERRAL" not in shown
    assert "until somebody has looked." in shown
    assert "`screening explain x.yaml --why clearance`" in shown


def test_only_vigorous_work_waits(assessor: Assessor) -> None:
    shown = screen(assessor, KNOWN)
    assert "ASK A DOCTOR BEFORE VIGOROUS EXERCISE" in shown
    assert "No vigorous work." in shown
    assert "Until somebody has looked." not in shown


def test_nobody_to_ask_is_not_mentioned(assessor: Assessor) -> None:
    assert made(assessor, {}).clearance is not None
    assert "DOCTOR TO BE ASKED" not in screen(assessor, {})


def test_markdown_says_it_too(assessor: Assessor) -> None:
    found = made(assessor, SIGNS)
    shown = assessment_output(found, assessor.knowledge, Format.MARKDOWN, "x.yaml")
    assert "# Stop training until a doctor agrees" in shown


def test_action_screen_says_nothing_about_clearance(assessor: Assessor) -> None:
    given: dict[str, Value] = {**SIGNS, "saddle": "new_or_worse"}
    found = made(assessor, given)
    shown = screen(assessor, given)
    assert "doctor agrees" not in shown.lower()
    kinds = assessor.knowledge.clearances
    held = sum(w.target not in kinds for w in found.withheld)
    assert held == len(found.withheld) - 1
    assert f"Not shown until then: {held} exercise conclusions." in shown
    form = assessment_form(found, assessor.knowledge)
    assert form["clearance"] is None
    withheld = {
        "target": "stop_and_clear",
        "by": ["saddle-change"],
        "rules": ["signs-while-training"],
    }
    assert withheld in form["withheld"]  # type: ignore[operator]


def test_json_names_the_clearance_and_its_rules(assessor: Assessor) -> None:
    kind = assessor.knowledge.clearances["before_vigorous"]
    form = assessment_form(made(assessor, KNOWN), assessor.knowledge)
    assert form["clearance"] == {
        "id": "before_vigorous",
        "title": kind.title,
        "say": kind.say,
        "meanwhile": kind.meanwhile,
        "rules": ["known-problem-before-vigorous"],
    }


def test_cap_names_what_is_not_offered(assessor: Assessor) -> None:
    shown = screen(assessor, BASIC)
    assert "NOT OFFERED: A SHORTER LIST" in shown
    assert "hip hinge and squat" in shown
    assert "NOT OFFERED" not in screen(assessor, SORE)


def test_cap_is_named_in_json(assessor: Assessor) -> None:
    form = assessment_form(made(assessor, BASIC), assessor.knowledge)
    held = {w["target"]: w["by"] for w in form["withheld"]}  # type: ignore[union-attr, call-overload, index]
    assert held["hinge_squat"] == [RULE]


# explained


def test_why_clearance_names_the_answers(assessor: Assessor) -> None:
    here = ground(assessor, SIGNS)
    for word in ("clearance", "stop_and_clear"):
        found = why(here, find_subject(here.knowledge, word))
        assert found.standing is Standing.CONCLUDED
        assert [r.rule for r in found.reasons] == ["signs-while-training"]
        assert found.ranges == ()
    milder = why(here, find_subject(here.knowledge, "before_exercise"))
    assert milder.standing is Standing.OVERRIDDEN
    assert [b.rule for b in milder.blocked_by] == ["signs-while-training"]
    other = why(here, find_subject(here.knowledge, "before_vigorous"))
    assert other.standing is Standing.REFUTED
    assert "clearance" in {one.target for one in how(here)}


def test_clearance_is_withheld_under_an_emergency(assessor: Assessor) -> None:
    here = ground(assessor, {**SIGNS, "saddle": "new_or_worse"})
    found = why(here, find_subject(here.knowledge, "clearance"))
    assert found.standing is Standing.WITHHELD
    assert found.reached == ("signs-while-training",)


def test_clearance_not_asked_about_is_undecided(assessor: Assessor) -> None:
    answers = with_harmless_rest(assessor.knowledge, {})
    del answers["heart_kidney"]
    here = Ground(assessor, assessor.conclude(Case(answers)))
    found = why(here, find_subject(here.knowledge, "clearance"))
    assert found.standing is Standing.UNDECIDED
    assert found.open[0] == "heart_kidney"


def test_what_a_clearance_withholds_names_its_rule(assessor: Assessor) -> None:
    here = ground(assessor, SIGNS)
    for word in ("hinge_squat", "back_squat"):
        found = why_not(here, find_subject(here.knowledge, word))
        assert found.standing is Standing.WITHHELD
        assert found.says == "withheld: stop training until a doctor agrees"
        assert [b.rule for b in found.blocked_by] == ["signs-while-training"]


def test_why_not_of_a_capped_category_names_the_rule(assessor: Assessor) -> None:
    here = ground(assessor, BASIC)
    found = why_not(here, find_subject(here.knowledge, "hinge_squat"))
    assert found.standing is Standing.WITHHELD
    assert [b.rule for b in found.blocked_by] == [RULE]
    assert found.reasons[0].rule == RULE
    assert found.reached == ("hinge-and-squat",)
    walk = why(here, find_subject(here.knowledge, "walk"))
    assert walk.standing is Standing.CONCLUDED


def test_answers_behind_a_clearance_cannot_be_tried_away(assessor: Assessor) -> None:
    strict, milder = ground(assessor, SIGNS), ground(assessor, KNOWN)
    for here, answers in (
        (strict, {"heart_kidney": "none"}),
        (strict, {"heart_kidney": Unknown.DONT_KNOW}),
        (strict, {"active": "no"}),
        (milder, {"cleared": "yes"}),
    ):
        assert what_if(here, answers).refused
    shown = what_if(milder, {"heart_kidney": "signs", "effort_signs": "known"})
    changes = {c.target: (c.before, c.after) for c in shown.changes}
    assert changes["clearance"] == ("before_vigorous", "stop_and_clear")
