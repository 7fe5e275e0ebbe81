"""A case of the library that follows another is concluded as `run` concludes a follow-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import knowledge_base as tiny
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import answer_sheets, knowledge_bases

from screening.app.history import FoundCase, with_earlier
from screening.assess import Assessor
from screening.diagnostics import Code
from screening.engines.applicable import applies, with_harmless_rest, with_inapplicable
from screening.errors import BadInputError
from screening.follow import in_force
from screening.load import load, load_intake, shipped_knowledge
from screening.model.case import Case, Earlier
from screening.model.case_library import Claim, Expected, KnownCase, Verb
from screening.model.question import Value
from screening.model.vocabularies import Level, Truth, Unknown
from screening.testing.run_cases import Tried, harmless_rest, try_case

SHIPPED = load(shipped_knowledge(), library=True)
ASSESSOR = Assessor(SHIPPED)
FOLLOW_UPS = [case for case in SHIPPED.cases.values() if case.follows]
BETTER = "s70-gardener-better"
each_follow_up = pytest.mark.parametrize("case", FOLLOW_UPS, ids=lambda case: case.id)


@cache
def tried(name: str) -> Tried:
    return try_case(ASSESSOR, SHIPPED.cases[name])


def failures(case: KnownCase, **expected: tuple[Claim, ...]) -> list[str]:
    wanted = replace(case, expect=Expected(**expected))  # type: ignore[arg-type]
    return [failure.message for failure in try_case(ASSESSOR, wanted).failed]


def said(value: Value) -> str:
    return value.value if isinstance(value, Unknown) else str(value)


def intake(folder: Path, name: str) -> Path:
    """Write a case, and those it follows, as intakes that say all their answers."""
    case, answers = SHIPPED.cases[name], tried(name).concluded.case.answers
    lines = [f"follows: {intake(folder, case.follows).name}"] if case.follows else []
    lines += ["answers:", *(f"  {question}: {said(value)}" for question, value in answers.items())]
    lines += [f"programme: [{', '.join(case.programme)}]"] if case.programme else []
    path = folder / f"{name}.yaml"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@each_follow_up
def test_follow_up_case_comes_out_as_run_concludes_its_intakes(
    case: KnownCase, tmp_path: Path
) -> None:
    path = intake(tmp_path, case.id)
    client = with_earlier(
        FoundCase(load_intake(path, SHIPPED), path), ASSESSOR, lambda: None, print
    )
    assert ASSESSOR.conclude(client).assessment == tried(case.id).concluded.assessment


@each_follow_up
def test_only_what_is_left_is_taken_as_harmless(case: KnownCase) -> None:
    found = tried(case.id)
    whole = found.concluded.case
    told = {name: v for name, v in whole.answers.items() if name not in found.harmless}
    gap = {SHIPPED.gap: whole.answers[SHIPPED.gap]}
    counting = in_force(SHIPPED, replace(whole, answers={**told, **gap}))
    assert found.harmless.keys() - {SHIPPED.gap} <= SHIPPED.questions.keys() - counting.keys()
    assert not [name for name in found.harmless if SHIPPED.questions[name].derived is not None]


@each_follow_up
def test_nothing_that_applies_is_left_open_under_all(case: KnownCase) -> None:
    if case.harmless_from is not Level.NONE:
        return
    read = with_inapplicable(SHIPPED, in_force(SHIPPED, tried(case.id).concluded.case))
    left = [question for name, question in SHIPPED.questions.items() if name not in read]
    assert [q.id for q in left if applies(SHIPPED, q, read) is Truth.TRUE] == []


def test_harmless_rest_reaches_questions_behind_an_unknown_answer() -> None:
    case = SHIPPED.cases[BETTER]
    unsure = replace(case, answers={**case.answers, "weeks_since": Unknown.DONT_KNOW})
    harmless = try_case(ASSESSOR, unsure).harmless
    assert {"bend_forward", "walk"} <= harmless.keys()  # nothing of last time is carried
    legs = replace(case, answers={**case.answers, "quick_legs": Unknown.DONT_KNOW})
    assert {"both_legs", "gait_hands"} <= try_case(ASSESSOR, legs).harmless.keys()


# what is expected of a follow-up


@pytest.mark.parametrize(
    ("name", "verb", "target", "found"),
    [
        (BETTER, Verb.HOLD, "walk", "verdict progress (clearly-better, two-good-sessions)"),
        (BETTER, Verb.PROGRESS, "lateral_shift", "no verdict"),
        ("s76-gardener-two-flares", Verb.STOP, "walk", "verdict regress"),
        (
            "s77-gardener-numb-saddle",
            Verb.PROGRESS,
            "walk",
            "withheld (emergency-sign-since-last-time, ",
        ),
        (
            "s77-gardener-numb-saddle",
            Verb.CLEARANCE,
            "not_needed",
            "withheld (emergency-sign-since-last-time, ",
        ),
        ("s60-heart-not-said", Verb.CLEARANCE, "not_needed", "clearance before_exercise"),
        ("k05-visit-1", Verb.CLEARANCE, "not_needed", "no clearance"),
    ],
)
def test_wrong_verdict_or_clearance_is_named(
    name: str, verb: Verb, target: str, found: str
) -> None:
    case = SHIPPED.cases[name]
    (message,) = failures(case, must=(Claim(verb, target),))
    assert message.startswith(f"`{name}` should {verb.value} {target}; found: {found}")
    assert failures(case, must_not=(Claim(verb, target),)) == []


@pytest.mark.parametrize(
    ("name", "verb", "target"),
    [
        (BETTER, Verb.PROGRESS, "walk"),
        ("s61-diabetes-doctor-agreed", Verb.CLEARANCE, "not_needed"),
    ],
)
def test_what_only_an_open_question_holds_back_breaks_must_not(
    name: str, verb: Verb, target: str
) -> None:
    case, claim = SHIPPED.cases[name], Claim(verb, target)
    assert failures(case, must=(claim,)) == []
    assert len(failures(case, must_not=(claim,))) == 1
    unasked = replace(case, harmless_from=None)
    (message,) = failures(unasked, must_not=(claim,))
    assert "found: held back by questions not answered" in message
    assert len(failures(unasked, must=(claim,))) == 1


# which case follows which


def library(root: Path, follows: Mapping[str, str]) -> Path:
    text = tiny.FILES["cases/stiff-client.yaml"]
    files = {
        f"cases/{name}.yaml": text.replace("id: stiff-client", f"id: {name}\nfollows: {before}")
        for name, before in follows.items()
    }
    return tiny.write(root, {**tiny.FILES, **files})


def test_case_may_come_before_the_one_it_follows(tmp_path: Path) -> None:
    root = library(tmp_path, {"a": "b", "b": "stiff-client", "z": "b"})
    cases = load(root, library=True).cases
    assert [(case.id, case.follows) for case in cases.values()] == [
        ("a", "b"), ("b", "stiff-client"), ("stiff-client", ""), ("z", "b")
    ]  # fmt: skip


def test_circle_of_cases_is_noted_at_each_that_is_in_it(tmp_path: Path) -> None:
    root = library(tmp_path, {"a": "b", "b": "c", "c": "a", "z": "a"})
    with pytest.raises(BadInputError) as caught:
        load(root, library=True)
    found = caught.value.diagnostics
    assert [one.code for one in found] == [Code.circular_follows] * 3
    assert [Path(one.at.path).stem for one in found] == ["a", "b", "c"]
    assert all(one.at.line == 2 and one.at.column == 10 for one in found)


@settings(max_examples=60)
@given(data=st.data())
def test_harmless_rest_fills_what_is_left_and_nothing_else(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    before, now = data.draw(answer_sheets(knowledge)), data.draw(answer_sheets(knowledge))
    case = Case(now, earlier=Earlier(before))
    found = harmless_rest(knowledge, case, Level.NONE)
    assert found.keys().isdisjoint(now)
    assert all(knowledge.questions[name].harmless == value for name, value in found.items())
    whole = in_force(knowledge, replace(case, answers={**now, **found}))
    assert {**whole, **found} == whole
    read = with_inapplicable(knowledge, whole)
    assert [n for n, q in knowledge.questions.items() if n not in read and q.derived is None] == []
    assert harmless_rest(knowledge, case, None) == {}


def test_gap_is_taken_as_harmless_before_anything_is_carried() -> None:
    case = SHIPPED.cases[BETTER]
    unsaid = {name: value for name, value in case.answers.items() if name != SHIPPED.gap}
    found = try_case(ASSESSOR, replace(case, answers=unsaid)).harmless
    assert found[SHIPPED.gap] == 1
    assert "bend_forward" not in found


def test_question_that_follows_from_given_parts_is_not_taken_as_harmless() -> None:
    filled = with_harmless_rest(SHIPPED, {"rotate_l": "provokes"})
    assert "twist_or_side" not in filled
    assert filled["rotate_r"] == "no_effect"
    assert with_harmless_rest(SHIPPED, {})["twist_or_side"] == "no"
