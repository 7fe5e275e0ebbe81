"""From text to a tree of mappings, lists and text, each with its place. Nothing is re-typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import yaml

from screening.diagnostics import Code, Problems, Span, quoted
from screening.load.source import FORBIDDEN, LINE_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH_LIMIT = 32
JSON_ESCAPE = re.compile(
    r"\\u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})|\\."
)
LEADING_TAB = re.compile(r"^ *\t")
Event: TypeAlias = Any  # the stubs of PyYAML leave the attributes of events out
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TOO_DEEP = "exceeded maximum nesting depth"  # libyaml 0.2.6 gives up some 1,000 levels ahead of us


@dataclass(frozen=True)
class Origin:
    """The text a tree comes from; turns an event's marks into a place when one is needed."""

    shown: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines, counted as YAML counts them."""
        return LINE_BREAK.split(self.text)

    def span(self, event: Event) -> Span:
        """Return the place of an event."""
        start, end = event.start_mark, event.end_mark
        line = self.lines[start.line] if start.line < len(self.lines) else ""
        same = end.line == start.line
        length = end.column - start.column if same else len(line) - start.column
        return Span(self.shown, start.line + 1, start.column + 1, max(1, length), line)


class Text(NamedTuple):
    """A scalar, exactly as written."""

    value: str
    event: Event
    origin: Origin

    @property
    def at(self) -> Span:
        """Where it stands."""
        return self.origin.span(self.event)

    @property
    def start(self) -> int:
        """How many characters come before it."""
        return int(self.event.start_mark.index)

    @property
    def end(self) -> int:
        """How many characters come before what follows it."""
        return int(self.event.end_mark.index)


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    event: Event
    origin: Origin

    @property
    def at(self) -> Span:
        """Where it begins."""
        return self.origin.span(self.event)

    @property
    def start(self) -> int:
        """How many characters come before it."""
        return int(self.event.start_mark.index)


class Mapping(NamedTuple):
    """A mapping, in the order written, keys unique."""

    by_key: dict[str, Node]
    keys: tuple[Text, ...]
    event: Event
    origin: Origin

    @property
    def at(self) -> Span:
        """Where it begins."""
        return self.origin.span(self.event)

    @property
    def start(self) -> int:
        """How many characters come before it."""
        return int(self.event.start_mark.index)

    @property
    def entries(self) -> tuple[tuple[Text, Node], ...]:
        """The keys, with their places, and the values."""
        return tuple((key, self.by_key[key.value]) for key in self.keys)

    def place(self, key: str) -> Span:
        """Return the place of a key, or of the mapping."""
        return next((k.at for k in self.keys if k.value == key), self.at)


Node = Text | Sequence | Mapping


def scalars(node: Node) -> Iterator[Text]:
    """Yield the texts of a tree, keys too, in the order written."""
    match node:
        case Text():
            yield node
        case Sequence(items):
            for item in items:
                yield from scalars(item)
        case Mapping():
            for key, value in node.entries:
                yield key
                yield from scalars(value)


class _StopReadingError(Exception):
    """The rest of the text cannot be read in a meaningful way."""


class _Builder:
    """Builds the tree from YAML events, noting what the format does not allow."""

    def __init__(self, origin: Origin, problems: Problems) -> None:
        self.origin = origin
        self.problems = problems

    def node(self, events: Iterator[Event], event: Event, depth: int) -> Node:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                self._plain_only(event)
            if event.style == '"':  # the only style with escapes
                self._visible_only(event)
            return Text(event.value, event, self.origin)
        if depth > DEPTH_LIMIT:
            message = f"values are nested more than {DEPTH_LIMIT} deep"
            self.problems.add(Code.too_deep, self.origin.span(event), message)
            raise _StopReadingError
        if kind is yaml.AliasEvent:
            message = f"`*{event.anchor}` refers to an anchor; write the value out"
            self.problems.add(Code.anchor, self.origin.span(event), message)
            return Text("", event, self.origin)
        self._plain_only(event)
        if kind is yaml.SequenceStartEvent:
            return self._sequence(events, event, depth)
        return self._mapping(events, event, depth)

    def _plain_only(self, event: Event) -> None:
        if event.anchor is not None:
            message = f"the anchor `&{event.anchor}` is not allowed"
            self.problems.add(Code.anchor, self.origin.span(event), message)
        if event.tag is not None and event.tag != "!":
            message = f"the tag {quoted(event.tag)} is not allowed"
            self.problems.add(Code.tag, self.origin.span(event), message)

    def _visible_only(self, event: Event) -> None:
        odd = FORBIDDEN.search(event.value)
        if odd is not None:
            message = f"the text holds a control character (U+{ord(odd.group()):04X})"
            self.problems.add(Code.binary_content, self.origin.span(event), message)

    def _sequence(self, events: Iterator[Event], start: Event, depth: int) -> Sequence:
        items = []
        while type(event := next(events)) is not yaml.SequenceEndEvent:
            items.append(self.node(events, event, depth + 1))
        return Sequence(tuple(items), start, self.origin)

    def _mapping(self, events: Iterator[Event], start: Event, depth: int) -> Mapping:
        values: dict[str, Node] = {}
        keys: dict[str, Text] = {}
        while type(event := next(events)) is not yaml.MappingEndEvent:
            key = self.node(events, event, depth + 1)
            value = self.node(events, next(events), depth + 1)
            if not isinstance(key, Text):
                self.problems.add(Code.wrong_shape, key.at, "a key must be text")
            elif key.value in keys:
                first = keys[key.value].at.line
                message = f"the key {quoted(key.value)} is given twice (first on line {first})"
                self.problems.add(Code.duplicate_key, key.at, message, "remove one of them")
            else:
                keys[key.value] = key
                values[key.value] = value
        return Mapping(values, tuple(keys.values()), start, self.origin)


def parse(text: str, shown: str, problems: Problems) -> Node | None:
    """Return the tree of a text, or None with the reasons noted.

    Text that only breaks a rule of the format (a repeated key, an anchor) is noted and read on,
    so that all of it is reported at once.
    """
    builder = _Builder(Origin(shown, text), problems)
    if shown.endswith(".json"):
        text = _as_yaml(text)
    elif _tabs(builder):
        return None
    before = len(problems.errors)
    try:
        tree = _tree(builder, text)
    except yaml.MarkedYAMLError as error:
        _syntax(builder, error)
        return None
    except (yaml.YAMLError, RecursionError, ValueError):
        problems.add(Code.yaml_syntax, Span(shown), "the text cannot be read")
        return None
    except _StopReadingError:
        return None
    return tree if len(problems.errors) == before else None


def _tree(builder: _Builder, text: str) -> Node | None:
    """Return the tree of a text; what libyaml finds too deep is read far enough to say where."""
    try:
        return _document(builder, yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        if error.problem != TOO_DEEP:
            raise
        return _document(builder, yaml.parse(text, Loader=yaml.SafeLoader))


def _as_yaml(text: str) -> str:
    """Return JSON as YAML 1.1 takes it: no tabs, and no character written as two surrogates."""
    return JSON_ESCAPE.sub(_one_character, text.replace("\t", " "))


def _one_character(escape: re.Match[str]) -> str:
    """Return an escape as YAML writes it (its columns are two fewer); other escapes stay."""
    if escape["high"] is None:
        return escape[0]
    code = 0x10000 + ((int(escape["high"], 16) - 0xD800) << 10) + int(escape["low"], 16) - 0xDC00
    return f"\\U{code:08X}"


def _document(builder: _Builder, events: Iterator[Event]) -> Node | None:
    """Return the one document of a stream."""
    tree: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if tree is not None:
                at = builder.origin.span(event)
                builder.problems.add(Code.several_documents, at, "a second document begins here")
                return None
            tree = builder.node(events, next(events), 1)
    if tree is None:
        builder.problems.add(
            Code.empty_file, Span(builder.origin.shown), "the file has no content"
        )
    return tree


def _tabs(builder: _Builder) -> bool:
    """Note tabs used as indentation."""
    found = False
    for number, line in enumerate(builder.origin.lines, start=1):
        match = LEADING_TAB.match(line)
        if match:
            found = True
            at = Span(builder.origin.shown, number, match.end(), 1, line)
            builder.problems.add(Code.tab_indent, at, "a tab is used to indent", "use spaces")
    return found


def _syntax(builder: _Builder, error: yaml.MarkedYAMLError) -> None:
    """Note text that is not well-formed."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    lines = builder.origin.lines
    last = max((number for number, text in enumerate(lines) if text.strip()), default=0)
    cut = line > last
    if cut:  # the parser gives up after the end; what is missing is missing before it
        line, column = last, len(lines[last])
    at = Span(builder.origin.shown, line + 1, column + 1, 1, lines[line])
    reason = " ".join(part for part in (error.problem, error.context) if part)
    help_ = "the file may be cut off" if cut or line == last else ""
    help_ = help_ or "check brackets, quotes and indentation; text with `: ` or ` #` needs quotes"
    builder.problems.add(Code.yaml_syntax, at, f"not well-formed: {reason}", help_)
