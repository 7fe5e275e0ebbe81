"""Every engine concludes the same, on generated knowledge and on the shipped one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from clearance_oracle import clearance_breaches
from engine_list import ENGINES, differences
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import answer_sheets, cases, intakes, knowledge_bases, values

from screening.assess import Assessor
from screening.engines.applicable import with_inapplicable
from screening.engines.kleene import Sides
from screening.engines.reference import both_sides, evaluate
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Truth

HASH_SEEDS = ("0", "1", "2024")
BASES, SHEETS, SHIPPED, STOCK = 50, 8, 24, 2
PAIRS = 1_200


@pytest.fixture(scope="module")
def reports(root: Path) -> list[dict[str, Any]]:
    """Return what three fresh processes report, each under a hash seed of its own."""
    worker = str(root / "tests" / "parity_worker.py")
    sizes = [str(n) for n in (BASES, SHEETS, SHIPPED, STOCK)]
    running = [
        subprocess.Popen(
            [sys.executable, worker, str(number), *sizes],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            cwd=root,
        )
        for number, seed in enumerate(HASH_SEEDS)
    ]
    said = [process.communicate()[0] for process in running]
    assert all(process.returncode == 0 for process in running)
    return [json.loads(text) for text in said]


def test_no_engine_differs_under_any_hash_seed(
    reports: list[dict[str, Any]], record_property: Callable[[str, object], None]
) -> None:
    pairs = sum(report["pairs"] for report in reports)
    record_property("compared", f"{pairs} pairs under {len(reports)} hash seeds")
    assert [report["different"] for report in reports] == [[], [], []]
    assert pairs >= PAIRS


def test_compared_pairs_are_worth_comparing(reports: list[dict[str, Any]]) -> None:
    for report in reports:
        assert report["shipped"] == SHIPPED
        total = sum(report["truths"].values())
        assert all(report["truths"][truth.value] > total / 200 for truth in Truth)


@given(data=st.data())
def test_every_engine_gives_the_reference_answer(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    engines = {name: compiled(knowledge) for name, compiled in ENGINES.items()}
    sheets = [data.draw(answer_sheets(knowledge)) for _ in range(3)]
    outcomes = {name: conclude(sheets) for name, conclude in engines.items()}
    assert {name: len(concluded) for name, concluded in outcomes.items()} == dict.fromkeys(
        ENGINES, len(sheets)
    )
    assert differences(outcomes) == []


@given(data=st.data())
def test_adding_an_answer_never_loses_what_was_certain(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    answers = data.draw(answer_sheets(knowledge))
    _stays_decided(data, knowledge, answers)


@settings(max_examples=3)
@given(data=st.data())
def test_adding_an_answer_never_loses_what_was_certain_of_the_shipped_knowledge(
    shipped: KnowledgeBase, data: st.DataObject
) -> None:
    answers = dict(data.draw(intakes(shipped)).answers)
    _stays_decided(data, shipped, answers)


def _stays_decided(data: st.DataObject, knowledge: KnowledgeBase, answers: dict[str, Any]) -> None:
    """Ask what is left, in any order, and see that no side that was certain is lost."""
    before = both_sides(knowledge, answers)
    while True:
        read = with_inapplicable(knowledge, answers)
        left = [q for q in knowledge.questions.values() if q.id not in read]
        if not left:
            break
        question = data.draw(st.sampled_from(left))
        answers = {**answers, question.id: data.draw(values(question))}
        after = both_sides(knowledge, answers)
        pairs: tuple[tuple[Mapping[Any, Sides], Mapping[Any, Sides]], ...] = (
            (before[0], after[0]),
            (before[1], after[1]),
        )
        for old, new in pairs:
            lost = [k for k, t in old.items() if t.true > new[k].true or t.false > new[k].false]
            assert lost == []
        before = after


@given(data=st.data())
def test_a_full_interview_leaves_open_only_what_was_not_known(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    known = {
        q.id: st.sampled_from(q.words) if q.words else st.integers(q.low, q.high)
        for q in knowledge.questions.values()
    }
    outcome = evaluate(knowledge, data.draw(st.fixed_dictionaries(known)))
    assert Truth.UNDECIDED not in outcome.heads.values()
    assert Truth.UNDECIDED not in outcome.findings.values()


@given(data=st.data())
def test_exercise_is_cleared_only_when_no_urgent_rule_is_open(data: st.DataObject) -> None:
    knowledge = data.draw(knowledge_bases())
    case = data.draw(cases(knowledge))
    concluded = Assessor(knowledge).conclude(case)
    assert clearance_breaches(knowledge, concluded) == []
