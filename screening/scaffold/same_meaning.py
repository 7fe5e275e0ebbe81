"""Whether two knowledge bases say the same but for the name of one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum

from screening.diagnostics import Span
from screening.model.case_library import Waiver
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Review

WORD = re.compile(r"[^\s.{}]+")
BESIDE = {
    KnowledgeBase: frozenset({"digest", "drawings", "renamed", "called"}),
    Review: frozenset({"logic", "stands"}),
    Waiver: frozenset({"mutant"}),
}
"""What a renaming changes by itself: digests, texts of drawings, and what is written of it."""


def differing(
    before: KnowledgeBase, after: KnowledgeBase, names: frozenset[str]
) -> tuple[str, ...]:
    """Return the parts that say something else after some names became one; none where all is so.

    >>> from screening.model.expr import Is
    >>> [*_parts(Is("a", "yes"), frozenset("ab"))] == [*_parts(Is("b", "yes"), frozenset("ab"))]
    True
    """
    found = []
    for one in fields(KnowledgeBase):
        if one.compare and one.name not in BESIDE[KnowledgeBase]:
            was, now = (getattr(base, one.name) for base in (before, after))
            if _same(was, names) != _same(now, names):
                found.append(one.name)
    return tuple(found)


def _same(value: object, names: frozenset[str]) -> object:
    """Return a value with all of some names taken for one; order of names is no meaning."""
    match value:
        case Span():
            return None
        case str():
            return WORD.sub(lambda found: "·" if found[0] in names else found[0], value)
        case Enum() | int() | None:
            return value
        case Mapping():
            return {_same(key, names): _same(one, names) for key, one in value.items()}
        case tuple() | frozenset() | list():
            return [_same(one, names) for one in value]
        case _ if is_dataclass(value):
            return [type(value).__name__, *_parts(value, names)]
    raise TypeError(f"no meaning for {value!r}")


def _parts(value: object, names: frozenset[str]) -> Iterator[object]:
    if not is_dataclass(value):
        return
    left_out = BESIDE.get(type(value), frozenset())
    for one in fields(value):
        if one.compare and one.name not in left_out:
            yield _same(getattr(value, one.name), names)
