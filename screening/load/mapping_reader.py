"""Typed reading of a mapping: each reader notes what is wrong and returns a usable value."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from screening.diagnostics import Code, Problems, Span, quoted, suggestion
from screening.load.tree import Mapping, Node, Sequence, Text
from screening.model.vocabularies import FromTo

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from enum import Enum

WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")  # nine digits: far beyond any bound in use
RANGE = re.compile(r"([0-9]{1,9})(?: to ([0-9]{1,9}))?")
QUOTE = "within `{…}` a text that has a comma in it needs quotes"
_SHAPES = {Text: "text", Sequence: "a list", Mapping: "a mapping"}

E = TypeVar("E", bound="Enum")


def shape(node: Node) -> str:
    """Return what a node is, in words."""
    return _SHAPES[type(node)]


@dataclass
class Fields:
    """A mapping being read. `done()` notes the keys nobody asked for."""

    node: Mapping
    problems: Problems
    asked: dict[str, None] = field(default_factory=dict)

    @staticmethod
    def of(node: Node, problems: Problems, what: str) -> Fields | None:
        """Return the fields of a mapping, or None with the wrong shape noted."""
        if isinstance(node, Mapping):
            return Fields(node, problems)
        problems.add(Code.wrong_shape, node.at, f"{what} must be a mapping, this is {shape(node)}")
        return None

    @property
    def quiet(self) -> Fields:
        """The same mapping, to read again what was noted before."""
        return Fields(self.node, Problems())

    def place(self, key: str) -> Span:
        """Return where a key is."""
        return self.node.place(key)

    def value_place(self, key: str) -> Span:
        """Return where a key's value is."""
        node = self.node.by_key.get(key)
        return self.node.at if node is None else node.at

    def get(self, key: str, *, required: bool = False) -> Node | None:
        """Return a key's value; a missing required key is noted."""
        self.asked[key] = None
        node = self.node.by_key.get(key)
        if node is None and required:
            self.problems.add(Code.missing_key, self.node.at, f"the key `{key}` is missing")
        return node

    def text(self, key: str, *, required: bool = False, default: str = "") -> str:
        """Return a text value."""
        node = self.get(key, required=required)
        if node is None:
            return default
        if not isinstance(node, Text):
            message = f"`{key}` must be text, this is {shape(node)}"
            self.problems.add(
                Code.wrong_shape, node.at, message, "quote it if it holds `{` or `[`"
            )
            return default
        if not node.value.strip():
            self.problems.add(Code.empty_value, self.place(key), f"`{key}` has no value")
        return " ".join(node.value.split())

    def number(self, key: str, *, required: bool = False, default: int = 0) -> int:
        """Return a whole number."""
        if key not in self.node.by_key:
            self.get(key, required=required)
            return default
        value = self.text(key)
        if WHOLE_NUMBER.fullmatch(value):
            return int(value)
        message = f"`{key}` must be a whole number, found {quoted(value)}"
        self.problems.add(Code.bad_number, self.value_place(key), message)
        return default

    def range(self, key: str, *, required: bool = False) -> FromTo | None:
        """Return a whole number, or two that are the ends of a range; None where there is none."""
        value = self.text(key, required=required)
        ends = RANGE.fullmatch(value)
        if ends is None:
            if value:
                message = f"`{key}` must be a number or `N to M`, found {quoted(value)}"
                self.problems.add(Code.bad_number, self.value_place(key), message)
            return None
        low = int(ends[1])
        found = FromTo(low, int(ends[2] or low))
        if found.high < low:
            message = f"`{key}` must go from the lower number to the higher, found {quoted(value)}"
            self.problems.add(Code.bad_number, self.value_place(key), message)
        return found

    def flag(self, key: str) -> bool:
        """Return whether an optional yes/no key says yes."""
        return self.word(key, ("yes", "no"), default="no") == "yes"

    def word(self, key: str, legal: Collection[str], *, default: str = "") -> str:
        """Return one word of a closed list; without a default the key is required."""
        value = self.text(key, required=not default, default=default)
        if value in legal:
            return value
        if value:
            message = f"`{key}` cannot be {quoted(value)}"
            self.problems.add(
                Code.bad_word, self.value_place(key), message, suggestion(value, legal)
            )
        return default or next(iter(legal), "")

    def member(self, key: str, enum: type[E], *, default: E | None = None) -> E:
        """Return the member of an enum whose name is the word, in lower case."""
        names = {member.name.lower(): member for member in enum}
        fallback = "" if default is None else default.name.lower()
        return names[self.word(key, names, default=fallback)]

    def date(self, key: str, *, required: bool = False) -> str:
        """Return a date of the form YYYY-MM-DD."""
        value = self.text(key, required=required)
        if value:
            try:
                read = datetime.date.fromisoformat(value).isoformat()
            except ValueError:
                read = ""
            if read != value:
                message = f"`{key}` must be a date like 2027-11-01, found {quoted(value)}"
                self.problems.add(Code.bad_date, self.value_place(key), message)
        return value

    def items(self, key: str, *, required: bool = False) -> tuple[Node, ...]:
        """Return the items of a list."""
        node = self.get(key, required=required)
        if node is None:
            return ()
        if isinstance(node, Sequence):
            return node.items
        message = f"`{key}` must be a list, this is {shape(node)}"
        self.problems.add(Code.wrong_shape, node.at, message)
        return ()

    def texts(self, key: str, *, required: bool = False) -> tuple[Text, ...]:
        """Return the texts of a list of text."""
        return tuple(texts_of(self.items(key, required=required), key, self.problems))

    def words(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return the values of a list of text."""
        return tuple(text.value for text in self.texts(key, required=required))

    def mappings(self, key: str, what: str, *, required: bool = False) -> Iterator[Fields]:
        """Yield the fields of each mapping in a list."""
        for node in self.items(key, required=required):
            inner = Fields.of(node, self.problems, what)
            if inner is not None:
                yield inner

    def mapping(self, key: str, *, required: bool = False) -> Fields | None:
        """Return the fields of a mapping value."""
        node = self.get(key, required=required)
        return None if node is None else Fields.of(node, self.problems, f"`{key}`")

    def done(self, legal: Collection[str] | None = None) -> None:
        """Note every key that is not legal: those nobody asked for."""
        known = self.asked if legal is None else legal
        for key in self.node.keys:
            if key.value not in known:
                message = f"unknown key {quoted(key.value)}"
                help_ = QUOTE if " " in key.value else suggestion(key.value, known)
                self.problems.add(Code.unknown_key, key.at, message, help_)


def texts_of(nodes: tuple[Node, ...], what: str, problems: Problems) -> Iterator[Text]:
    """Yield the texts among nodes, noting what is not text."""
    for node in nodes:
        if isinstance(node, Text):
            yield node
        else:
            message = f"`{what}` must hold text, this is {shape(node)}"
            problems.add(Code.wrong_shape, node.at, message)
