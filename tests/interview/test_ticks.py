"""What is typed at a tick list: numbers, words, keys; never a word taken for several keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.interview.reply import Command, Unclear, Word
from screening.interview.ticks import Ticks, read_ticks, typed_ticks
from screening.model.knowledge import KnowledgeBase
from screening.model.question import MOVEMENT, YES_NO, Question, Value
from screening.model.tick_list import tick_of
from screening.model.vocabularies import Kind, Unknown

DK, PNS = Unknown.DONT_KNOW, Unknown.DECLINED
SIGNS = tuple(
    Question(name, "t", "A?", short, Kind.YES_NO, "no", YES_NO)
    for name, short in (
        ("belly", "New belly pain"),
        ("weight", "Weight lost without trying"),
        ("lump", "New lump, swelling or ache"),
    )
)
MOVES = tuple(
    Question(name, "t", "A?", name, Kind.MOVEMENT, "no_effect", MOVEMENT)
    for name in ("driving", "cycling", "rowing", "stairs")
)


def said(items: tuple[Question, ...], text: str) -> list[Value] | str:
    """Return the answers in order, or why there are none."""
    reply = read_ticks(items, text)
    if isinstance(reply, Ticks):
        return list(reply.values.values())
    return reply.message if isinstance(reply, Unclear) else reply.word.value


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("new lump, swelling or ache, weight lost without trying", ["no", "yes", "yes"]),
        ("1, New lump, swelling or ache and dk 2", ["yes", DK, "yes"]),
        ("1", ["yes", "no", "no"]),
        ("1 3", ["yes", "no", "yes"]),
        ("1,3", ["yes", "no", "yes"]),
        ("3 and 1.", ["yes", "no", "yes"]),
        ("n", ["no", "no", "no"]),
        ("None of these", ["no", "no", "no"]),
        ("all", ["yes", "yes", "yes"]),
        ("? 2", ["no", DK, "no"]),
        ("1 ?2", ["yes", DK, "no"]),
        ("not sure about 2", ["no", DK, "no"]),
        ("1 dk", ["yes", DK, DK]),
        ("dk", [DK, DK, DK]),
        ("1, pns 3", ["yes", "no", PNS]),
        ("rather not say", [PNS, PNS, PNS]),
        ("weight", ["no", "yes", "no"]),
        ("belly, weight lost", ["yes", "yes", "no"]),
        ("New lump, swelling or ache", ["no", "no", "yes"]),
    ],
)
def test_signs(text: str, answers: list[Value]) -> None:
    assert said(SIGNS, text) == answers


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("1 3 r 2", ["provokes", "relieves", "provokes", "no_effect"]),
        ("p 1, r 2, t", ["provokes", "relieves", "not_tried", "not_tried"]),
        ("r 2 ? 4", ["no_effect", "relieves", "no_effect", DK]),
        ("t", ["not_tried"] * 4),
        ("driving, cycling", ["provokes", "provokes", "no_effect", "no_effect"]),
    ],
)
def test_movements(text: str, answers: list[Value]) -> None:
    assert said(MOVES, text) == answers


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("13", "there is no 13 here"),
        ("1 4", "there is no 4 here"),
        ("0", "there is no 0 here"),
        ("new", "that can be 1 or 3"),
        ("1 none", "none goes with no tick"),
        ("none, 1", "none goes with no tick"),
        ("1 ? 1", "1 has two answers there"),
        ("dk pns", "the rest has two answers there"),
        ("yes", "which ones?"),
        ("y", "which ones?"),
        ("1?", "that is no item here"),
        ("2r", "that is no item here"),
        ("1-3", "that is no item here"),
        ("weihgt", "Did you mean `weight`?"),
        ("", "Expected numbers from 1 to 3"),
    ],
)
def test_what_is_not_clear_is_asked_again(text: str, why: str) -> None:
    found = said(SIGNS, text)
    assert isinstance(found, str)
    assert why in found
    assert "n for none, or ? 2" in found


@pytest.mark.parametrize("text", ["?", "back", "skip", "why", "card", "quit", "change age"])
def test_commands_work_here_too(text: str) -> None:
    assert isinstance(read_ticks(SIGNS, text), Command)
    assert read_ticks(SIGNS, "?") == Command(Word.HELP)


@given(st.data())
def test_what_is_typed_for_answers_is_read_as_these(data: st.DataObject) -> None:
    items = data.draw(st.sampled_from((SIGNS, MOVES)))
    known: tuple[Value, ...] = (*items[0].words, DK, PNS)
    answer = st.sampled_from(known)
    values: dict[str, Value] = {one.id: data.draw(answer) for one in items}
    assert read_ticks(items, typed_ticks(items, values)) == Ticks(values)


@given(st.text(alphabet="123 ,?nryptdkabelw.;-", max_size=12))
def test_any_line_is_read_without_an_error_and_ticks_only_what_is_named(text: str) -> None:
    reply = read_ticks(SIGNS, text)
    if isinstance(reply, Ticks):
        assert list(reply.values) == [one.id for one in SIGNS]
        named = any(sign in text for sign in "123") or len(text.strip()) > 2
        assert named or "yes" not in reply.values.values()


@given(data=st.data())
def test_items_in_the_words_of_the_screen_are_ticked(
    shipped: KnowledgeBase, data: st.DataObject
) -> None:
    shown = data.draw(st.sampled_from([*shipped.tick_lists.values()]))
    items = tuple(shipped.questions[name] for name in shown.items)
    ticked = data.draw(st.lists(st.sampled_from(items), min_size=1, unique=True))
    line = data.draw(st.sampled_from((", ", "; ", " and "))).join(one.item for one in ticked)
    reply = read_ticks(items, line)
    assert isinstance(reply, Ticks), reply
    assert [name for name, value in reply.values.items() if value == tick_of(items[0])] == [
        one.id for one in items if one in ticked
    ]
