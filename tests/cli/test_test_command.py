"""`knowledge test` on the command line: what it prints, how it exits, and without z3."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import knowledge_base as tiny
import pytest
from click.testing import CliRunner, Result

from screening.app import extras
from screening.cli import main

NUMB = "rules/t/numb-now.yaml"
SETTLED = """\
examples:
  - {name: New, given: {numb: new_or_worse}, expect: fires, refers: emergency}
  - {name: Unsure, given: {numb: dont_know}, expect: silent, refers: same_day}
"""
WAIVERS = "waivers:\n  - {rule: numb-now, mutant: no rule, reason: Said before.}\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def settled(root: Path, **more: str) -> Path:
    """Write the minimal knowledge, with examples that kill every mutant of `numb-now`."""
    numb = tiny.FILES[NUMB]
    new = "  - {name: New, given: {numb: new_or_worse}, expect: fires}\n"
    assert new in numb
    files = {**tiny.FILES, NUMB: numb.replace("examples:\n" + new, SETTLED), **more}
    return tiny.write(root, files)


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["knowledge", "test", *words, "--knowledge", str(root)])


def form(root: Path, *words: str) -> dict[str, Any]:
    return dict(json.loads(run(root, *words, "--format", "json").stdout))


def test_tests_that_pass_exit_with_0(tmp_path: Path) -> None:
    result = run(tiny.write(tmp_path / "k"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "9 examples and 1 case run, 0 failures\n"


def test_a_rule_with_no_living_mutant_exits_with_0(tmp_path: Path) -> None:
    result = run(settled(tmp_path / "k"), "numb-now", "--mutants")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "10 mutants of 1 rule: 10 killed, 0 proved equivalent, 0 waived, 0 alive" in (
        result.stdout
    )


def test_a_living_mutant_exits_with_1_and_says_who_would_kill_it(tmp_path: Path) -> None:
    result = run(tiny.write(tmp_path / "k"), "numb-now", "--mutants")
    assert result.exit_code == 1
    said = " ".join(result.stdout.split())
    assert "unknown met for same_day. Killed by: numbness: don't know; the rest not asked" in said
    assert "`screening knowledge examples RULE` writes such clients as examples." in said


def test_a_mutant_only_a_case_can_kill_says_so(tmp_path: Path) -> None:
    result = run(tiny.write(tmp_path / "k"), "jump.stiff", "--mutants")
    assert result.exit_code == 1
    said = " ".join(result.stdout.split())
    assert "Killed by a case that fires the rule, with `must: [keep jump]`." in said
    assert "screening knowledge examples" not in said


def test_a_failing_example_exits_with_1_at_its_place(tmp_path: Path) -> None:
    wrong = tiny.FILES[NUMB].replace("given: {numb: no}", "given: {numb: new_or_worse}")
    result = run(tiny.write(tmp_path / "k", {**tiny.FILES, NUMB: wrong}))
    assert result.exit_code == 1
    assert "numb-now.yaml:13:5: failed_example: `numb-now`: “Not at all” should be silent" in (
        result.stderr
    )


def test_nothing_to_test_exits_with_1(tmp_path: Path) -> None:
    result = run(tiny.write(tmp_path / "k"), "jump.stiff")
    assert (result.exit_code, result.stdout) == (1, "0 examples and 0 cases run, 0 failures\n")


def test_an_unknown_name_exits_with_2_and_suggests_one(tmp_path: Path) -> None:
    result = run(tiny.write(tmp_path / "k"), "numb-know")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no rule or case `numb-know`; did you mean `numb-now`?" in result.stderr


def test_a_waiver_that_waives_nothing_is_warned_about_and_fails_nothing(tmp_path: Path) -> None:
    root = settled(tmp_path / "k", **{"waivers.yaml": WAIVERS})
    result = run(root, "numb-now", "--mutants")
    assert result.exit_code == 0
    assert "waivers.yaml:2:5: unused_waiver: no live mutant of `numb-now`" in (result.stderr)


def test_json_is_a_contract(tmp_path: Path) -> None:
    found = form(tiny.write(tmp_path / "k"), "numb-now", "--mutants", "--coverage")
    assert list(found) == [
        "format", "knowledge", "examples", "cases", "failures", "conditions", "mutants",
    ]  # fmt: skip
    assert (found["format"], found["examples"], found["cases"]) == ("tests/1", 3, 0)
    assert found["failures"] == []
    assert found["conditions"] == [
        {
            "rule": "numb-now",
            "condition": "numb is new_or_worse",
            "when_true": "New",
            "when_false": "Not at all",
        }
    ]
    killed, *_, alive = found["mutants"][:-1]
    assert killed == {
        "rule": "numb-now",
        "mutant": "numb is no for numb is new_or_worse",
        "fate": "killed",
        "by": "New",
        "killer": None,
    }
    assert (alive["fate"], alive["by"]) == ("survived", None)
    assert alive["killer"].endswith("(fires today, refers emergency)")


def test_coverage_lists_what_is_not_shown_to_decide(tmp_path: Path) -> None:
    result = run(tiny.write(tmp_path / "k"), "stiff-supported", "--coverage")
    assert result.exit_code == 0
    rows = [line for line in result.stdout.splitlines() if line.startswith("stiff-supported")]
    assert any("calf is no" in row for row in rows)
    assert "2 of 5 conditions decide both ways." not in rows


def test_without_z3_nothing_is_proved_and_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = extras.find_spec

    def without(name: str) -> object:
        return None if name == "z3" else found(name)

    monkeypatch.setattr(extras, "find_spec", without)
    root = tiny.write(tmp_path / "k")
    result = run(root, "stiff-supported", "--mutants")
    assert result.exit_code == 1
    assert result.stderr.startswith('without z3 nothing is proved: pip install ".[prove]" in the')
    assert "0 proved equivalent" in result.stdout
    assert run(root, "stiff-supported").stderr == ""  # it is not needed for examples


def test_the_second_run_says_the_same(tmp_path: Path, home: Path) -> None:
    root = tiny.write(tmp_path / "k")
    first = run(root, "--mutants", "--coverage", "--format", "json")
    assert (home / "tested" / "results.json").exists()
    assert run(root, "--mutants", "--coverage", "--format", "json").stdout == first.stdout
