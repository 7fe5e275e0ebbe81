"""`knowledge prove`: what it prints, writes and returns."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import knowledge_base as tiny
import pytest
from click.testing import CliRunner, Result

from screening.cli import main
from screening.load import shipped_knowledge


def prove(*words: str) -> Result:
    return CliRunner().invoke(main, ["knowledge", "prove", *words])


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    root = tmp_path_factory.mktemp("broken") / "knowledge"
    shutil.copytree(shipped_knowledge(), root)
    (root / "rules/safety/saddle-change.yaml").unlink()
    return str(root)


def test_a_proof_is_a_line_with_the_rules_it_needs() -> None:
    result = prove("flags-heard")
    assert result.exit_code == 0
    assert result.output.startswith("proved  flags-heard: ")
    assert "It would fail without" in result.output


def test_all_of_them_are_summed_up(root: Path) -> None:
    result = prove("--knowledge", str(root / "tests/packs/bicycle-fit"))
    *proofs, last = result.output.splitlines()
    assert all(line.startswith(("proved  ", " " * 8)) for line in proofs)
    assert "It would fail without" not in result.output
    count = sum(line.startswith("proved") for line in proofs)
    assert last.startswith(f"{count} of {count} promises proved.")


def test_a_failure_shows_the_client_in_the_words_of_the_interview(broken: str) -> None:
    result = prove("flags-heard", "--knowledge", broken)
    assert result.exit_code == 1
    shown = " ".join(result.output.split())
    assert "where a bike saddle touches you" in shown
    assert "Yes: in the last 14 days, or getting worse (saddle)" in shown
    assert "Both engines refer: none" in result.output


def test_the_client_is_saved_as_an_intake(broken: str, tmp_path: Path) -> None:
    to = tmp_path / "client.yaml"
    assert prove("flags-heard", "--knowledge", broken, "--save", str(to)).exit_code == 1
    ran = CliRunner().invoke(main, ["run", str(to), "--format", "json"])
    assert json.loads(ran.stdout)["referral"]["level"] == "emergency"  # by the whole knowledge


def test_json_names_every_rule(broken: str) -> None:
    result = prove("flags-heard", "--knowledge", broken, "--format", "json")
    (proof,) = json.loads(result.stdout)["proofs"]
    assert proof["state"] == "fails"
    assert {"saddle": "new_or_worse"} in [failure["answers"] for failure in proof["failures"]]


def test_the_question_can_be_given_to_another_solver(tmp_path: Path) -> None:
    to = tmp_path / "asked.smt2"
    assert prove("never-both", "--smt2", str(to)).exit_code == 0
    assert "(check-sat)" in to.read_text("utf-8")


def test_unknown_invariant_is_refused() -> None:
    result = prove("flags-herd")
    assert result.exit_code == 2
    assert "did you mean `flags-heard`" in result.stderr


def test_knowledge_without_promises_has_nothing_to_prove(tmp_path: Path) -> None:
    result = prove("--knowledge", str(tiny.write(tmp_path / "k")))
    assert result.exit_code == 2
    assert "nothing to prove" in result.stderr
