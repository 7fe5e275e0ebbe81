"""Another knowledge base, about another domain: every command runs on it, in its own words."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest
from command_line import printed

from screening.check import check
from screening.load import load
from screening.model.knowledge import KnowledgeBase
from screening.mutation.knowledge_tests import run_tests
from screening.mutation.verdicts import Judge
from screening.render.review_bundle import bundle_html, in_parts
from screening.render.rule_book import rule_book
from screening.scaffold.formatting import format_files
from screening.verify.prove import prove

PACK = Path(__file__).parent / "packs" / "bicycle-fit"
ABOUT_BACKS = re.compile(r"(?i)back.pain|lower.back|\bspin(e|al)\b|lumbar|flexion|\bshear")
OF_THE_SHIPPED = re.compile(rf"{ABOUT_BACKS.pattern}|\bpain|\bextension|squat|deadlift")
BENT = ("--what-if", "saddle_height=bent")
RIDER = """\
client: rider-1
answers:
  {head_knock: no, numb: no, hoods: provokes, drops: no_effect, climbing: no_effect,
   knee_front: no, hours: 12}
programme: [road bike, time trial, upright ride]
"""


@pytest.fixture(scope="module")
def pack() -> KnowledgeBase:
    return load(PACK, library=True)


@pytest.fixture
def rider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))
    intake = tmp_path / "rider.yaml"
    intake.write_text(RIDER, "utf-8")
    return intake


def said(*words: str | Path) -> str:
    return printed(*words, "--knowledge", PACK)


def test_it_passes_its_check_and_is_canonical(pack: KnowledgeBase) -> None:
    assert check(pack, datetime.date(2026, 1, 1)) == ()
    assert format_files([PACK]).unformatted == ()


def test_its_examples_and_cases_let_no_mutant_live(pack: KnowledgeBase) -> None:
    tests = run_tests(Judge(pack), (), tuple, mutants=True, covering=False)
    assert tests.passed
    assert len(tests.verdicts) > 50


def test_its_promises_are_proved_by_its_rules(pack: KnowledgeBase) -> None:
    proofs = {proof.invariant.id: proof for proof in prove(pack)}
    assert all(proof.holds for proof in proofs.values())
    assert "head-knock" in proofs["flags-heard"].needs


def test_a_rider_gets_a_plan(rider: Path) -> None:
    found = json.loads(said("run", rider, "--format", "json"))
    assert found["knowledge"]["pack"] == "bicycle-fit"
    assert [one["category"] for one in found["recommend"]] == ["shorten_reach", "short_rides"]
    verdicts = {one["exercise"]: one["verdict"] for one in found["programme"]}
    assert verdicts["time_trial"] == verdicts["road_ride"] == "avoid"
    assert verdicts["upright_ride"] == "keep"


def test_a_plan_is_explained_in_the_words_of_the_pack(rider: Path) -> None:
    why = said("explain", rider, "--why", "shorten_reach")
    assert "hands on the hoods" in why
    assert "What brings it on is made smaller first." in why
    assert "reach" in said("explain", rider, "--why", "reach")
    assert "Raise the saddle" in said("explain", rider, "--what-if", "knee_front=yes", *BENT)


@pytest.mark.usefixtures("rider")
def test_a_form_to_answer_at_home_is_in_the_words_of_the_pack(
    tmp_path: Path, pack: KnowledgeBase
) -> None:
    file = tmp_path / "form.html"
    assert "Written to" in said("form", "rider-1", "-o", file, "--practice")
    text = file.read_text("utf-8")
    assert not OF_THE_SHIPPED.search(text)
    assert pack.questions["head_knock"].ask in text
    assert "Call your local emergency number now." in text


def test_a_crash_stops_everything(rider: Path) -> None:
    rider.write_text(RIDER.replace("head_knock: no", "head_knock: yes"), "utf-8")
    found = json.loads(said("run", rider, "--format", "json"))
    assert (found["status"], found["referral"]["level"]) == ("stopped", "emergency")
    assert found["recommend"] == []
    assert "road ride" not in said("run", rider)


def test_nothing_said_is_about_backs(pack: KnowledgeBase, rider: Path) -> None:
    pages = {
        **rule_book(pack),
        "bundle": bundle_html(pack, in_parts(pack, pack.written_rules), "answers.yaml"),
        "run": said("run", rider),
        "full": said("explain", rider, "--full"),
        "pack": said("knowledge", "show", "pack"),
        **{kind: said("knowledge", "list", kind) for kind in ("questions", "rules", "exercises")},
    }
    found = {name: [*OF_THE_SHIPPED.finditer(text)] for name, text in pages.items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_the_program_has_no_word_of_backs(root: Path) -> None:
    lines = [
        f"{file.relative_to(root)}: {line.strip()}"
        for file in sorted((root / "screening").rglob("*.py"))
        for line in file.read_text("utf-8").splitlines()
        if ABOUT_BACKS.search(line)
    ]
    assert lines == []
