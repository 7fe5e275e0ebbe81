"""The JSON contracts: keys, their order, and nothing left out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from screening.assess import Assessor
from screening.explain import Ground
from screening.load import load_intake
from screening.render.explained import Ask, explained
from screening.render.json_form import assessment_form, dumped

TOP = [
    "format", "knowledge", "status", "referral", "clearance", "findings", "stage", "limits",
    "recommend", "avoid", "withheld", "programme", "advice", "progress", "open", "not_covered",
    "review",
]  # fmt: skip


def form(assessor: Assessor, root: Path, name: str) -> dict[str, Any]:
    case = load_intake(root / f"tests/intakes/{name}.yaml", assessor.knowledge)
    found = assessor.conclude(case).assessment
    shown = json.loads(dumped(assessment_form(found, assessor.knowledge)))
    assert isinstance(shown, dict)
    return shown


def ground(assessor: Assessor, root: Path, name: str) -> Ground:
    case = load_intake(root / f"tests/intakes/{name}.yaml", assessor.knowledge)
    return Ground(assessor, assessor.conclude(case))


@pytest.mark.parametrize("name", ["gardener", "emergency", "same_day", "incomplete", "half_asked"])
def test_assessment_keys_are_fixed(assessor: Assessor, root: Path, name: str) -> None:
    assert list(form(assessor, root, name)) == TOP


def test_gardener_matches_the_contract(assessor: Assessor, root: Path) -> None:
    shown = form(assessor, root, "gardener")
    assert shown["format"] == "assessment/1"
    assert shown["referral"] == {"level": "none", "to": None, "rules": []}
    assert shown["clearance"]["id"] == "not_needed"
    assert shown["clearance"]["rules"] == ["no-heart-or-kidney-signs"]
    assert shown["progress"] == []
    assert shown["findings"] == [
        {
            "id": "flexion_sensitive",
            "strength": "suspected",
            "rules": ["flexion-sensitive-suspected"],
        }
    ]
    programme = {plan["exercise"]: plan for plan in shown["programme"]}
    assert programme["back_squat"]["verdict"] == "modify"
    assert "empty bar" in programme["back_squat"]["instead"]
    assert programme["sit_up"]["verdict"] == "avoid"
    assert isinstance(programme["sit_up"]["instead"], list)
    assert programme["plank"] == {
        "exercise": "plank",
        "verdict": "keep",
        "instead": None,
        "rules": ["plank.flexion_sensitive"],
    }
    assert shown["not_covered"] == ["croquet"]


def test_emergency_gives_no_exercise(assessor: Assessor, root: Path) -> None:
    shown = form(assessor, root, "emergency")
    assert shown["status"] == "stopped"
    assert shown["referral"] == {
        "level": "emergency",
        "to": "emergency_department",
        "rules": ["saddle-change"],
    }
    assert [shown[key] for key in ("recommend", "avoid", "programme", "limits")] == [
        [],
        [],
        [],
        [],
    ]
    assert all(entry["by"] == ["saddle-change"] for entry in shown["withheld"])


def test_answers_to_confirm_are_listed_first(assessor: Assessor, root: Path) -> None:
    case = ground(assessor, root, "within_days").concluded.case
    answers = {q: v for q, v in case.answers.items() if q not in {"fever", "duration_weeks"}}
    found = assessor.conclude(replace(case, answers=answers)).assessment
    shown = assessment_form(found, assessor.knowledge)["open"]
    assert isinstance(shown, list)
    assert shown[0] == {"question": "constant", "could_change": ["confirm-constant"]}
    assert len(shown) > 1


def test_open_verdict_names_its_questions(assessor: Assessor, root: Path) -> None:
    shown = form(assessor, root, "half_asked")
    squat = next(p for p in shown["programme"] if p["exercise"] == "back_squat")
    assert "squat" in squat["open"]


@pytest.mark.parametrize(
    ("ask", "words", "keys"),
    [
        (Ask.HOW, (), ["format", "knowledge", "target", "verdict", "reasons"]),
        (Ask.WHY, ("walk",), ["format", "knowledge", "target", "verdict"]),
        (Ask.WHY_NOT, ("walk",), ["format", "knowledge", "target", "verdict"]),
        (Ask.RATHER, ("walk", "isometric"), ["format", "knowledge", "target", "verdict"]),
        (Ask.FULL, (), ["format", "knowledge", "target", "verdict", "reasons"]),
        (Ask.WHAT_IF, ("walk=provokes",), ["format", "knowledge", "target", "verdict"]),
    ],
)
def test_explanation_keys_are_fixed(
    assessor: Assessor, root: Path, ask: Ask, words: tuple[str, ...], keys: list[str]
) -> None:
    _, shown = explained(ground(assessor, root, "gardener"), ask, words, "x.yaml")
    assert list(shown)[: len(keys)] == keys
    assert shown["format"] == "explanation/1"


def test_reason_has_the_contract_keys(assessor: Assessor, root: Path) -> None:
    _, form = explained(ground(assessor, root, "gardener"), Ask.WHY, ("hinge_squat",), "x.yaml")
    shown: dict[str, Any] = {**form}
    reason = shown["reasons"][0]
    assert list(reason)[:6] == ["rule", "title", "because", "facts", "findings", "sources"]
    assert reason["facts"] == [
        {"question": "hinge", "answer": "no_effect"},
        {"question": "squat", "answer": "not_applicable"},  # the hinge answers it
    ]
    assert reason["findings"] == [
        {"id": "flexion_sensitive", "strength": "suspected", "truth": "true"}
    ]
