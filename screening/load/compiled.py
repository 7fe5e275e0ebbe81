"""From a `KnowledgeBase` to bytes and back, much faster than from its files.

The bytes are JSON and hold nothing but texts, numbers, and the model's own types by a number.
Reading them runs no code of theirs, and what is not what this program writes is refused.
Places in files are left out, and so are the examples in rules: neither concludes anything.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Any, TypeAlias

from screening.diagnostics import Span
from screening.load.gc_pause import collector_paused
from screening.model import (
    catalogue,
    expr,
    knowledge,
    pack,
    question,
    rule,
    score,
    session,
    terms,
    tick_list,
    vocabularies,
)
from screening.model.knowledge import KnowledgeBase

FORMAT = "compiled/1"
NOWHERE = Span("")
Json: TypeAlias = "str | int | bool | list[Json] | None"

LIST, MAPPING, PLACE, TYPES = 0, 1, 2, 3
"""What the number at the head of an array says; from `TYPES` on it is one of `KINDS`."""

MODULES = (
    vocabularies,
    score,
    expr,
    question,
    rule,
    session,
    tick_list,
    pack,
    terms,
    catalogue,
    knowledge,
)  # in the order in which they build on each other


def _kinds() -> tuple[type[Any], ...]:
    """Return the model's enumerations and dataclasses, in order of module and name."""
    return tuple(
        kind
        for module in MODULES
        for _, kind in sorted(vars(module).items())
        if isinstance(kind, type)
        and kind.__module__ == module.__name__
        and (issubclass(kind, Enum) or is_dataclass(kind))
    )


KINDS = _kinds()
NUMBERS: Mapping[type[Any], int] = {kind: TYPES + n for n, kind in enumerate(KINDS)}

NO_TEXT: Mapping[type[Any], tuple[int, ...]] = {
    kind: places
    for kind in KINDS
    if is_dataclass(kind)
    and (places := tuple(n for n, f in enumerate(fields(kind)) if f.type == "str | None"))
}
"""The fields that hold a text or nothing, by their places: nothing is written as no text."""


class UnreadableError(Exception):
    """The bytes are not what this program writes."""


KEPT = 2  # of which the last bytes and the last knowledge are kept: a sitting asks often for them


@lru_cache(maxsize=KEPT)
def compiled(knowledge_base: KnowledgeBase) -> bytes:
    """Return a knowledge base as bytes; the same one gives the same bytes."""
    rules = {name: replace(r, examples=()) for name, r in knowledge_base.rules.items()}
    tree = _encoded(replace(knowledge_base, rules=rules, cases={}, statements={}, waivers=()))
    return json.dumps([FORMAT, tree], ensure_ascii=False, separators=(",", ":")).encode()


@lru_cache(maxsize=KEPT)
def from_compiled(raw: bytes) -> KnowledgeBase:
    """Return the knowledge base that `compiled` made these bytes from, without its examples.

    Raises:
        UnreadableError: when `compiled` of this program did not make them.

    """
    with collector_paused():
        try:
            head, tree = json.loads(raw)
            found = _decoded(tree) if head == FORMAT else None
        except (ValueError, TypeError, LookupError, RecursionError) as error:
            raise UnreadableError from error
    if not isinstance(found, KnowledgeBase):
        raise UnreadableError
    return found


def _encoded(value: object) -> Json:
    if isinstance(value, Enum):
        return [NUMBERS[type(value)], value.name]
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Span):
        return [PLACE]
    if isinstance(value, tuple):
        return [LIST, *map(_encoded, value)]
    if isinstance(value, Mapping):
        return [MAPPING, *(_encoded(part) for pair in value.items() for part in pair)]
    if is_dataclass(value):
        parts = [_encoded(getattr(value, field.name)) for field in fields(value)]
        for place in NO_TEXT.get(type(value), ()):
            parts[place] = parts[place] or ""
        return [NUMBERS[type(value)], *parts]
    raise TypeError(f"knowledge holds a {type(value).__name__}, which has no compiled form")


def _decoded(node: Json) -> object:
    """Return what an array stands for.

    Raises:
        LookupError: for a type or a member that does not exist.
        TypeError: for a type with other parts.

    """
    if not isinstance(node, list):
        return node
    number = node[0]
    if number == LIST:
        return tuple(map(_decoded, node[1:]))
    if number == MAPPING:
        parts = iter(list(map(_decoded, node[1:])))
        return dict(zip(parts, parts, strict=True))
    if number == PLACE:
        return NOWHERE
    if not isinstance(number, int) or number < TYPES:
        raise LookupError
    return _made(KINDS[number - TYPES], node[1:])


def _made(kind: type[Any], parts: list[Json]) -> object:
    if issubclass(kind, Enum):
        (name,) = parts
        return kind[str(name)]
    made = [_decoded(part) for part in parts]
    for place in NO_TEXT.get(kind, ()):
        made[place] = made[place] or None
    return kind(*made)
