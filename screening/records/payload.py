"""Between events and their canonical bytes: one event has one text, and only that text is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import get_args

from screening.records.errors import UnreadableError
from screening.records.event import Event
from screening.storage.codec import Tree, UnreadableTreeError, from_tree, object_of

KINDS: Mapping[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}
BLOCK = 128  # bytes; a sealed yes is as long as a sealed no


def encode(event: Event) -> bytes:
    """Return an event's canonical bytes: JSON with sorted keys, filled up with spaces.

    >>> from screening.records.event import Skipped
    >>> encode(Skipped("age")).rstrip()
    b'{"event":"Skipped","question":"age"}'
    """
    return _canonical({"event": type(event).__name__, **object_of(event)})


def _canonical(tree: dict[str, Tree]) -> bytes:
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
    try:
        if tree.keys() <= {"event", *(field.name for field in fields(kind))}:
            return from_tree(kind, tree, defaults=True)
    except UnreadableTreeError as error:
        raise UnreadableError(f"it is no whole `{kind.__name__}`") from error
    raise UnreadableError(f"it is no whole `{kind.__name__}`")
