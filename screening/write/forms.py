"""How each kind of knowledge file is laid out: the order of its keys, and what stays on a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from screening.model.conclusion_forms import canonical_keys
from screening.schema import files
from screening.schema.keys import ByName, Entry, Key, Nested, Other, Rows, Style
from screening.schema.questions import CONDITION as A_CONDITION
from screening.schema.rules import CONCLUSIONS


@dataclass(frozen=True)
class Form:
    """How a value is laid out.

    `keys` are in their canonical order, each with the form of its value; other keys follow in the
    order written. `rest` is the form of list items and of other keys; without it they are laid
    out as what holds them.
    """

    mapping: Style = Style.FIT
    listing: Style = Style.FIT
    keys: Mapping[str, Form] = field(default_factory=dict)
    rest: Form | None = None

    def of(self, key: str) -> Form:
        """Return the form of the value of a key; of an item of a list when it is empty."""
        return self.keys.get(key) or self.rest or self

    def in_order(self, keys: Iterable[str]) -> list[str]:
        """Return keys in canonical order.

        >>> row("id title").in_order(["note", "title", "id"])
        ['id', 'title', 'note']
        """
        order = {key: place for place, key in enumerate(self.keys)}
        return sorted(keys, key=lambda key: order.get(key, len(order)))


LINE = Form(Style.LINE, Style.LINE)
FIT = Form()
BLOCK = Form(Style.BLOCK, Style.BLOCK)


def row(keys: str) -> Form:
    """Return the form of a mapping that stands on one line, with these keys."""
    return Form(Style.LINE, Style.LINE, dict.fromkeys(keys.split(), LINE))


def each(entry: Form, listing: Style = Style.BLOCK) -> Form:
    """Return the form of a list of entries, or of one such entry alone."""
    return Form(entry.mapping, listing, entry.keys, entry)


CONDITION = Form(keys={"count": FIT, "of": FIT})
CONCLUSION = row(" ".join(canonical_keys()))


def form(entry: Entry[Any]) -> Form:
    """Return the form of an entry: that of each key follows from what it holds."""
    if entry.style is Style.LINE:
        return row(" ".join(key.name for key in entry.keys))
    return Form(entry.style, entry.style, {key.name: _held(key) for key in entry.keys}, FIT)


def _held(key: Key) -> Form:
    """Return the form of what a key holds."""
    if key.lay is not None:
        return Form(key.lay, key.lay)
    match key.holds:
        case Nested(entry) | Other(entry=Entry() as entry):
            return form(entry)
        case Rows(entry, listing=style):
            return each(form(entry), style)
        case ByName(entry=entry):
            return Form(Style.BLOCK, rest=form(entry))
        case Other() as other:
            return BY_HAND.get(other, FIT)
        case _:
            return FIT


BY_HAND = {A_CONDITION: CONDITION, CONCLUSIONS: each(CONCLUSION)}
FILES = {name: form(entry) for name, entry in files.FILES.items() if name != "safety"}
FOLDERS = {name: form(entry) for name, entry in files.FOLDERS.items()}
RULE = FOLDERS["rules"]
OTHER = Form(Style.BLOCK, Style.BLOCK, rest=Form(Style.BLOCK, Style.BLOCK, rest=FIT))


def form_of(path: PurePath) -> Form:
    """Return the form of a file by its path below the knowledge directory.

    >>> form_of(PurePath("rules/avoid/a.yaml")) is RULE, form_of(PurePath("pack.yaml")) is RULE
    (True, False)
    """
    by_name = FOLDERS if len(path.parts) > 1 else FILES
    return by_name.get(PurePath(path.parts[0]).stem, OTHER)
