"""Mutants are planted only where all passes, and waivers that waive nothing are said."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import knowledge_base as tiny

from screening.app.proofs import teller
from screening.diagnostics import Code, Severity
from screening.load import load
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Rule
from screening.mutation.knowledge_tests import Tests as Found
from screening.mutation.knowledge_tests import run_tests
from screening.mutation.verdicts import Judge

NUMB = "rules/t/numb-now.yaml"
WAIVERS = """\
waivers:
  - {rule: numb-now, mutant: unknown met for same_day, reason: It is alive.}
  - {rule: numb-now, mutant: no rule, reason: It is killed.}
  - {rule: numb-now, mutant: no such mutant, reason: It is gone.}
  - {rule: jump.stiff, mutant: no such mutant, reason: Of another rule.}
"""


def base(root: Path, **files: str) -> KnowledgeBase:
    return load(tiny.write(root, {**tiny.FILES, **files}), library=True)


def run(
    knowledge: KnowledgeBase, *only: str, mutants: bool = True, covering: bool = False
) -> Found:
    watched: list[Rule] = []

    def watch(rules: tuple[Rule, ...]) -> Iterable[Rule]:
        watched.extend(rules)
        return rules

    judge = Judge(knowledge, teller(knowledge))
    tests = run_tests(judge, only, watch, mutants=mutants, covering=covering)
    judged = {v.mutant.rule for v in tests.verdicts}
    assert judged == {rule.id for rule in watched}
    return tests


def test_all_rules_and_cases_are_tested_unless_some_are_named(tmp_path: Path) -> None:
    tests = run(base(tmp_path))
    assert (tests.examples.run, tests.cases.run) == (9, 1)
    assert {v.mutant.rule for v in tests.verdicts} == {r.id for r in base(tmp_path).live_rules}
    some = run(base(tmp_path), "numb-now")
    assert (some.examples.run, some.cases.run) == (3, 0)
    assert {v.mutant.rule for v in some.verdicts} == {"numb-now"}


def test_a_living_mutant_fails_the_tests(tmp_path: Path) -> None:
    tests = run(base(tmp_path), "numb-now")
    assert not tests.failed
    assert tests.alive
    assert not tests.passed
    assert run(base(tmp_path), "numb-now", mutants=False).passed


def test_mutants_are_not_planted_where_a_test_fails(tmp_path: Path) -> None:
    wrong = tiny.FILES[NUMB].replace("numb: no}, expect: silent", "numb: no}, expect: fires")
    tests = run(base(tmp_path, **{NUMB: wrong}))
    assert [f.code for f in tests.failed] == [Code.failed_example] * 2  # one for each engine
    assert (tests.verdicts, tests.passed) == ((), False)


def test_no_test_at_all_is_a_failure(tmp_path: Path) -> None:
    knowledge = base(tmp_path)
    tests = run(knowledge, "jump.stiff", mutants=False)  # a cell has no examples
    assert (tests.examples.run, tests.cases.run, tests.failed) == (0, 0, ())
    assert not tests.passed


def test_a_waiver_that_waives_nothing_is_warned_about(tmp_path: Path) -> None:
    tests = run(base(tmp_path, **{"waivers.yaml": WAIVERS}), "numb-now")
    assert [(w.code, w.severity, w.at.line) for w in tests.warnings] == [
        (Code.unused_waiver, Severity.WARNING, 3),
        (Code.unused_waiver, Severity.WARNING, 4),
    ]
    assert "`no such mutant`" in tests.warnings[1].message


def test_waivers_are_not_looked_at_without_mutants(tmp_path: Path) -> None:
    assert run(base(tmp_path, **{"waivers.yaml": WAIVERS}), mutants=False).warnings == ()


def test_coverage_is_of_written_rules_only(tmp_path: Path) -> None:
    tests = run(base(tmp_path), mutants=False, covering=True)
    rules = [covered.rule for covered in tests.covered]
    assert set(rules) == {"numb-now", "stiff-supported", "easy-when-stiff"}
    assert rules.count("stiff-supported") == 5
