"""What is to be written: text, lists and mappings, and the comments that belong to each part."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from screening.load.tree import Mapping, Node, Sequence, Text, scalars

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
COMMENT = re.compile(r"#[^\r\n\x85\u2028\u2029]*")
OPENING = re.compile(r"[\s\-\[{,?]*")


@dataclass(frozen=True, slots=True)
class Part:
    """A key's value or an item, the comments on the lines above it and the one beside it."""

    key: str
    value: Value
    above: tuple[str, ...] = ()
    beside: str = ""


class Listed(NamedTuple):
    """A list."""

    parts: tuple[Part, ...]


class Mapped(NamedTuple):
    """A mapping."""

    parts: tuple[Part, ...]


Value: TypeAlias = "str | Listed | Mapped"


class Document(NamedTuple):
    """A whole file: comments before everything and after everything, and what is between."""

    head: tuple[str, ...]
    value: Value
    tail: tuple[str, ...]


def from_plain(value: Plain) -> Value:
    """Return a plain value as one to be written."""
    match value:
        case str():
            return value
        case list():
            return Listed(tuple(Part("", from_plain(item)) for item in value))
        case dict():
            return Mapped(tuple(Part(key, from_plain(item)) for key, item in value.items()))


def from_tree(tree: Node, text: str) -> Document:
    """Return a file as read, with its comments: each belongs to the part it is above or beside."""
    places = list(_places(tree))
    notes = [_Notes() for _ in places]
    head: list[str] = []
    tail: list[str] = []
    for comment in _comments(tree, text):
        if comment.follows and places and comment.at > places[0]:
            notes[bisect_right(places, comment.at) - 1].beside.append(comment.text)
            continue
        below = bisect_left(places, comment.at)
        where = head if not below else tail if below == len(places) else notes[below].above
        where.append(comment.text)
    return Document(tuple(head), _value(tree, iter(notes)), tuple(tail))


class _Comment(NamedTuple):
    """A comment, where it is, and whether it follows something on its line."""

    at: int
    text: str
    follows: bool


@dataclass
class _Notes:
    """The comments of one part."""

    above: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)


def _places(node: Node) -> Iterator[int]:
    """Yield where each key and item of a tree begins, a part before the parts inside it."""
    match node:
        case Text():
            return
        case Sequence(items):
            for item in items:
                yield item.start
                yield from _places(item)
        case Mapping():
            for key, value in node.entries:
                yield key.start
                yield from _places(value)


def _value(node: Node, notes: Iterator[_Notes]) -> Value:
    """Return the value of a node; `notes` are those of its parts, in the order of the text."""
    match node:
        case Text(value):
            return value
        case Sequence(items):
            return Listed(tuple(_part("", item, notes) for item in items))
        case Mapping():
            return Mapped(tuple(_part(key.value, value, notes) for key, value in node.entries))


def _part(key: str, node: Node, notes: Iterator[_Notes]) -> Part:
    own = next(notes)
    first, *more = own.beside or [""]
    return Part(key, _value(node, notes), (*own.above, *more), first)


def _comments(tree: Node, text: str) -> Iterator[_Comment]:
    """Yield the comments: between two texts, or behind the mark of one over several lines."""
    after = 0
    for scalar in scalars(tree):
        yield from _within(text, after, scalar.start)
        after = scalar.end
        if scalar.event.style in ("|", ">"):
            yield from _within(text, scalar.start, text.find("\n", scalar.start))
    yield from _within(text, after, len(text))


def _within(text: str, start: int, end: int) -> Iterator[_Comment]:
    for match in COMMENT.finditer(text, start, end):
        line = max(text.rfind(mark, 0, match.start()) for mark in "\n\r") + 1
        follows = OPENING.fullmatch(text, line, match.start()) is None
        yield _Comment(match.start(), match[0].rstrip(), follows)
