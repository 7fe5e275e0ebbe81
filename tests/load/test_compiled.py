"""Compiled knowledge is the knowledge, and bytes that are not its are refused."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge_base import parts
from strategies import knowledge_bases

from screening.load.compiled import UnreadableError, compiled, from_compiled
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Refer
from screening.model.vocabularies import Level


def bare(knowledge: KnowledgeBase) -> KnowledgeBase:
    rules = {name: replace(rule, examples=()) for name, rule in knowledge.rules.items()}
    return replace(knowledge, rules=rules, cases={}, statements={})


@settings(max_examples=40)
@given(knowledge=knowledge_bases())
def test_what_comes_back_is_what_was_compiled(knowledge: KnowledgeBase) -> None:
    again = from_compiled(compiled(knowledge))
    assert parts(again) == parts(bare(knowledge))
    assert list(again.rules) == list(knowledge.rules)
    assert list(again.questions) == list(knowledge.questions)
    assert compiled(again) == compiled(knowledge)


def test_types_come_back_too(shipped: KnowledgeBase) -> None:
    again = from_compiled(compiled(shipped))
    made = {
        type(conclusion.level)
        for rule in again.rules.values()
        for conclusion in rule.then
        if isinstance(conclusion, Refer)
    }
    assert made == {Level}
    assert all(type(rule) is type(shipped.rules[name]) for name, rule in again.rules.items())


def test_another_level_is_another_compiled_form(shipped: KnowledgeBase) -> None:
    rule = next(r for r in shipped.rules.values() if any(isinstance(c, Refer) for c in r.then))
    then = tuple(replace(c, level=Level.MONITOR) if isinstance(c, Refer) else c for c in rule.then)
    changed = replace(shipped, rules={**shipped.rules, rule.id: replace(rule, then=then)})
    assert compiled(changed) != compiled(shipped)


@pytest.mark.parametrize(
    "tree",
    [
        None,
        "text",
        [],
        [2],
        [3, "NO_SUCH_MEMBER"],
        [3],
        [-1, "TRUE"],
        [99999],
        ["3", "TRUE"],
        [1, "key without a value"],
        [1, [0, [1, "a", "b"]], "an unhashable key"],
    ],
)
def test_a_tree_that_is_no_knowledge_is_refused(tree: object) -> None:
    with pytest.raises(UnreadableError):
        from_compiled(json.dumps(["compiled/1", tree]).encode())


@settings(max_examples=25)
@given(data=st.data())
def test_damaged_bytes_are_refused_or_still_knowledge(
    shipped: KnowledgeBase, data: st.DataObject
) -> None:
    raw = bytearray(compiled(shipped))
    raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = from_compiled(bytes(raw))
    except UnreadableError:
        return
    assert isinstance(found, KnowledgeBase)
