"""The logic digest follows what concludes, the text digest what is said, and neither the other."""

from __future__ import annotations

from dataclasses import fields, make_dataclass, replace
from pathlib import Path

import knowledge_base as tiny
import pytest

from screening.load import load
from screening.model import catalogue, pack, question, rule, terms
from screening.model.knowledge import KnowledgeBase
from screening.model.logic_digest import (
    NEITHER,
    WORDS,
    digest_of,
    logic_digest,
    rule_logic,
    rule_text,
    text_digest,
)
from screening.model.vocabularies import Status

RULE = "rules/t/stiff-supported.yaml"
WORDING = [("title: ", "title: More "), ("because: ", "because: Or so, ")]


def changed(root: Path, file: str, old: str, new: str) -> KnowledgeBase:
    assert old in tiny.FILES[file]
    return load(tiny.write(root, {**tiny.FILES, file: tiny.FILES[file].replace(old, new)}))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return load(tiny.write(tmp_path_factory.mktemp("small")))


@pytest.mark.parametrize(("old", "new"), WORDING)
def test_prose_changes_the_text_alone(
    tmp_path: Path, small: KnowledgeBase, old: str, new: str
) -> None:
    other = changed(tmp_path, RULE, old, new)
    assert logic_digest(other) == logic_digest(small)
    assert text_digest(other) != text_digest(small)


def test_every_field_that_concludes_changes_the_logic(shipped: KnowledgeBase) -> None:
    for one in list(shipped.rules.values())[:40]:
        assert rule_logic(one) == rule_logic(replace(one, title="x", because="y", say="z"))
        assert rule_logic(one) == rule_logic(replace(one, examples=(), status=Status.ACTIVE))
        assert rule_logic(one) != rule_logic(replace(one, then=()))
        assert rule_logic(one) != rule_logic(replace(one, id="x"))
        assert rule_text(one) != rule_text(replace(one, because="y"))
        assert rule_text(one) == rule_text(replace(one, then=one.then, examples=()))


def test_a_field_added_to_the_model_leaves_digests_alone_until_it_is_used() -> None:
    before = make_dataclass("Thing", [("id", str)])
    after = make_dataclass("Thing", [("id", str), ("more", int, 0)])
    assert digest_of(before("a")) == digest_of(after("a"))
    assert digest_of(before("a")) != digest_of(after("a", 1))


def test_no_two_rules_share_their_logic(shipped: KnowledgeBase) -> None:
    assert len({rule_logic(one) for one in shipped.rules.values()}) == len(shipped.rules)


def test_a_number_a_threshold_and_a_retirement_change_the_logic(shipped: KnowledgeBase) -> None:
    before = logic_digest(shipped)
    for name in ("age", "worst_pain"):
        if name in shipped.questions:
            asked = shipped.questions[name]
            harder = {**shipped.questions, name: replace(asked, low=asked.low + 1)}
            assert logic_digest(replace(shipped, questions=harder)) != before
            reworded = {**shipped.questions, name: replace(asked, ask="Well?")}
            assert logic_digest(replace(shipped, questions=reworded)) == before
    first = shipped.live_rules[0]
    retired = {**shipped.rules, first.id: replace(first, status=Status.RETIRED)}
    assert logic_digest(replace(shipped, rules=retired)) != before


@pytest.mark.parametrize("table", [WORDS, NEITHER])
def test_only_fields_that_exist_are_left_out(table: dict[type, frozenset[str]]) -> None:
    assert all(names <= {field.name for field in fields(kind)} for kind, names in table.items())
    modules = (catalogue, pack, question, rule, terms)
    known = {one for each in modules for one in vars(each).values() if isinstance(one, type)}
    assert set(table) <= known
