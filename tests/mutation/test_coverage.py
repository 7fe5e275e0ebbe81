"""A condition is covered where an example or a case shows each of its values to decide."""

from __future__ import annotations

from dataclasses import replace

import knowledge_base as tiny
import pytest

from screening.load import load
from screening.model.expr import All, AnyOf, AtLeast, Compare, Expr, Is, IsUnknown, Not
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Example, UnknownPolicy, Unsure
from screening.model.vocabularies import Truth, Unknown
from screening.mutation.case_results import CaseBook
from screening.mutation.knowledge_tests import coverage

CRAMP, CALF, PAIN = Is("cramp", "yes"), Is("calf", "no"), Compare("pain", ">", 7)
NO = Truth.FALSE
Sheets = dict[str, dict[str, Value]]


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """Return the minimal knowledge base."""
    return load(tiny.write(tmp_path_factory.mktemp("tiny")), library=True)


def covered(
    knowledge: KnowledgeBase, when: Expr, sheets: Sheets, unsure: Unsure = Unsure.UNDECIDED
) -> list[tuple[str, str]]:
    """Return what is shown of each condition; what the examples expect does not matter."""
    examples = tuple(Example(name, given, NO) for name, given in sheets.items())
    rule = replace(
        knowledge.rules["numb-now"], when=when, examples=examples, unknown=UnknownPolicy(unsure)
    )
    bare = replace(knowledge, cases={}, rules={**knowledge.rules, rule.id: rule})
    return [(c.when_true, c.when_false) for c in coverage(bare, CaseBook(bare), rule)]


BOTH: Sheets = {"both": {"cramp": "yes", "pain": 8}}
NO_CRAMP: Sheets = {"no cramp": {"cramp": "no", "pain": 8}}
LITTLE: Sheets = {"little": {"cramp": "yes", "pain": 1}}
NEITHER: Sheets = {"neither": {"cramp": "no", "pain": 1}}
UNSURE: Sheets = {"unsure": {"cramp": Unknown.DONT_KNOW, "pain": 8}}

SHOWN: tuple[tuple[Expr, Sheets, list[tuple[str, str]]], ...] = (
    (CRAMP, BOTH | NO_CRAMP, [("both", "no cramp")]),
    (CRAMP, BOTH, [("both", "")]),
    (CRAMP, {"not asked": {}}, [("", "")]),  # it decides, and is neither
    (Not(CRAMP), BOTH | NO_CRAMP, [("both", "no cramp")]),
    (All((CRAMP, PAIN)), BOTH, [("both", ""), ("both", "")]),
    (All((CRAMP, PAIN)), BOTH | NO_CRAMP, [("both", "no cramp"), ("both", "")]),
    (All((CRAMP, PAIN)), NEITHER, [("", ""), ("", "")]),  # each is masked by the other
    (AnyOf((CRAMP, PAIN)), NEITHER, [("", "neither"), ("", "neither")]),
    (AnyOf((CRAMP, PAIN)), BOTH, [("", ""), ("", "")]),
    (AnyOf((CRAMP, PAIN)), LITTLE | NEITHER, [("little", "neither"), ("", "neither")]),
    (
        AtLeast(2, (CRAMP, PAIN, CALF)),
        {"two": {"cramp": "yes", "pain": 8, "calf": "yes"}},
        [("two", ""), ("two", ""), ("", "")],
    ),
    (IsUnknown("cramp"), UNSURE | BOTH, [("unsure", "both")]),
    (All((CRAMP, CRAMP)), BOTH | NO_CRAMP, [("both", ""), ("both", "")]),
)


@pytest.mark.parametrize(("when", "sheets", "expected"), SHOWN)
def test_a_condition_decides_where_the_rule_turns_with_it(
    when: Expr, sheets: Sheets, expected: list[tuple[str, str]], knowledge: KnowledgeBase
) -> None:
    assert covered(knowledge, when, sheets) == expected


def test_an_unknown_answer_counts_as_the_rule_reads_it(knowledge: KnowledgeBase) -> None:
    assert covered(knowledge, CRAMP, UNSURE) == [("", "")]
    assert covered(knowledge, CRAMP, UNSURE, Unsure.MET) == [("unsure", "")]
    assert covered(knowledge, CRAMP, UNSURE, Unsure.NOT_MET) == [("", "unsure")]


def test_the_first_example_that_shows_it_is_named(knowledge: KnowledgeBase) -> None:
    again: Sheets = {"again": {"cramp": "yes", "pain": 9}}
    assert covered(knowledge, CRAMP, BOTH | again) == [("both", "")]


def test_a_case_that_names_the_rule_counts_after_its_examples(knowledge: KnowledgeBase) -> None:
    rule = replace(knowledge.rules["stiff-supported"], examples=())
    bare = replace(knowledge, rules={**knowledge.rules, rule.id: rule})
    moves, *_ = coverage(bare, CaseBook(bare), rule)
    assert (moves.when_true, moves.both) == ("stiff-client", False)
    cases = {"stiff-client": knowledge.cases["stiff-client"]}
    unnamed = {n: replace(c, expect=replace(c.expect, rules=())) for n, c in cases.items()}
    silent = replace(bare, cases=unnamed)
    assert coverage(silent, CaseBook(silent), rule)[0].when_true == ""
