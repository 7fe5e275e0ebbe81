"""The boxes of a tick list on a page: which there are, and what they say when they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from screening.model.question import Question, Value
from screening.model.tick_list import tick_of
from screening.model.vocabularies import Unknown

NOT_SURE = "dk"
RESTS: Mapping[str, Unknown] = {"dk": Unknown.DONT_KNOW, "pns": Unknown.DECLINED}
NOTHING = "Tick what fits, or press “None of these”."
BOTH = "Something is ticked, and “None of these” was pressed. Untick it, or press “Continue”."


class Box(NamedTuple):
    """A box: what it is sent as, its words, and whether it is ticked."""

    sent: str
    words: str
    on: bool


class Row(NamedTuple):
    """An item of a list with its boxes; the first is its tick."""

    item: str
    words: str
    boxes: tuple[Box, ...]


def rows_of(
    items: tuple[Question, ...], given: Mapping[str, Value], on: frozenset[str]
) -> tuple[Row, ...]:
    """Return a row for each item; what was given is ticked, and so is what was sent before."""
    return tuple(Row(one.id, one.item, tuple(_boxes(one, given, on))) for one in items)


def _boxes(item: Question, given: Mapping[str, Value], on: frozenset[str]) -> list[Box]:
    tick = tick_of(item)
    others = (word for word in item.words if word not in {tick, item.harmless})
    said = [(word, item.said(word)) for word in (tick, *others)]
    value = given.get(item.id)
    before = NOT_SURE if value is Unknown.DONT_KNOW else value
    pairs = (*said, (NOT_SURE, "not sure"))
    return [
        Box(sent := f"{item.id} {word}", words, sent in on or (not on and word == before))
        for word, words in pairs
    ]


def of_boxes(
    items: tuple[Question, ...], boxes: frozenset[str], rest: Value | None
) -> tuple[dict[str, Value], str]:
    """Return the answers that boxes stand for, and why they stand for none.

    Without a `rest`, something must be ticked; with a harmless one, nothing may be.
    """
    values: dict[str, Value] = {}
    for one in items:
        words = [word for word in (*one.words, NOT_SURE) if f"{one.id} {word}" in boxes]
        if len(words) > 1:
            return {}, f"Two boxes are ticked for “{one.item}”. Leave one."
        if words:
            values[one.id] = RESTS.get(words[0], words[0])
    none = rest is not None and not isinstance(rest, Unknown)
    if not values and rest is None:
        return {}, NOTHING
    if values and none:
        return {}, BOTH
    unticked = ((one.id, one.harmless if rest is None else rest) for one in items)
    return {**dict(unticked), **values}, ""
