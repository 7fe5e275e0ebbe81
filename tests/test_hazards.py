"""The hazard log names controls and tests that exist, and what no other test proves is here."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from kept_cases import keep

from screening.assess import Assessor
from screening.cli import main
from screening.engines.applicable import with_harmless_rest
from screening.errors import DisagreementError
from screening.load import load, shipped_knowledge
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Refer
from screening.model.vocabularies import Level, Verdict

ROOT = Path(__file__).parents[1]
LOG: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "docs" / "safety" / "hazards.yaml").read_text(encoding="utf-8")
)["hazards"]
SEEDS = {f"H{n}" for n in range(1, 15)}
KEYS = {"id", "title", "what", "who", "controls", "tests", "left"}


def faults(log: list[dict[str, Any]], collected: set[str]) -> list[str]:
    """Return what a hazard log says that is not so, or does not say."""
    found = [f"{missing} is missing" for missing in sorted(SEEDS - {one["id"] for one in log})]
    if len({one["id"] for one in log}) < len(log):
        found.append("an id is used twice")
    for one in log:
        name = one["id"]
        found += [f"{name}: no {key}" for key in sorted(KEYS - set(one))]
        found += [f"{name}: empty {key}" for key in ("what", "who", "left") if not one.get(key)]
        proved = bool(one.get("controls")) and bool(one.get("tests"))
        if not proved and not one.get("not_yet"):
            found.append(f"{name}: neither controls with tests nor `not_yet`")
        for control in one.get("controls", ()):
            if set(control) != {"at", "how"}:
                found.append(f"{name}: a control is {set(control)}")
            if not (ROOT / control["at"]).is_file() or not control["how"]:
                found.append(f"{name}: {control['at']} is no control")
        found += [f"{name}: no test {t}" for t in one.get("tests", ()) if t not in collected]
    return found


@pytest.fixture(scope="module")
def collected() -> set[str]:
    """Return the tests pytest collects in the files the log names, without their parameters."""
    files = sorted({name.split("::")[0] for one in LOG for name in one["tests"]})
    present = [name for name in files if (ROOT / name).is_file()]
    command = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *present], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:]
    return {re.sub(r"\[.*", "", line) for line in done.stdout.splitlines() if "::" in line}


# the log


def test_every_hazard_has_a_control_and_a_test_or_says_not_yet(collected: set[str]) -> None:
    assert faults(LOG, collected) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"tests": ["tests/test_hazards.py::test_that_is_not_there"]}, "no test"),
        ({"controls": [{"at": "screening/nowhere.py", "how": "Somehow."}]}, "is no control"),
        ({"tests": []}, "nor `not_yet`"),
        ({"left": ""}, "empty left"),
        ({"id": "H99"}, "H1 is missing"),
        ({"id": "H2"}, "used twice"),
        ({"controls": [{"at": "README.md", "how": "So", "and": "more"}]}, "a control is"),
    ],
)
def test_a_fault_in_the_log_is_found(
    collected: set[str], change: dict[str, Any], fault: str
) -> None:
    assert any(fault in one for one in faults([{**LOG[0], **change}, *LOG[1:]], collected))


def test_the_page_of_the_log_is_current() -> None:
    sys.path.insert(0, str(ROOT / "docs"))
    from generate import hazards  # noqa: PLC0415

    page = ROOT / "docs" / "safety" / "hazards.md"
    assert page.read_text(encoding="utf-8") == hazards()


# controls that no other test proves


WEAK = (
    {"age": 51},
    {"night": "wakes_settles"},
    {"infrisk": "diabetes_only"},
    {"smoker": "yes"},
    {"smoker_or_pressure": "yes"},
    {"unwell": "yes"},
    {"fear": "yes"},
    {"first_time": "yes"},
)


@pytest.mark.parametrize("given", WEAK, ids=lambda given: next(iter(given)))
def test_a_single_weak_sign_sends_nobody_away(assessor: Assessor, given: dict[str, Value]) -> None:
    case = Case(with_harmless_rest(assessor.knowledge, given))
    made = assessor.conclude(case).assessment
    assert made.referral.level <= Level.MONITOR
    assert made.recommend


def test_every_emergency_text_says_which_number_where(shipped: KnowledgeBase) -> None:
    emergency = shipped.levels[Level.EMERGENCY]
    sent_to = {
        conclusion.to
        for rule in shipped.live_rules
        for conclusion in rule.then
        if isinstance(conclusion, Refer) and conclusion.level is Level.EMERGENCY
    }
    assert emergency.to in sent_to
    texts = [emergency.act, *(shipped.targets[name].how for name in sent_to)]
    for text in texts:
        assert "your local emergency number (112 in Europe, 999 in the UK, 911" in text


def test_any_edit_of_the_knowledge_shows_in_the_result(tmp_path: Path) -> None:
    shutil.copytree(shipped_knowledge(), tmp_path / "k")
    rule = tmp_path / "k" / "rules" / "safety" / "saddle-change.yaml"
    rule.write_text(rule.read_text("utf-8").replace("because: ", "because: So. "), "utf-8")
    edited, shipped = load(tmp_path / "k"), load(shipped_knowledge())
    assert edited.digest != shipped.digest
    words = ["run", str(ROOT / "tests/intakes/emergency.yaml"), "--knowledge", str(tmp_path / "k")]
    for form in ("table", "markdown", "json"):
        shown = CliRunner().invoke(main, [*words, "--format", form]).stdout
        assert edited.digest[:12] in shown
        assert shipped.digest[:12] not in shown


def test_an_interview_on_which_the_engines_disagree_prints_no_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def differ(*_: object) -> None:
        raise DisagreementError(("rule x (certain): Experta says true, the reference false",))

    monkeypatch.setattr(Assessor, "conclude", differ)
    result = CliRunner().invoke(
        main, ["interview"], input="yes\n", env={"SCREENING_HOME": str(tmp_path)}
    )
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "nothing is concluded" in result.stderr


def test_explaining_a_case_of_other_knowledge_says_so(
    tmp_path: Path, shipped: KnowledgeBase
) -> None:
    keep(tmp_path, shipped, "anna", {"chest": "yes"})
    keep(tmp_path, replace(shipped, digest="0" * 64), "bert", {"chest": "yes"})
    home = {"SCREENING_HOME": str(tmp_path)}
    assert "other knowledge" not in CliRunner().invoke(main, ["explain", "anna"], env=home).stderr
    assert "other knowledge" in CliRunner().invoke(main, ["explain", "bert"], env=home).stderr


def test_one_name_never_means_two_exercises(shipped: KnowledgeBase, tmp_path: Path) -> None:
    for exercise in shipped.exercises.values():
        for name in (exercise.id, exercise.name, *exercise.aliases):
            assert shipped.exercise_names[name.lower()] == exercise.id
    shutil.copytree(shipped_knowledge(), tmp_path / "k")
    file = tmp_path / "k" / "exercises" / "lower-body.yaml"
    text = file.read_text("utf-8").replace("aliases: [squat", "aliases: [Deadlift, squat", 1)
    file.write_text(text, "utf-8")
    result = CliRunner().invoke(main, ["knowledge", "check", "--knowledge", str(tmp_path / "k")])
    assert result.exit_code == 2
    assert "already means" in result.stderr


def test_of_a_licensed_questionnaire_only_scores_are_asked(shipped: KnowledgeBase) -> None:
    named = [
        question
        for question in shipped.questions.values()
        if re.search(r"STarT|Örebro|PAR-?Q|Oswestry|Roland|FABQ|ÖMPSQ", question.ask)
    ]
    assert named
    result_only = re.compile(r"\b(?:sub-)?score\b|\btotal\b|\bform\b")
    assert [q.id for q in named if not result_only.search(q.ask)] == []


@pytest.mark.parametrize("age", [-1, 111])
def test_an_impossible_age_is_refused(age: int) -> None:
    result = CliRunner().invoke(main, ["run", "-"], input=f"answers: {{age: {age}}}\n")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "0 to 110" in result.stderr


def test_under_16_is_sent_to_a_doctor_without_a_plan(assessor: Assessor) -> None:
    case = Case(
        with_harmless_rest(assessor.knowledge, {"age": 15}), tuple(assessor.knowledge.exercises)
    )
    made = assessor.conclude(case).assessment
    assert made.referral.level is Level.WITHIN_DAYS
    assert "under-16" in made.referral.rules
    usual = {p.exercise for p in made.programme if p.verdict is not Verdict.AVOID}
    assert all(assessor.knowledge.exercises[name].category == "walk" for name in usual)
    assert {one.category for one in made.recommend} <= {"walk"}


@pytest.mark.parametrize(("age", "referred"), [(16, True), (17, True), (18, False)])
def test_back_pain_under_18_is_referred(assessor: Assessor, age: int, *, referred: bool) -> None:
    case = Case(with_harmless_rest(assessor.knowledge, {"age": age}))
    level = assessor.conclude(case).assessment.referral.level
    assert (level >= Level.ROUTINE) is referred
