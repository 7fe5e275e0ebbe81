"""From an interview saved by an earlier version, a JSON draft, to the events of a case."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from screening.diagnostics import Code, Diagnostic, Problems, Span
from screening.errors import BadInputError, ScreeningError
from screening.interview.recall import OPEN
from screening.interview.session import Order
from screening.load.source import decode, read_bytes
from screening.model.question import Value
from screening.model.vocabularies import ASKED_UNKNOWNS
from screening.records.event import (
    Answered,
    CaseEvent,
    Closed,
    Kept,
    Listed,
    Skipped,
    Started,
    Unsure,
    Withdrawn,
)

FORMAT = "draft/1"
HELP = "the file is left as it is; move it away, or restore a copy"


class Damaged(ScreeningError):  # noqa: N818 - what is wrong, as in diagnostics
    """A draft holds what no interview wrote."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An interview as an earlier version saved it: its name, whose it is, and what was said."""

    case: str
    client: str
    events: tuple[CaseEvent, ...]


def drafts_in(folder: Path) -> tuple[Path, ...]:
    """Return the drafts in a folder, in order of name."""
    return tuple(sorted(folder.glob("*.json")))


def load_draft(path: Path) -> Draft:
    """Return a draft.

    Raises:
        BadInputError: when it cannot be read back; the file is left alone.

    """
    problems = Problems()
    raw = read_bytes(path, str(path), problems)
    text = None if raw is None else decode(raw, str(path), problems)
    if text is None:
        raise _damaged(path, problems.found[0].message)
    try:
        return _draft(_printable(json.loads(text)))
    except (Damaged, ValueError, RecursionError) as error:
        raise _damaged(path, str(error) if isinstance(error, Damaged) else "not JSON") from error


def _damaged(path: Path, reason: str) -> BadInputError:
    message = f"the draft cannot be read back: {reason}"
    return BadInputError((Diagnostic(Code.damaged_draft, message, Span(str(path)), HELP),))


def _printable(tree: object) -> object:
    """Return the tree, when every text in it can be shown as it is; ours always can."""
    if isinstance(tree, str) and not tree.isprintable():
        raise Damaged("it holds characters no interview writes")
    for part in (*tree, *tree.values()) if isinstance(tree, dict) else ():
        _printable(part)
    for part in tree if isinstance(tree, list) else ():
        _printable(part)
    return tree


def _draft(tree: object) -> Draft:
    match tree:
        case {
            "format": "draft/1",
            "case": str(case),
            "client": str(client),
            "status": str(status),
            "order": "adaptive" | "fixed" as order,
            "knowledge": {"digest": str(digest)},
            "entries": list(entries),
            "set_aside": list(aside),
        }:
            started = Started(Order(order).value, digest, FORMAT)
            before = (Withdrawn("", f"set aside earlier: {_text(said)}") for said in aside)
            closed = () if status == OPEN else (Closed(status),)
            return Draft(case, client, (started, *before, *map(_entry, entries), *closed))
    raise Damaged(f"it is not of the form `{FORMAT}`")


def _entry(item: object) -> CaseEvent:
    match item:
        case {"answer": str(name), "value": value, "asked": str(asked), "said": str(said)}:
            return Answered(name, _value(value), asked, said)
        case {"unsure": str(name), "value": str(word), "asked": str(asked), "said": str(said)} if (
            word in ASKED_UNKNOWNS
        ):
            return Unsure(name, ASKED_UNKNOWNS[word], asked, said)
        case {"skip": str(name)}:
            return Skipped(name)
        case {"programme": list(programme), "other": list(other), "more": bool(more)}:
            return Listed(tuple(map(_text, programme)), tuple(map(_text, other)), more)
        case {"keep": str(rule)}:
            return Kept(rule)
    raise Damaged("an entry is none an interview writes")


def _value(value: object) -> Value:
    if isinstance(value, str):
        return ASKED_UNKNOWNS.get(value, value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise Damaged("an answer is neither text nor a whole number")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Damaged("a list holds something other than text")
    return value
