"""Between events and their canonical bytes: one event has one text, and only that text is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import get_args

from screening.records.aead import SALT
from screening.records.errors import UnreadableError
from screening.records.event import Concluded, Event, Printed
from screening.storage.codec import Tree, UnreadableTreeError, from_tree, object_of

KINDS: Mapping[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}
BLOCK = 512  # bytes; every answer to every question is as long as any other
REPORT = 1 << 15  # bytes of a conclusion or a report, or eight times as many, and so on
BEFORE = 128  # bytes of a block in stores of version 1


def encode(event: Event) -> bytes:
    """Return an event's canonical bytes: JSON with sorted keys, filled up with spaces.

    >>> from screening.records.event import Skipped
    >>> encode(Skipped("age")).rstrip()
    b'{"event":"Skipped","question":"age"}'
    """
    raw = _canonical({"event": type(event).__name__, **object_of(event)})
    return raw.ljust(_size(event, len(raw)))


def _canonical(tree: dict[str, Tree]) -> bytes:
    return json.dumps(tree, sort_keys=True, separators=(",", ":")).encode()


def _size(event: Event, least: int) -> int:
    """Return how long an event is made, so that its length says as little as can be of it."""
    if not isinstance(event, Concluded | Printed):
        return least + -least % BLOCK
    size = REPORT
    while size < least:
        size *= 8
    return size


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
    text = _canonical(tree)
    if raw.rstrip(b" ") != text:
        raise UnreadableError("it is not written as this program writes it")
    try:
        if tree.keys() <= {"event", *(field.name for field in fields(kind))}:
            found = from_tree(kind, tree, defaults=True)
            if len(raw) in {_size(found, len(text)), len(text) + -len(text) % BEFORE}:
                return found
    except UnreadableTreeError as error:
        raise UnreadableError(f"it is no whole `{kind.__name__}`") from error
    raise UnreadableError(f"it is no whole `{kind.__name__}`")


def own_event(body: bytes) -> Event | None:
    """Return an event of the store's own, which is not sealed; None where it is none."""
    try:
        return decode(body[SALT:])
    except UnreadableError:
        return None
