"""Tick lists: several questions of one kind that are asked with one prompt.

A list says nothing by itself. Each item is a question, with an answer of its own: to engines,
proofs and records a list is not there. It is a way to ask and to write several answers at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from screening.diagnostics import Span
from screening.model.question import Question, Value
from screening.model.vocabularies import ASKED_UNKNOWNS, Unknown

NONE = "none"
"""What is ticked where no item is."""
MULTI = "multi"
"""What kind a tick list is listed as."""
LEAST, MOST = 2, 8
"""Items that a person can hold in mind, and a screen can show."""
LONGEST = 75
"""Characters of an item's words: with its number it stays on one line of a narrow screen."""


@dataclass(frozen=True, slots=True)
class TickList:
    """Questions of one kind, asked together where more than one of them is due.

    An item that is ticked has the answer that its kind has for a tick; one that is not ticked
    has its harmless answer. The words of an item are the short ones of its question.
    """

    id: str
    ask: str
    short: str
    items: tuple[str, ...] = ()
    help: str = ""
    topic: str = ""
    at: Span = field(default=Span(""), compare=False, repr=False)


def tick_of(question: Question) -> str:
    """Return the answer that a tick stands for; empty where the kind of question has none.

    >>> from screening.model.vocabularies import Kind
    >>> tick_of(Question("a", "t", "A?", "a", Kind.YES_NO, "no"))
    'yes'
    """
    return question.how.ticked or ""


def ticked(
    items: tuple[Question, ...], words: tuple[str, ...], rest: Unknown | None = None
) -> dict[str, Value]:
    """Return the answers of items where these are ticked, in order; `rest` is of all others.

    >>> from screening.model.vocabularies import Kind
    >>> one, two = (Question(n, "t", "?", n, Kind.YES_NO, "no") for n in ("a", "b"))
    >>> ticked((one, two), ("b",))
    {'a': 'no', 'b': 'yes'}
    """
    unticked = ((one, one.harmless if rest is None else rest) for one in items)
    return {one.id: tick_of(one) if one.id in words else other for one, other in unticked}


def rest_in(words: tuple[str, ...]) -> Unknown | None:
    """Return what the items that are not ticked are, where a list says it: not known, not said."""
    return next((ASKED_UNKNOWNS[word] for word in words if word in ASKED_UNKNOWNS), None)


def clash(words: tuple[str, ...]) -> str:
    """Return why these cannot stand in one list; empty where they can.

    >>> clash(("a", "none"))
    '`none` goes with no other item'
    """
    if NONE in words and len(words) > 1:
        return "`none` goes with no other item"
    if sum(word in ASKED_UNKNOWNS for word in words) > 1:
        return "the rest is either not known or not said"
    return "an item stands there twice" if len(set(words)) < len(words) else ""


def legal_words(tick_list: TickList) -> tuple[str, ...]:
    """Return all that a list may hold where it is written."""
    return (*tick_list.items, NONE, *ASKED_UNKNOWNS)


def of_items(lists: Mapping[str, TickList]) -> Iterator[tuple[str, str]]:
    """Yield each item with its list."""
    for one in lists.values():
        yield from ((item, one.id) for item in one.items)
