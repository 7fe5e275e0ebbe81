"""The pack of six scores as an author and a trainer meet it: checked, proved, shown, renamed."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from command_line import printed

from screening.assess import Assessor
from screening.check import check
from screening.cli import main
from screening.engines.solver.meaning import ReferralAspect
from screening.load import load
from screening.load.compiled import compiled, from_compiled
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.vocabularies import Level, Unknown
from screening.model.what_is_seen import seen
from screening.mutation.knowledge_tests import run_tests
from screening.mutation.verdicts import Judge
from screening.render.rule_book import rule_book
from screening.scaffold.formatting import format_files
from screening.verify.prove import prove
from screening.verify.semantic_diff import compare_meaning

PACK = Path(__file__).parent.parent / "packs" / "scores"
EIGHT = ", ".join(f"phq_{n}: {'several_days' if n > 1 else 'more_than_half'}" for n in range(1, 9))


@pytest.fixture(scope="module")
def pack() -> KnowledgeBase:
    return load(PACK, library=True)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))
    shutil.copytree(PACK, tmp_path / "pack")
    return tmp_path / "pack"


def test_it_passes_its_check_and_is_canonical(pack: KnowledgeBase) -> None:
    assert check(pack, datetime.date(2026, 12, 1)) == ()
    assert format_files([PACK]).unformatted == ()


def test_its_examples_let_no_mutant_of_a_score_live(pack: KnowledgeBase) -> None:
    tests = run_tests(Judge(pack), (), tuple, mutants=True, covering=False)
    assert tests.passed
    names = {verdict.mutant.name for verdict in tests.verdicts}
    assert {"phq9 >= 9 for phq9 >= 10", "phq9 without phq_4 for phq9 >= 10"} <= names


def test_its_promises_are_proved_by_its_rules(pack: KnowledgeBase) -> None:
    proofs = {proof.invariant.id: proof for proof in prove(pack)}
    assert all(proof.holds for proof in proofs.values())
    assert "swollen-leg" in proofs["flags-heard"].needs


def test_compiled_knowledge_is_the_same() -> None:
    read = load(PACK)
    assert from_compiled(compiled(read)).scores == read.scores


def test_a_sum_is_shown_with_its_band_and_what_each_answer_gave(pack: KnowledgeBase) -> None:
    answers: dict[str, Value] = {
        "age": 66,
        "weight": 59,
        "urea_high": Unknown.DONT_KNOW,
        "confused": "yes",
    }
    found = {one.id: one for one in Assessor(pack).conclude(Case(answers)).assessment.scores}
    orai, curb = found["orai"], found["curb65"]
    assert (orai.least, orai.most, orai.band) == (18, 20, "higher")
    assert (curb.least, curb.most, curb.band) == (2, 5, None)
    given = {one.question: one.points for one in curb.items}
    assert given == {"age": 1, "confused": 1, "urea_high": None}
    assert set(found) == {"orai", "curb65"}


def test_a_trainer_sees_why(own: Path, tmp_path: Path) -> None:
    intake = tmp_path / "intake.yaml"
    intake.write_text(f"answers: {{{EIGHT}}}\n", "utf-8")
    page = printed("run", intake, "--knowledge", own)
    assert "9 to 12 points, mild to moderate" in page
    assert "item 1 of the PHQ-9: 2" in page
    why_not = printed("explain", intake, "--why-not", "low-mood", "--knowledge", own)
    assert "9 to 12 points, mild to moderate" in " ".join(why_not.split())
    intake.write_text(f"answers: {{{EIGHT}, phq_9: several_days}}\n", "utf-8")
    told = printed("explain", intake, "--full", "--knowledge", own)
    assert "PHQ-9: 10 points, moderate (item 1 of the PHQ-9: 2" in " ".join(told.split())
    found = json.loads(printed("run", intake, "--knowledge", own, "--format", "json"))
    assert found["scores"][0]["band"] == "moderate"


def test_what_is_still_open_is_asked(pack: KnowledgeBase) -> None:
    answers: dict[str, Value] = {f"gad_{n}": "not_at_all" for n in range(1, 6)}
    open_ = {one.question for one in Assessor(pack).conclude(Case(answers)).assessment.open}
    assert not {"gad_6", "gad_7"} & open_  # six points at most: ten are out of reach
    assert {"age", "odi_3", "phq_2"} <= open_


def test_a_score_is_renamed_wherever_it_is_named(own: Path) -> None:
    printed("knowledge", "rename", "gad7", "worry_score", "--yes", "--knowledge", own)
    assert "when: worry_score > 9" in (own / "rules/mood/worry.yaml").read_text("utf-8")
    assert "id: worry_score" in (own / "scores.yaml").read_text("utf-8")
    printed("knowledge", "rename", "gad_3", "gad_third", "--yes", "--knowledge", own)
    assert "gad_third" in (own / "scores.yaml").read_text("utf-8")
    assert printed("knowledge", "check", "--knowledge", own)


def test_other_points_are_another_meaning_to_diff(pack: KnowledgeBase, own: Path) -> None:
    file = own / "scores.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("from: {65: 1}", "from: {75: 1}"), "utf-8")
    found = compare_meaning(pack, load(own, library=True))
    (looser,) = [one for one in found.differences if one.aspect == ReferralAspect(Level.SAME_DAY)]
    assert looser.looser


def test_a_reviewer_signs_the_points_and_the_title(pack: KnowledgeBase) -> None:
    parts = {(one.about, one.what) for one in seen(pack, pack.rules["bones"])}
    assert {("score orai", "logic"), ("score orai", "title")} <= parts
    assert ("source CADARETTE", "as cited") in parts


def test_the_rule_book_has_a_page_of_scores(pack: KnowledgeBase) -> None:
    page = rule_book(pack)["scores.md"]
    assert "higher from 9" in page
    assert "65 to 74: 9" in page
    assert "(rules/plan.md#rule-bones)" in page


def test_a_score_is_asked_for_and_written(own: Path) -> None:
    (own / "scores.yaml").unlink()
    shutil.rmtree(own / "rules")
    shutil.rmtree(own / "cases")
    (own / "safety.yaml").unlink()
    typed = ["bone risk", "Bone risk", "age", "", "55", "5", "65", "9", ""]
    typed += ["estrogen", "", "", "2"]
    typed += ["", "lower", "0", "higher", "9", "", "CADARETTE", "Abstract", "cohort", ""]
    result = CliRunner().invoke(
        main,
        ["knowledge", "new", "score", "--knowledge", str(own)],
        input="".join(f"{line}\n" for line in typed),
    )
    assert result.exception is None or isinstance(result.exception, SystemExit)
    score = load(own).scores["bone_risk"].score
    assert (score.least, score.most, score.band(9)) == (0, 11, "higher")
