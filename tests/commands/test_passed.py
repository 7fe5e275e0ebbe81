"""Knowledge that passed its check is not checked again, and concludes the same."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import knowledge_base as tiny
import pytest
from click.testing import CliRunner, Result

from screening.commands import main
from screening.commands.common import open_checked_knowledge
from screening.commands.passed import passed
from screening.errors import BadInputError
from screening.load import load, shipped_knowledge
from screening.load.source import without_examples

RULES = sorted((shipped_knowledge() / "rules").rglob("*.yaml"))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def run(root: Path) -> Result:
    words = ["run", "-", "--knowledge", str(root)]
    return CliRunner().invoke(main, words, input="answers: {bend: provokes}\n")


def test_second_time_nothing_but_examples_is_left_out() -> None:
    full = open_checked_knowledge(None)
    again = open_checked_knowledge(None)
    assert all(rule.examples for rule in full.written_rules)
    assert not any(rule.examples for rule in again.written_rules)
    bare = {name: replace(rule, examples=()) for name, rule in full.rules.items()}
    assert replace(full, rules=bare) == again


@pytest.mark.parametrize("file", RULES, ids=lambda path: path.stem)
def test_every_other_line_of_a_rule_stays_where_it_is(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    before, after = text.splitlines(), without_examples(text).splitlines()
    start = before.index("examples:")
    kept = [line for line in after if line]
    assert after[:start] == before[:start]
    assert kept == [line for line in kept if line in before]
    assert not any("expect:" in line for line in kept)


def test_knowledge_that_fails_is_checked_every_time(tmp_path: Path) -> None:
    files = {**tiny.FILES}
    rule = files["rules/t/numb-now.yaml"]
    files["rules/t/numb-now.yaml"] = rule[: rule.index("examples:")]
    root = tiny.write(tmp_path / "k", files)
    assert [run(root).exit_code for _ in range(2)] == [2, 2]


def test_changed_knowledge_is_checked_again(tmp_path: Path) -> None:
    root = tiny.write(tmp_path / "k")
    assert run(root).exit_code == 0
    rule = root / "rules/t/numb-now.yaml"
    text = rule.read_text(encoding="utf-8")
    rule.write_text(text[: text.index("examples:")], encoding="utf-8")
    result = run(root)
    assert result.exit_code == 2
    assert "numb-now.yaml:1:1: missing_example" in result.stderr


def test_a_note_about_other_knowledge_says_nothing(tmp_path: Path) -> None:
    root = tiny.write(tmp_path / "k")
    passed().add("0" * 64)
    assert load(root).digest not in passed()
    assert all(rule.examples for rule in load(root, passed=passed()).written_rules)


def test_a_home_that_cannot_be_written_only_costs_time(home: Path, tmp_path: Path) -> None:
    home.write_text("no folder", encoding="utf-8")
    root = tiny.write(tmp_path / "k")
    assert [run(root).exit_code for _ in range(2)] == [0, 0]


def test_the_check_command_looks_at_everything_always(tmp_path: Path) -> None:
    root = tiny.write(tmp_path / "k")
    assert run(root).exit_code == 0
    shutil.rmtree(root / "cases")
    words = ["knowledge", "check", "--knowledge", str(root)]
    rule = root / "rules/t/numb-now.yaml"
    text = rule.read_text(encoding="utf-8")
    rule.write_text(text.replace("expect: silent", "expect: silnt"), encoding="utf-8")
    with pytest.raises(BadInputError):
        load(root)
    assert CliRunner().invoke(main, words).exit_code == 2
