"""The seed's gardener (case C00), end to end: the first promise of the project."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest
from screening.load import load_intake
from screening.model.assessment import Assessment, Planned, Progress
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.vocabularies import Firmness, Level, Strength, Unknown, Verdict

HURTS = {"gardening_floor_work", "sitting_slouched", "bend_forward"}
PROGRAMME = ("back_squat", "sit_up", "rowing_machine", "deadlift", "plank")
HASH_SEEDS = tuple(str(seed) for seed in (0, 1, 2, 3, 5, 8, 13, 42, 2024, 4294967295))


@pytest.fixture(scope="module")
def gardener(shipped: KnowledgeBase) -> Case:
    """Return the gardener: three movements hurt, everything else is harmless."""
    answers = with_harmless_rest(shipped, dict.fromkeys(HURTS, "provokes"))
    return Case(answers, PROGRAMME)


@pytest.fixture(scope="module")
def concluded(assessor: Assessor, gardener: Case) -> Assessment:
    """Return what is concluded about the gardener."""
    return assessor.conclude(gardener).assessment


def plan(concluded: Assessment, exercise: str) -> Planned:
    """Return what becomes of an exercise of the programme."""
    return next(p for p in concluded.programme if p.exercise == exercise)


def with_saddle(case: Case, answer: Value | None) -> Case:
    """Return the case with another answer to the saddle question, or with none."""
    answers = {**case.answers, "saddle": answer}
    return replace(case, answers={k: v for k, v in answers.items() if v is not None})


def exercise_conclusions(made: Assessment) -> tuple[object, ...]:
    """Return everything said about what to do in a session."""
    return (*made.recommend, *made.avoid, *made.programme, *made.limits)


def test_gardener_is_bending_sensitive_but_only_suspected(concluded: Assessment) -> None:
    found = [(f.id, f.strength) for f in concluded.findings]
    assert ("flexion_sensitive", Strength.SUSPECTED) in found
    assert [name for name, _ in found if name.endswith("_sensitive")] == ["flexion_sensitive"]


def test_gardener_is_offered_hinging_walking_and_core_control(concluded: Assessment) -> None:
    offered = {r.category for r in concluded.recommend}
    assert {"hinge_squat", "walk", "motor_control_core"} <= offered
    assert "flexion_direction" not in offered


def test_gardener_squats_with_body_weight_or_an_empty_bar(concluded: Assessment) -> None:
    squat = plan(concluded, "back_squat")
    assert squat.verdict is Verdict.MODIFY
    assert "body weight" in squat.instead.lower()
    assert "empty bar" in squat.instead.lower()


@pytest.mark.parametrize("exercise", ["sit_up", "rowing_machine"])
def test_gardener_avoids_bending_exercises_for_now(concluded: Assessment, exercise: str) -> None:
    assert plan(concluded, exercise).verdict is Verdict.AVOID
    (avoided,) = [a for a in concluded.avoid if a.target == exercise]
    assert avoided.firmness is Firmness.SOFT


def test_gardener_need_see_nobody(concluded: Assessment) -> None:
    assert concluded.referral.level <= Level.MONITOR
    assert concluded.status is Progress.COMPLETE
    assert concluded.open == ()


def test_new_saddle_answer_is_an_emergency_and_leaves_no_exercise(
    assessor: Assessor, gardener: Case
) -> None:
    made = assessor.conclude(with_saddle(gardener, "new_or_worse")).assessment
    assert made.referral.level is Level.EMERGENCY
    assert made.status is Progress.STOPPED
    assert made.referral.tell
    assert exercise_conclusions(made) == ()
    assert {w.target for w in made.withheld} >= {"hinge_squat", "walk", *PROGRAMME}
    assert all(w.by for w in made.withheld)


def test_missing_saddle_answer_leaves_the_screening_incomplete_without_exercise(
    assessor: Assessor, gardener: Case
) -> None:
    made = assessor.conclude(with_saddle(gardener, None)).assessment
    assert made.status is Progress.INCOMPLETE
    assert exercise_conclusions(made) == ()
    assert "saddle" in {o.question for o in made.open}


@pytest.mark.parametrize("answer", [Unknown.DONT_KNOW, Unknown.DECLINED])
def test_unknown_saddle_answer_is_for_today(
    assessor: Assessor, gardener: Case, answer: Unknown
) -> None:
    made = assessor.conclude(with_saddle(gardener, answer)).assessment
    assert made.referral.level is Level.SAME_DAY
    assert exercise_conclusions(made) == ()


def test_intake_file_is_the_same_gardener(
    root: Path, shipped: KnowledgeBase, assessor: Assessor, concluded: Assessment
) -> None:
    case = load_intake(root / "tests" / "intakes" / "gardener.yaml", shipped)
    moved = {name for name, value in case.answers.items() if value in {"provokes", "relieves"}}
    assert moved == HURTS
    made = assessor.conclude(case).assessment
    assert made.findings == concluded.findings
    assert {p.exercise: p.verdict for p in made.programme} == {
        p.exercise: p.verdict for p in concluded.programme
    }


# the same bytes in every process


def run_all(root: Path, intake: Path) -> set[bytes]:
    """Return what `screening run` prints under every hash seed."""
    command = [sys.executable, "-m", "screening", "run", str(intake), "--format", "json"]
    running = [
        subprocess.Popen(
            command,
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        for seed in HASH_SEEDS
    ]
    said = [process.communicate() for process in running]
    assert [(p.returncode, err) for p, (_, err) in zip(running, said, strict=True)] == [
        (0, b"")
    ] * len(HASH_SEEDS)
    return {out for out, _ in said}


@pytest.fixture(scope="module")
def printed(root: Path) -> set[bytes]:
    """Return what ten fresh processes under ten hash seeds print about the gardener."""
    return run_all(root, root / "tests" / "intakes" / "gardener.yaml")


def test_json_is_the_same_bytes_under_ten_hash_seeds(printed: set[bytes]) -> None:
    assert len(printed) == 1


def test_json_says_what_was_concluded(printed: set[bytes]) -> None:
    said = json.loads(next(iter(printed)))
    assert said["status"] == "complete"
    assert said["referral"]["level"] in {"none", "monitor"}
    assert {"id": "flexion_sensitive", "strength": "suspected"}.items() <= said["findings"][
        0
    ].items()
    verdicts = {p["exercise"]: p["verdict"] for p in said["programme"]}
    assert verdicts["back_squat"] == "modify"
    assert verdicts["sit_up"] == verdicts["rowing_machine"] == "avoid"


@pytest.mark.parametrize(
    ("answer", "status", "level"),
    [
        ("saddle: new_or_worse", "stopped", "emergency"),
        ("saddle: dont_know", "stopped", "same_day"),
        ("", "incomplete", "none"),
    ],
)
def test_json_about_the_saddle_is_the_same_bytes_under_ten_hash_seeds(
    root: Path, tmp_path: Path, answer: str, status: str, level: str
) -> None:
    text = (root / "tests" / "intakes" / "gardener.yaml").read_text("utf-8")
    assert text.count("saddle: no") == 1
    intake = tmp_path / "intake.yaml"
    intake.write_text(text.replace("saddle: no", answer), "utf-8")
    printed = run_all(root, intake)
    assert len(printed) == 1
    said = json.loads(printed.pop())
    assert (said["status"], said["referral"]["level"]) == (status, level)
    assert said["recommend"] == said["avoid"] == said["programme"] == said["limits"] == []
