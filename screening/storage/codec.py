"""Between typed values and JSON: how each type is written, and read back, is told here once.

A dataclass is an object, its keys in the order of its fields; a tuple is a list; a day is its ISO
text; a member of an ordered vocabulary is its word, of any other enumeration its value. Of a
union, the first member that can be read from what is written is meant, enumerations before all.
"""

from __future__ import annotations

import datetime
import types
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from enum import Enum, IntEnum
from functools import cache
from typing import Any, NamedTuple, TypeAlias, TypeVar, Union, cast, get_args, get_origin
from typing import get_type_hints as hints_of

T = TypeVar("T")
Tree: TypeAlias = "bool | int | str | list[Tree] | dict[str, Tree] | None"
Decoder: TypeAlias = Callable[[Tree], Any]
UNREADABLE = (TypeError, ValueError, KeyError)
KEY = "key"


class UnreadableTreeError(ValueError):
    """The JSON stands for no value of the type."""


class Coding(NamedTuple):
    """How a value is written, and how it is read, where its type does not tell."""

    write: Callable[[Any], Tree]
    read: Decoder


@dataclass(frozen=True, slots=True)
class KeptAs:
    """How a field is written, where not under its own name, always, and by its type.

    One that is `added` was not always written: where it is missing it has its default. One that
    is `spared` is left out where it has its default. One that is `hidden` is no part of the JSON.
    A mapping `spread` over these keys has no key of its own: each of them stands in its place.
    """

    name: str = ""
    added: bool = False
    spared: bool = False
    hidden: bool = False
    spread: tuple[str, ...] = ()
    form: Coding | None = None

    @property
    def metadata(self) -> Mapping[str, KeptAs]:
        """It as the metadata of a field."""
        return {KEY: self}


HIDDEN = KeptAs(hidden=True).metadata
SPARED = KeptAs(spared=True).metadata


def tree_of(value: object) -> Tree:
    """Return a value of a type that JSON can hold as JSON.

    >>> tree_of((1, None, datetime.date(2026, 3, 2)))
    [1, None, '2026-03-02']
    """
    match value:
        case IntEnum() | Enum():
            written = _word(value)
        case None | str() | bool() | int():
            written = value
        case Mapping():
            written = {name: tree_of(part) for name, part in value.items()}
        case tuple() | list():
            written = [tree_of(part) for part in value]
        case datetime.date():
            written = value.isoformat()
        case _:
            written = object_of(value)
    return written


def object_of(value: object) -> dict[str, Tree]:
    """Return a dataclass as a JSON object, its keys in the order of its fields."""
    written: dict[str, Tree] = {}
    for one in _parts(cast("Any", type(value))):
        part = getattr(value, one.field)
        if one.key.spread:
            written |= {name: tree_of(part[name]) for name in one.key.spread}
        elif not (one.key.spared and part == one.default):
            written[one.name] = tree_of(part) if one.key.form is None else one.key.form.write(part)
    return written


def from_tree(kind: type[T], tree: Tree, *, defaults: bool = False) -> T:
    """Return the value of a type that JSON stands for; keys of no field are passed over.

    With `defaults` whatever is missing has its default, else only what was added or is spared.

    Raises:
        UnreadableTreeError: when it stands for none.

    """
    try:
        return cast("T", _reader(cast("Any", kind), defaults)(tree))
    except UNREADABLE as error:
        raise UnreadableTreeError("the JSON is not of the form expected") from error


class _Part(NamedTuple):
    """One field of a dataclass: the name of its key, its own, how it is written, its default."""

    name: str
    field: str
    key: KeptAs
    default: object


@cache
def _parts(kind: Any) -> tuple[_Part, ...]:  # noqa: ANN401 - a type
    """Return the fields of a dataclass that are part of the JSON."""
    found = ((field, field.metadata.get(KEY, KeptAs())) for field in fields(kind))
    return tuple(
        _Part(key.name or field.name, field.name, key, _default(field))
        for field, key in found
        if not key.hidden
    )


def _default(field: Field[Any]) -> object:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _word(member: Enum) -> Tree:
    return member.name.lower() if isinstance(member, IntEnum) else cast("Tree", member.value)


@cache
def _reader(kind: Any, defaults: bool) -> Decoder:  # noqa: ANN401, FBT001 - a type; kept by place
    """Return what reads values of a type, and raises one of `UNREADABLE` for all else."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is None:
        return _simple(kind, defaults=defaults)
    readers = [_reader(part, defaults) for part in parts if part is not Ellipsis]
    if origin in {Union, types.UnionType}:
        words_first = sorted(
            zip(parts, readers, strict=True), key=lambda pair: not _words(pair[0])
        )
        return _any_of([reader for _, reader in words_first])
    if origin is tuple:
        return _each(*readers) if Ellipsis in parts else _in_order(readers)
    return lambda tree: {name: readers[1](one) for name, one in _exactly(dict, tree).items()}


def _simple(kind: Any, *, defaults: bool) -> Decoder:  # noqa: ANN401 - a type
    if _words(kind):
        words = {_word(member): member for member in kind}
        return lambda tree: words[_exactly(str, tree)]
    if kind is datetime.date:
        return lambda tree: datetime.date.fromisoformat(_exactly(str, tree))
    if is_dataclass(kind):
        return _object(kind, defaults=defaults)
    return lambda tree: _exactly(kind, tree)


def _words(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _exactly(kind: type[T], tree: Tree) -> T:
    if type(tree) is not kind:
        raise TypeError
    return tree


def _any_of(readers: list[Decoder]) -> Decoder:
    def read(tree: Tree) -> object:
        *others, last = readers
        for one in others:
            with suppress(*UNREADABLE):
                return one(tree)
        return last(tree)

    return read


def _each(reader: Decoder) -> Decoder:
    return lambda tree: tuple(map(reader, _exactly(list, tree)))


def _in_order(readers: list[Decoder]) -> Decoder:
    def read(tree: Tree) -> object:
        parts = zip(readers, _exactly(list, tree), strict=True)
        return tuple(reader(part) for reader, part in parts)

    return read


def _object(kind: Any, *, defaults: bool) -> Decoder:  # noqa: ANN401 - a type
    """Return what reads objects; each field by its form, or else by its type."""
    kinds = hints_of(kind)
    plan, spread = [], []
    for one in _parts(kind):
        form = one.key.form
        if one.key.spread:
            spread.append((one.field, one.key.spread, _reader(kinds[one.field], defaults)))
            continue
        reader = _reader(kinds[one.field], defaults) if form is None else form.read
        added = defaults or one.key.added or one.key.spared
        plan.append((one.name, one.field, reader, added and one.default is not MISSING))

    def read(tree: Tree) -> object:
        found = _exactly(dict, tree)
        whole = {
            at: read({n: found[n] for n in names if n in found}) for at, names, read in spread
        }
        return kind(
            **{at: read(found[name]) for name, at, read, may in plan if not may or name in found},
            **whole,
        )

    return read


FLAG = Coding(int, lambda tree: bool(_exactly(int, tree)))
"""Yes and no as 1 and 0."""
PAIRS = Coding(
    lambda pairs: {name: tree_of(one) for name, one in pairs},
    lambda tree: tuple((name, _exactly(int, one)) for name, one in _exactly(dict, tree).items()),
)
"""Pairs of a name and a number as an object."""
