"""The words a schema is written in: entries, their keys, and what a key holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any, Generic, TypeVar

from screening.diagnostics import Code

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


class Style(Enum):
    """Whether the parts of a mapping or list stand on one line."""

    LINE = "always"
    FIT = "where they fit"
    BLOCK = "never"


class Bare(Enum):
    """What a key may hold that needs no more words."""

    TEXT = "text"
    FILLED = "text with numbers for `{parameters}`"
    NUMBER = "a whole number"
    RANGE = "a whole number, or two as in `8 to 12`"
    FLAG = "`yes` or `no`"
    DATE = "a date"
    TEXTS = "a list of text"


class Of(Enum):
    """What a name is the name of, as people are told when there is no such thing."""

    SOURCE = "source"
    GROUP = "movement group"
    CATEGORY = "category"
    MOVEMENT = "performed as"
    TARGET = "referral target"
    RULE = "rule"
    EXERCISE = "exercise"
    CAUTION = "caution"
    CLEARANCE = "clearance"
    LIMIT = "limit"


DANGLING = {Of.SOURCE: Code.dangling_source, Of.GROUP: Code.dangling_group}
"""What a name of nothing is; a `dangling_target` where none is given."""


@dataclass(frozen=True)
class Shaped:
    """Text of one shape. What is said of another names `{key}` and what was `{found}`."""

    words: str
    shape: re.Pattern[str]
    otherwise: str
    help: str
    code: Code = Code.bad_id


@dataclass(frozen=True)
class OneOf:
    """One word of a closed list: what each word stands for."""

    words: Mapping[str, object]


@dataclass(frozen=True)
class Name:
    """The name of something; `later` is for those that are looked up when all is read."""

    of: Of
    later: bool = False


@dataclass(frozen=True)
class NameList:
    """A list of names."""

    of: Of


@dataclass(frozen=True)
class Nested:
    """A mapping with keys of its own."""

    entry: Entry[Any]


@dataclass(frozen=True)
class Rows:
    """A list of entries. No two may have the same value under `unique`."""

    entry: Entry[Any]
    unique: str = ""
    twice: str = "the {key} {name} is used twice"
    listing: Style = Style.BLOCK


@dataclass(frozen=True)
class Other:
    """What has a reader of its own, such as a condition; `entry` says which keys it may have."""

    words: str
    entry: Entry[Any] | None = None


@dataclass(frozen=True)
class ByName:
    """A mapping from names to entries, which has a reader of its own."""

    words: str
    entry: Entry[Any]


EMPTY: Mapping[Bare, object] = {
    Bare.TEXT: "",
    Bare.FILLED: "",
    Bare.NUMBER: 0,
    Bare.RANGE: None,
    Bare.FLAG: False,
    Bare.DATE: "",
    Bare.TEXTS: (),
}
Holds = Bare | Shaped | OneOf | Name | NameList | Nested | Rows | Other | ByName


@dataclass(frozen=True)
class Key:
    """A key: what it holds, whether it must be there, and what it is for.

    `default` is the word meant without it; with `none` a text that is not said is None. It is read
    only where the entry's deciding key has one of the words in `only`. `lay` is how a list or
    mapping is laid out, `attr` what the model calls it.
    """

    name: str
    holds: Holds
    says: str
    required: bool
    default: str = ""
    only: tuple[str, ...] = ()
    lay: Style | None = None
    attr: str = ""
    none: bool = False

    @cached_property
    def said_as(self) -> str:
        """What the model calls it."""
        return self.attr or self.name

    @cached_property
    def unsaid(self) -> Mapping[str, object]:
        """What is meant where it is left out, by what the model calls it; maybe nothing at all."""
        match self.holds:
            case Bare() as plain:
                return {self.said_as: None if self.none else EMPTY[plain]}
            case Shaped() | Name():
                return {self.said_as: ""}
            case NameList() | Rows():
                return {self.said_as: ()}
            case OneOf() if self.default:
                return {self.said_as: self.meaning(self.default)}
            case _:
                return {}

    def meaning(self, word: str) -> object:
        """Return what a word of its closed list stands for."""
        return self.holds.words[word] if isinstance(self.holds, OneOf) else word


@dataclass(frozen=True)
class Entry(Generic[T]):
    """A mapping: what to call it, what it makes, and its keys in canonical order.

    `by` is the key whose word decides which others are read. With `placed` what it makes is told
    where it stands, with `fills` which parameters its texts name.
    """

    what: str
    makes: Callable[..., T]
    keys: tuple[Key, ...]
    style: Style = Style.BLOCK
    by: str = ""
    placed: bool = False
    fills: bool = False

    def applying(self, word: str) -> Iterator[Key]:
        """Yield the keys that are read where the deciding key has a word."""
        return (key for key in self.keys if not key.only or word in key.only)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of its keys, in order."""
        return tuple(key.name for key in self.keys)

    def key(self, name: str) -> Key:
        """Return a key by its name."""
        return next(key for key in self.keys if key.name == name)


def need(name: str, holds: Holds, says: str, **more: Any) -> Key:  # noqa: ANN401 - as Key takes them
    """Return a key that must be there."""
    return Key(name, holds, says, required=True, **more)


def may(name: str, holds: Holds, says: str, **more: Any) -> Key:  # noqa: ANN401 - as Key takes them
    """Return a key that may be left out."""
    return Key(name, holds, says, required=False, **more)


def listing(
    what: str, name: str, row: Entry[T], says: str, unique: str = "id"
) -> Entry[dict[str, T]]:
    """Return the entry of a file that is one list; it makes what is listed, by `unique`."""

    def makes(**said: tuple[T, ...]) -> dict[str, T]:
        return {getattr(one, unique): one for one in said[name]}

    return Entry(what, makes, (need(name, Rows(row, unique), says),))


def in_order(what: str, name: str, row: Entry[T], says: str) -> Entry[tuple[T, ...]]:
    """Return the entry of a file that is one list; it makes what is listed, in order."""

    def makes(**said: tuple[T, ...]) -> tuple[T, ...]:
        return said[name]

    return Entry(what, makes, (need(name, Rows(row), says),))


def member(enum: type[E]) -> OneOf:
    """Return the closed list of an enum's members, by name in lower case."""
    return OneOf({member.name.lower(): member for member in enum})


def by_value(enum: type[E]) -> OneOf:
    """Return the closed list of an enum's members, by their values."""
    return OneOf({str(member.value): member for member in enum})


TEXT, FILLED, NUMBER, RANGE, FLAG, DATE, TEXTS = Bare
ID = Shaped(
    "an id",
    re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*"),
    "bad id {found}",
    "ids are lower-case letters, digits, and `_` or `-` between them",
)
