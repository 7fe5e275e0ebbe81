"""From mappings to what the schema says they make; what a schema cannot say is read by hand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, TypeVar, cast

from screening.diagnostics import Code, Problems, quoted, suggestion
from screening.errors import assert_never
from screening.load.mapping_reader import Fields
from screening.load.parameters import filled
from screening.load.tree import Mapping as MappingNode
from screening.load.tree import Node
from screening.model.terms import Parameter
from screening.model.vocabularies import Word
from screening.schema.keys import (
    DANGLING,
    Bare,
    ByName,
    Entry,
    Key,
    Name,
    NameList,
    Nested,
    Of,
    OneOf,
    Other,
    Rows,
    Shaped,
)

T = TypeVar("T")
Hand: TypeAlias = "Callable[[Fields, Any], object]"


@dataclass
class Reader:
    """Reads entries by their schema. Names of a kind that is not `known` are taken as they are.

    `hands` finish what an entry makes, by what the entry is called: they read what the schema
    leaves to them, and may note more. `used` are the parameters that texts have named, in order.
    """

    problems: Problems
    hands: Mapping[str, Hand] = field(default_factory=dict)
    known: Mapping[Of, Collection[str]] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    used: list[str] = field(default_factory=list)

    def file(self, node: Node, entry: Entry[T]) -> T:
        """Return what a file makes; of what is no mapping, with that noted, what nothing makes."""
        fields = Fields.of(node, self.problems, entry.what)
        return self._blank(node, entry) if fields is None else self.entry(fields, entry)

    def entry(self, fields: Fields, entry: Entry[T]) -> T:
        """Return what a mapping makes; missing and unknown keys, and odd values, are noted."""
        before = len(self.used)
        said = self._said(fields, entry)
        if entry.placed:
            said["at"] = fields.node.at
        if entry.fills:
            said["parameters"] = tuple(dict.fromkeys(self.used[before:]))
        made = entry.makes(**said)
        hand = self.hands.get(entry.what)
        return made if hand is None else cast("T", hand(fields, made))

    def _said(self, fields: Fields, entry: Entry[T]) -> dict[str, object]:
        """Return what the keys of a mapping say, by what the model calls them."""
        said: dict[str, object] = {}
        keys, names = entry.keys, entry.names
        if entry.by:
            decides = entry.key(entry.by)
            word = _word(fields, decides)
            said[decides.said_as] = decides.meaning(word)
            keys = tuple(entry.applying(word))
            names = tuple(key.name for key in keys)
        if entry.fills:  # the numbers of what is nested, such as a dose, are named first
            keys = tuple(sorted(keys, key=lambda key: not isinstance(key.holds, Nested)))
        present = fields.node.by_key
        for key in keys:
            if key.name not in present and not key.required:
                said.update(key.unsaid)
            elif isinstance(key.holds, Other | ByName):
                fields.get(key.name, required=key.required)
            elif key.name != entry.by:
                value = self._value(fields, key)
                said[key.said_as] = (value or None) if key.none else value
        fields.done(names)
        return said

    def _value(self, fields: Fields, key: Key) -> object:  # noqa: C901, PLR0911, PLR0912 - one case a kind
        name, required = key.name, key.required
        match key.holds:
            case Bare.TEXT:
                return fields.text(name, required=required)
            case OneOf():
                return key.meaning(_word(fields, key))
            case Shaped() as shaped:
                return _shaped(fields, key, shaped)
            case Name(of, later):
                return (
                    fields.text(name, required=required) if later else self._name(fields, key, of)
                )
            case NameList(of):
                return self._names(fields, name, of)
            case Nested(entry):
                inner = fields.mapping(name, required=required)
                return (
                    self._blank(fields.node, entry) if inner is None else self.entry(inner, entry)
                )
            case Rows() as rows:
                return self._rows(fields, key, rows)
            case Bare.FILLED:
                return self._filled(fields, key)
            case Bare.NUMBER:
                return fields.number(name, required=required)
            case Bare.RANGE:
                return fields.range(name, required=required)
            case Bare.FLAG:
                return fields.flag(name)
            case Bare.DATE:
                return fields.date(name, required=required)
            case Bare.TEXTS:
                return fields.words(name, required=required)
            case Other() | ByName():
                raise TypeError(name)
            case _ as never:
                assert_never(never)

    def _blank(self, node: Node, entry: Entry[T]) -> T:
        """Return what an empty mapping makes; nothing is noted of it."""
        empty = MappingNode({}, (), node.event, node.origin)
        quiet = replace(self, problems=Problems(), hands={}, used=[])
        return quiet.entry(Fields(empty, quiet.problems), entry)

    def _filled(self, fields: Fields, key: Key) -> str:
        text, at = fields.text(key.name, required=key.required), fields.value_place(key.name)
        whole, names = filled(text, at, self.parameters, self.problems)
        self.used.extend(name for name in names if name in self.parameters)
        return whole

    def _name(self, fields: Fields, key: Key, of: Of) -> str:
        name = fields.text(key.name, required=key.required)
        legal = self.known.get(of)
        if name and legal is not None and name not in legal:
            code = DANGLING.get(of, Code.dangling_target)
            message, help_ = f"no {of.value} {quoted(name)}", suggestion(name, legal)
            self.problems.add(code, fields.value_place(key.name), message, help_)
        return name

    def _names(self, fields: Fields, key: str, of: Of) -> tuple[str, ...]:
        names, legal = fields.texts(key), self.known.get(of)
        for name in names:
            if legal is not None and name.value not in legal:
                code = DANGLING.get(of, Code.dangling_target)
                message, help_ = (
                    f"no {of.value} {quoted(name.value)}",
                    suggestion(name.value, legal),
                )
                self.problems.add(code, name.at, message, help_)
        return tuple(name.value for name in names)

    def _rows(self, fields: Fields, key: Key, rows: Rows) -> tuple[object, ...]:
        """Return the entries of a list; of those with the same name the first."""
        found: dict[object, object] = {}
        for inner in fields.mappings(key.name, rows.entry.what, required=key.required):
            made = self.entry(inner, rows.entry)
            if not rows.unique:
                found[len(found)] = made
                continue
            name = getattr(made, rows.entry.key(rows.unique).said_as)
            if name in found:
                shown = quoted(name.word if isinstance(name, Word) else name)
                message = rows.twice.format(key=rows.unique, name=shown)
                self.problems.add(Code.duplicate_id, inner.value_place(rows.unique), message)
            elif name != "":
                found[name] = made
        return tuple(found.values())


def _word(fields: Fields, key: Key) -> str:
    if not isinstance(key.holds, OneOf):
        raise TypeError(key.name)
    return fields.word(key.name, key.holds.words, default=key.default)


def _shaped(fields: Fields, key: Key, shaped: Shaped) -> str:
    """Return text of one shape; text of another is noted, and stays."""
    value = fields.text(key.name, required=key.required)
    if value and not shaped.shape.fullmatch(value):
        message = shaped.otherwise.format(key=key.name, found=quoted(value))
        fields.problems.add(shaped.code, fields.value_place(key.name), message, shaped.help)
    return value
