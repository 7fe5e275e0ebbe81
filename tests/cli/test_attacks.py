"""What an attacker found: each was a wrong result, a traceback or a hang."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EMERGENCY = "tests/intakes/emergency.yaml"
GARDENER = "tests/intakes/gardener.yaml"


def screening(root: Path, *words: str, streams: str = "") -> subprocess.CompletedProcess[str]:
    line = " ".join((sys.executable, "-m", "screening", *words, streams))
    environment = os.environ | {"PYTHONPATH": str(root)}
    return subprocess.run(
        ["bash", "-c", line],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=60,
        check=False,
    )


@pytest.fixture
def knowledge(root: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(root / "knowledge", tmp_path / "knowledge"))


def refused(done: subprocess.CompletedProcess[str], *said: str) -> None:
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for words in said:
        assert words in done.stderr


@pytest.mark.parametrize("command", ["run", "explain"])
def test_knowledge_that_fails_its_check_concludes_nothing(
    root: Path, knowledge: Path, command: str
) -> None:
    shutil.rmtree(knowledge / "rules")
    refused(screening(root, command, EMERGENCY, "--knowledge", str(knowledge)), "dangling_target")


def test_emergency_question_no_rule_acts_on_is_an_error(root: Path, knowledge: Path) -> None:
    for path in (knowledge / "rules" / "safety").glob("chest*.yaml"):
        path.unlink()
    shutil.rmtree(knowledge / "cases")  # they name the rules that are gone
    words = ("--knowledge", str(knowledge))
    assert screening(root, "knowledge", "check", *words).returncode == 1
    refused(screening(root, "run", EMERGENCY, *words), "unheard_emergency", "`chest`")


def test_circular_findings_are_refused_everywhere(root: Path, knowledge: Path) -> None:
    path = knowledge / "rules" / "patterns" / "flexion-sensitive-suspected.yaml"
    text = path.read_text(encoding="utf-8")
    head, tail = text.split("when:")[0], text[text.index("then:") :]
    path.write_text(f"{head}when: flexion_sensitive\n{tail}", encoding="utf-8")
    for command in (("run", GARDENER), ("explain", GARDENER), ("knowledge", "test")):
        done = screening(root, *command, "--knowledge", str(knowledge))
        refused(done, "circular_finding")


def test_file_names_that_are_not_text_are_read_like_others(root: Path, knowledge: Path) -> None:
    rules = os.fsencode(knowledge / "rules" / "safety")
    shutil.copy(rules + b"/fever.yaml", rules + b"/\xff.yaml")
    refused(screening(root, "run", GARDENER, "--knowledge", str(knowledge)), "misnamed_file")


def test_pipe_among_the_knowledge_is_not_waited_for(root: Path, knowledge: Path) -> None:
    os.mkfifo(knowledge / "rules" / "safety" / "pipe.yaml")
    refused(screening(root, "run", GARDENER, "--knowledge", str(knowledge)), "not_a_file")


def test_over_long_intake_name_is_missing(root: Path) -> None:
    refused(screening(root, "run", "x" * 300), "unreadable_file")


@pytest.mark.parametrize("streams", [">/dev/full", ">&-"])
@pytest.mark.parametrize("words", [("run", GARDENER), ("--version",), ("knowledge", "check")])
def test_result_that_cannot_be_written_is_said(
    root: Path, words: tuple[str, ...], streams: str
) -> None:
    refused(screening(root, *words, streams=streams), "cannot be written")


def test_closed_stdin_is_an_empty_one(root: Path) -> None:
    refused(screening(root, "run", "-", streams="<&-"), "empty_file")


def test_unknown_rule_to_test_is_said_with_the_nearest(root: Path) -> None:
    refused(screening(root, "knowledge", "test", "hinge-and-squad"), "`hinge-and-squat`")


def test_thousands_of_unknown_names_are_reported_soon_and_shortly(
    root: Path, tmp_path: Path
) -> None:
    intake = tmp_path / "many.yaml"
    names = ", ".join(f"x{number}" for number in range(20_000))
    intake.write_text(f"answers: {{}}\nprogramme: [{names}]\n", encoding="utf-8")
    done = screening(root, "run", str(intake))
    refused(done, "and 19950 more")
    assert len(done.stderr) < 50_000


def test_escape_sequences_in_a_path_do_not_reach_the_terminal(root: Path) -> None:
    done = screening(root, "run", "$'no\\e[31mfile'")
    refused(done, "missing_file")
    assert "\x1b" not in done.stderr


def test_alternative_that_is_itself_left_out_is_not_offered(root: Path, tmp_path: Path) -> None:
    text = (root / GARDENER).read_text(encoding="utf-8")
    text = text.replace("  walk: no_effect", "  walk: dont_know")
    head = text[: text.index("programme:")]
    intake = tmp_path / "alternatives.yaml"
    intake.write_text(f"{head}programme: [recumbent_bike, treadmill_walk]\n", encoding="utf-8")
    done = screening(root, "run", str(intake))
    instead = " ".join(done.stdout.split()).partition("recumbent bike (instead: ")[2]
    assert instead.startswith("elliptical")
    assert "treadmill walk" not in instead.partition(")")[0]


@pytest.mark.parametrize("age", [59, 60, 80])
def test_what_if_on_what_a_referral_rests_on_is_refused_whatever_the_value(
    root: Path, tmp_path: Path, age: int
) -> None:
    text = (root / GARDENER).read_text(encoding="utf-8")
    for old, new in (("age: 35", "age: 70"), ("sex: female", "sex: male")):
        text = text.replace(old, new)
    intake = tmp_path / "older.yaml"
    intake.write_text(text.replace("constant: no", "constant: yes"), encoding="utf-8")
    done = screening(root, "explain", str(intake), "--what-if", f"age={age}")
    assert "Nothing of the result is shown" in done.stdout
