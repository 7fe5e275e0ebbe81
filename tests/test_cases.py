"""The shipped case library: every case as expected, every written rule fired by one of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache

import pytest
from command_line import typed

from screening.assess import Assessor
from screening.load import load, shipped_knowledge
from screening.model.case_library import Expected, KnownCase, Origin
from screening.model.rule import Head
from screening.model.vocabularies import Truth
from screening.testing.run_cases import Tried, try_case

SHIPPED = load(shipped_knowledge(), library=True)
ASSESSOR = Assessor(SHIPPED)
REPORTED = Assessor(  # the same cases, with nothing assumed, also in those they follow
    replace(
        SHIPPED,
        cases={
            name: replace(case, assumed={}, harmless_from=None)
            for name, case in SHIPPED.cases.items()
        },
    )
)
PUBLISHED = [case for case in SHIPPED.cases.values() if case.origin is Origin.PUBLISHED]
MADE_UP = [case for case in SHIPPED.cases.values() if case.origin is Origin.SYNTHETIC]

# the cases of the reference document; those with several time-points have several files
GIVEN = (
    *("c00", "c01", "c03", "c05", "c07", "c09", "c12", "c14", "c17", "c20"),
    *("k01", "k02", "k05", "k08", "k11", "k14", "k16", "k22", "k24", "k25", "k28"),
)


def by_case(cases: list[KnownCase]) -> pytest.MarkDecorator:
    """Return a table of cases."""
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.id)


@cache
def tried(name: str) -> Tried:
    return try_case(ASSESSOR, SHIPPED.cases[name])


@by_case(list(SHIPPED.cases.values()))
def test_case_comes_out_as_expected(case: KnownCase) -> None:
    assert [str(failure) for failure in tried(case.id).failed] == []


@pytest.mark.parametrize("given", GIVEN)
def test_every_given_case_is_in_the_library(given: str) -> None:
    assert [case for case in PUBLISHED if case.id.split("-")[0] == given]


def test_every_written_rule_is_fired_by_a_case_that_names_it() -> None:
    named = {
        rule.rule
        for case in SHIPPED.cases.values()
        for rule in case.expect.rules
        if tried(case.id).concluded.outcome.heads[Head(rule.rule)] is Truth.TRUE
    }
    lacking = [rule.id for rule in SHIPPED.written_rules if rule.id not in named]
    assert lacking == [], (
        f"these rules lack a case that names them under `rules`: {', '.join(lacking)}; "
        "add them to a case in knowledge/cases, or write one"
    )


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case.id)
def test_what_must_not_be_given_is_not_given_on_the_reported_facts_alone(case: KnownCase) -> None:
    reported = replace(
        REPORTED.knowledge.cases[case.id], expect=Expected(must_not=case.expect.must_not)
    )
    assert [str(failure) for failure in try_case(REPORTED, reported).failed] == []


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case.id)
def test_assumed_and_harmless_facts_are_apart_from_the_reported_ones(case: KnownCase) -> None:
    said = tried(case.id)
    assert said.harmless.keys().isdisjoint({**case.answers, **case.assumed})
    assert said.concluded.case.answers == {**case.answers, **case.assumed, **said.harmless}


def test_made_up_cases_say_so() -> None:
    assert [case.id for case in MADE_UP if not case.title.startswith("Made up:")] == []
    assert [case.id for case in PUBLISHED if case.title.startswith("Made up:")] == []


@pytest.mark.parametrize("case", MADE_UP, ids=lambda case: case.id)
def test_made_up_case_expects_a_level_and_rules(case: KnownCase) -> None:
    assert case.expect.level
    assert case.expect.rules


# commands


def test_cases_are_listed() -> None:
    rows = json.loads(typed("knowledge", "list", "cases", "--format", "json").stdout)
    assert [row["id"] for row in rows] == list(SHIPPED.cases)
    assert {row["kind"] for row in rows} == {"published", "synthetic"}


@pytest.mark.parametrize("name", ["c05", "k16", "s28-would-rather-not-say"])
def test_case_is_shown_with_what_was_expected_and_concluded(name: str) -> None:
    case = SHIPPED.cases[name]
    result = typed("knowledge", "show", name)
    assert result.exit_code == 0, result.output
    for heading in ("ANSWERS", "EXPECTED", "CONCLUDED", "RESULT"):
        assert f"\n{heading}\n" in result.stdout
    rows = [line.split()[-1] for line in result.stdout.splitlines() if line]
    assert rows.count("assumed") == len(case.assumed)


def test_one_case_is_run_by_its_id() -> None:
    result = typed("knowledge", "test", "k05-day-10")
    assert (result.exit_code, result.stdout) == (0, "0 examples and 1 case run, 0 failures\n")


def test_failing_case_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    case = SHIPPED.cases["k24"]
    wrong = replace(case, expect=replace(case.expect, at_least=case.expect.at_least.EMERGENCY))
    planted = replace(SHIPPED, cases={"k24": wrong})
    monkeypatch.setattr("screening.app.knowledge.load", lambda *_, **__: planted)
    result = typed("knowledge", "test", "k24")
    assert result.exit_code == 1
    assert "failed_case: `k24` should refer at least emergency" in result.stderr
    assert result.stdout == "0 examples and 1 case run, 1 failure\n"


def test_unknown_rule_or_case_is_bad_usage() -> None:
    result = typed("knowledge", "test", "k05-dya-10")
    assert result.exit_code == 2
    assert "no rule or case `k05-dya-10`; did you mean `k05-day-10`?" in result.stderr


def test_case_is_shown_in_the_same_bytes_under_any_hash_seed() -> None:
    shown = set()
    for seed in ("0", "1", "77"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "screening", "knowledge", "show", "c07"]
        shown.add(subprocess.run(command, capture_output=True, env=environment, check=True).stdout)
    assert len(shown) == 1
