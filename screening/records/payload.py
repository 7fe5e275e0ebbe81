"""Between events and their canonical bytes: one event has one text, and only that text is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import get_args

from screening.model.vocabularies import ASKED_UNKNOWN, Unknown
from screening.records.errors import UnreadableError
from screening.records.event import Event

KINDS: Mapping[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}
BLOCK = 128  # bytes; a sealed yes is as long as a sealed no
UNKNOWNS = {unknown.value: unknown for unknown in ASKED_UNKNOWN}


def encode(event: Event) -> bytes:
    """Return an event's canonical bytes: JSON with sorted keys, filled up with spaces.

    >>> from screening.records.event import Skipped
    >>> encode(Skipped("age")).rstrip()
    b'{"event":"Skipped","question":"age"}'
    """
    written = {field.name: _plain(getattr(event, field.name)) for field in fields(event)}
    return _canonical({"event": type(event).__name__, **written})


def _canonical(tree: dict[str, object]) -> bytes:
    raw = json.dumps(tree, sort_keys=True, separators=(",", ":")).encode()
    return raw.ljust(-len(raw) % BLOCK + len(raw))


def decode(raw: bytes) -> Event:
    """Return the event that canonical bytes stand for.

    A field that an earlier program did not write yet has its default.

    Raises:
        UnreadableError: when they stand for none, or are not canonical.

    """
    try:
        tree = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("it is not JSON") from error
    kind = KINDS.get(str(tree.get("event"))) if isinstance(tree, dict) else None
    if kind is None:
        raise UnreadableError("it is no event this program knows")
    if _canonical(tree) != raw:
        raise UnreadableError("it is not written as this program writes it")
    build: Callable[..., Event] = kind
    types = {field.name: READ[str(field.type)] for field in fields(kind)}
    try:
        return build(**{name: types[name](one) for name, one in tree.items() if name != "event"})
    except (KeyError, TypeError) as error:
        raise UnreadableError(f"it is no whole `{kind.__name__}`") from error


def _plain(value: object) -> object:
    return value.value if isinstance(value, Unknown) else value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_text(item) for item in value)


def _unknown(value: object) -> Unknown:
    return UNKNOWNS[_text(value)]


def _value(value: object) -> str | int | Unknown:
    if isinstance(value, str):
        return UNKNOWNS.get(value, value)
    return _number(value)


READ: Mapping[str, Callable[[object], object]] = {
    "str": _text,
    "int": _number,
    "bool": _flag,
    "tuple[str, ...]": _texts,
    "Unknown": _unknown,
    "Value": _value,
}
"""How a field of an event is read, by its type as written."""
