"""Typed values are read back from JSON as they were, or refused."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import decided_cases, events, knowledge_bases

from screening.model.case import Case, Earlier
from screening.model.decision import Agreement, OnRecord
from screening.model.question import Value
from screening.model.vocabularies import Grade, Level, Unknown
from screening.records.event import Event
from screening.storage.codec import (
    HIDDEN,
    SPARED,
    KeptAs,
    Tree,
    UnreadableTreeError,
    from_tree,
    object_of,
    tree_of,
)

DAY = datetime.date(2026, 3, 2)
ONE: dict[str, Tree] = {
    "day": "2026-03-02",
    "level": "within_days",
    "grade": "rct",
    "named": None,
    "other": [1],
}


@dataclass(frozen=True)
class Thing:
    """One field of every sort."""

    day: datetime.date
    level: Level
    grade: Grade
    name: str | None = field(metadata=KeptAs("named").metadata)
    other: tuple[int, ...] = ()
    since: str = field(default="then", metadata=KeptAs(added=True).metadata)
    more: bool = field(default=False, metadata=SPARED)
    place: str = field(default="here", metadata=HIDDEN)


@dataclass(frozen=True)
class Holder:
    """What holds others."""

    value: Value
    things: Mapping[str, Thing]
    pair: tuple[str, int]
    instead: str | tuple[str, ...] | None


THINGS = st.builds(Thing, place=st.just("here"))


def through_json(value: object) -> Tree:
    tree: Tree = json.loads(json.dumps(tree_of(value)))
    return tree


def test_keys_are_in_the_order_of_the_fields_and_under_their_names() -> None:
    thing = Thing(DAY, Level.WITHIN_DAYS, Grade.RCT, None, (1,))
    assert list(object_of(thing).items()) == [*ONE.items(), ("since", "then")]
    assert object_of(Thing(DAY, Level.NONE, Grade.RCT, "x", more=True))["more"] is True


@given(
    st.builds(Holder, things=st.dictionaries(st.text(), st.builds(Thing, place=st.just("here"))))
)
def test_what_holds_others_is_read_back(holder: Holder) -> None:
    words = {one.value for one in Unknown}
    if not (isinstance(holder.value, str) and holder.value in words):
        assert from_tree(Holder, through_json(holder)) == holder


@settings(max_examples=300)
@given(events())
def test_every_event_is_read_back(event: Event) -> None:
    assert from_tree(type(event), through_json(event)) == event


@settings(max_examples=30)
@given(data=st.data())
def test_every_case_is_read_back(data: st.DataObject) -> None:
    case = data.draw(decided_cases(data.draw(knowledge_bases())))
    assert from_tree(Case, through_json(case)) == case


def test_what_was_added_later_has_its_default() -> None:
    assert from_tree(Thing, {**ONE}).since == "then"
    record = object_of(OnRecord(DAY, level=Level.ROUTINE))
    del record["level"]
    assert from_tree(OnRecord, record) == OnRecord(DAY)


@pytest.mark.parametrize("key", list(ONE))
def test_what_was_always_written_may_not_be_missing(key: str) -> None:
    tree: dict[str, Tree] = {name: one for name, one in ONE.items() if name != key}
    with pytest.raises(UnreadableTreeError):
        from_tree(Thing, tree)
    assert key != "other" or from_tree(Thing, tree, defaults=True).other == ()


@pytest.mark.parametrize(
    "edit",
    [
        {"day": "2026-02-30"}, {"day": 3}, {"level": "WITHIN_DAYS"}, {"level": 3}, {"level": []},
        {"grade": "RCT"}, {"named": 3}, {"named": True}, {"other": [True]}, {"other": "1"},
        {"other": {"1": 1}}, {"since": None}, {"more": 1},
    ],
)  # fmt: skip
def test_what_is_of_another_type_is_refused(edit: dict[str, Tree]) -> None:
    assert from_tree(Thing, {**ONE}) == Thing(DAY, Level.WITHIN_DAYS, Grade.RCT, None, (1,))
    with pytest.raises(UnreadableTreeError):
        from_tree(Thing, {**ONE, **edit})


@pytest.mark.parametrize("pair", [[], ["a"], ["a", 1, 2], [1, "a"], "a1"])
def test_a_pair_has_two_parts_of_their_types(pair: Tree) -> None:
    tree: dict[str, Tree] = {"value": 1, "things": {}, "pair": ["a", 1], "instead": None}
    assert from_tree(Holder, tree).pair == ("a", 1)
    with pytest.raises(UnreadableTreeError):
        from_tree(Holder, {**tree, "pair": pair})


def test_answers_that_are_unknown_are_told_from_words() -> None:
    tree: dict[str, Tree] = {"a": "declined", "b": "no", "c": 3}
    earlier = from_tree(Earlier, {"answers": tree}, defaults=True)
    assert earlier.answers == {"a": Unknown.DECLINED, "b": "no", "c": 3}


def test_limits_are_an_object_and_yes_is_one() -> None:
    agreed = Agreement("A", "GP", DAY, (("load", 3),))
    assert object_of(agreed)["limits"] == {"load": 3}
    assert from_tree(Agreement, through_json(agreed)) == agreed
    assert object_of(Earlier({}, anew=True))["anew"] == 1


def test_what_has_no_form_is_not_written() -> None:
    with pytest.raises(TypeError):
        tree_of({"a": 1.5})
