"""From the text of figure files to figures: what they show, in poses with every field known."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from collections.abc import Mapping as Named
from dataclasses import dataclass, field
from typing import TypeVar

from screening.diagnostics import Code, Problems, Span, quoted, suggestion
from screening.load.mapping_reader import Fields, shape
from screening.load.tree import Node, Sequence, Text, parse
from screening.model.figure import (
    SIDES,
    Arrow,
    BackShape,
    Contact,
    Figure,
    Panel,
    Pose,
    Reach,
    Thing,
    Triple,
)
from screening.schema.figures import (
    ARROW,
    FIGURE,
    FIGURES,
    LIMBS,
    MEASURES,
    POSE,
    REACHES,
    SAID,
    TARGET,
    THING,
    TRUNK,
    WORDS,
    Read,
)
from screening.schema.keys import Entry

FOLDER = "figures"
DECIMAL = re.compile(r"[+-]?[0-9]{1,4}(\.[0-9]{1,3})?")
NONE = "null"
SIDED = (*LIMBS, *WORDS, *REACHES)
FEET, HANDS, LAYERS = ("flat", "free", "toes"), ("fist", "open", "flat"), ("front", "behind")
LEGAL = {"foot": FEET, "hand": HANDS, "layer": LAYERS}
LIMB = {"hand_to": "hand", "foot_to": "foot"}
STANDING = (Contact("feet", 0.0),)


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What figures may name: points, contacts and kinds of things, and what can be shown."""

    points: Collection[str]
    contacts: Collection[str]
    things: Collection[str]
    shown: Collection[str]


def read_figures(
    texts: Named[str, str], words: KnownWords, problems: Problems
) -> tuple[Figure, ...]:
    """Return the figures in some files, noting all that is wrong with them."""
    trees = (parse(text, name, problems) for name, text in texts.items())
    files = [Fields.of(tree, problems, FIGURES.what) for tree in trees if tree is not None]
    reader = _FigureReader(words, problems)
    for file in files:
        if file is not None:
            reader.poses.update(reader.named(file, "poses"))
            file.asked["figures"] = None
            file.done()
    for file in files:
        if file is not None:
            for name, node in reader.named(file.quiet, "figures").items():
                reader.figure(name, node)
    return tuple(reader.found.values())


T = TypeVar("T")
Raw = dict[str, Node]


@dataclass
class _FigureReader:
    """Reads figures one after another; those that are wrong are noted and left out."""

    words: KnownWords
    problems: Problems
    poses: Raw = field(default_factory=dict)
    found: dict[str, Figure] = field(default_factory=dict)

    def named(self, file: Fields, key: str) -> Raw:
        """Return what stands under a key, by name."""
        inner = file.mapping(key) if key in file.node.by_key else None
        return {} if inner is None else inner.node.by_key

    def fields(self, node: Node, entry: Entry[Read]) -> Fields | None:
        """Return the fields of a mapping, with the keys that an entry does not have noted."""
        fields = Fields.of(node, self.problems, entry.what)
        if fields is not None:
            fields.done(entry.names)
        return fields

    def figure(self, name: str, node: Node) -> None:
        """Read one figure."""
        fields = self.fields(node, FIGURE)
        if fields is None:
            return
        if name in self.found:
            self.problems.add(Code.duplicate_id, node.at, f"the figure `{name}` is there twice")
        shows = tuple(self._shown(text) for text in fields.texts("shows", required=True))
        before = fields.text("mirrors")
        if before:
            self._mirrored(name, before, shows, fields)
            return
        panels = self._panels(fields)
        self.found[name] = Figure(
            id=name,
            shows=shows,
            panels=panels,
            view=self.number(fields, "view"),
            pitch=self.number(fields, "pitch"),
            things=self._things(fields, "things"),
            arrows=tuple(self._arrows(fields)),
            leans=fields.flag("leans"),
            icon=fields.text("icon"),
            says=fields.text("says"),
            at=node.at,
        )

    def _shown(self, text: Text) -> str:
        self.known(text.value, self.words.shown, "exercise or question", text.at)
        return text.value

    def known(self, name: str, legal: Collection[str], what: str, at: Span) -> None:
        """Note a name that there is not."""
        if name not in legal:
            message = f"no {what} {quoted(name)}"
            self.problems.add(Code.dangling_target, at, message, suggestion(name, legal))

    def _mirrored(self, name: str, other: str, shows: tuple[str, ...], fields: Fields) -> None:
        self.known(other, self.found, "figure before this one", fields.value_place("mirrors"))
        if other in self.found:
            one, says = self.found[other], fields.text("says")
            self.found[name] = Figure(
                name, shows, one.panels, one.view, one.pitch, one.things, one.arrows, one.leans,
                not one.mirrored, one.icon, says, fields.node.at,
            )  # fmt: skip

    def _panels(self, fields: Fields) -> tuple[Panel, ...]:
        names = [name for name in ("start", "end") if name in fields.node.by_key]
        if not names:
            self.problems.add(Code.missing_key, fields.node.at, "the key `end` is missing")
        shapes = [self._shape(text) for text in fields.texts("back")]
        shapes += [BackShape.ANY] * (len(names) - len(shapes))
        return tuple(
            Panel(
                name,
                self.pose(fields.node.by_key[name]),
                back,
                self._things(fields, f"{name}_things"),
            )
            for name, back in zip(names, shapes, strict=False)
        )

    def _shape(self, text: Text) -> BackShape:
        legal = {one.value: one for one in BackShape}
        if text.value not in legal:
            message = f"`back` cannot be {quoted(text.value)}"
            self.problems.add(Code.bad_word, text.at, message, suggestion(text.value, legal))
        return legal.get(text.value, BackShape.ANY)

    def pose(self, node: Node) -> Pose:
        """Return a pose with what it takes over from others."""
        fields = self.fields(node, POSE)
        raw = {} if fields is None else self._whole(fields, ())
        number = {k: self._number(v, k) for k, v in raw.items() if k in TRUNK}
        number |= dict(_by_side(raw, tuple(LIMBS), self._number))
        words = dict(_by_side(raw, tuple(WORDS), self._word))
        reaches = {
            f"{LIMB[key[:-2]]}{key[-2:]}": reach
            for key, reach in _by_side(raw, tuple(REACHES), self._reach)
        }
        return Pose(
            angles=number,
            words=words,
            rests=self._rests(raw["rest_on"]) if "rest_on" in raw else STANDING,
            reaches=reaches,
            at=self._number(raw["at"], "at") if "at" in raw else None,
            grip=self._numbers(raw["grip"], 2)[:2] if "grip" in raw else None,  # type: ignore[arg-type]
            says=raw["says"].value if isinstance(raw.get("says"), Text) else "",  # type: ignore[union-attr]
        )

    def _whole(self, fields: Fields, above: tuple[str, ...]) -> Raw:
        """Return the keys of a pose on top of those of the pose it changes.

        What is said of both sides takes the place of what was said of one; `null` takes away.
        """
        raw: Raw = {}
        parent = fields.text("from")
        if parent:
            self.known(parent, self.poses, "pose", fields.value_place("from"))
            if parent in self.poses and parent not in above:
                inner = self.fields(self.poses[parent], POSE)
                raw = {} if inner is None else self._whole(inner, (*above, parent))
        for key, value in fields.node.by_key.items():
            for mark in SIDES if key in SIDED else ():
                raw.pop(f"{key}_{mark}", None)
            raw[key] = value
        gone = [
            key for key, value in raw.items() if isinstance(value, Text) and value.value == NONE
        ]
        for key in (*gone, "from"):
            raw.pop(key, None)
        return raw

    def _word(self, node: Node, key: str) -> str:
        legal = LEGAL[key]
        value = node.value if isinstance(node, Text) else ""
        if value not in legal:
            message = f"`{key}` cannot be {quoted(value)}"
            self.problems.add(Code.bad_word, node.at, message, suggestion(value, legal))
        return value

    def _rests(self, node: Node) -> tuple[Contact, ...]:
        pairs = node.items if isinstance(node, Sequence) else ()
        return tuple(self._contact(pair) for pair in pairs if isinstance(pair, Sequence))

    def _contact(self, pair: Sequence) -> Contact:
        name, *height = pair.items
        value = name.value if isinstance(name, Text) else ""
        self.known(value, self.words.contacts, "contact", name.at)
        point = value if value in self.words.contacts else "feet"
        return Contact(point, self._number(height[0], "height") if height else 0.0)

    def _reach(self, node: Node, _key: str) -> Reach:
        fields = self.fields(node, TARGET)
        if fields is None:
            return Reach("", (0.0, 0.0, 0.0))
        by = fields.text("by")
        if by:
            self.known(by, self.words.points, "point of the body", fields.value_place("by"))
        floor = self.number(fields, "floor") if "floor" in fields.node.by_key else None
        pole = self._triple(fields, "pole") if "pole" in fields.node.by_key else None
        known = by if by in self.words.points else ""
        return Reach(known, self._triple(fields, "xyz"), floor, fields.flag("exact"), pole)

    def _triple(self, fields: Fields, key: str) -> Triple:
        node = fields.get(key, required=True)
        found = () if node is None else self._numbers(node, 3)
        x, y, z = (*found, 0.0, 0.0, 0.0)[:3]
        return x, y, z

    def number(self, fields: Fields, key: str) -> float:
        """Return a number that may have decimals; 0 where there is none."""
        node = fields.get(key)
        return 0.0 if node is None else self._number(node, key)

    def _number(self, node: Node, key: str) -> float:
        if isinstance(node, Text) and DECIMAL.fullmatch(node.value):
            return float(node.value)
        found = quoted(node.value) if isinstance(node, Text) else shape(node)
        self.problems.add(Code.bad_number, node.at, f"`{key}` must be a number, found {found}")
        return 0.0

    def _numbers(self, node: Node, most: int) -> tuple[float, ...]:
        items = node.items if isinstance(node, Sequence) else (node,)
        return tuple(self._number(item, "a measure") for item in items[:most])

    def _things(self, fields: Fields, key: str) -> tuple[Thing, ...]:
        return tuple(filter(None, map(self._thing, fields.items(key))))

    def _thing(self, node: Node) -> Thing | None:
        fields = self.fields(node, THING)
        if fields is None:
            return None
        kind = fields.text("is", required=True)
        self.known(kind, self.words.things, "thing that can be drawn", fields.value_place("is"))
        given = fields.node.by_key
        numbers = {k: self._numbers(given[k], n) for k, n in MEASURES.items() if k in given}
        words = {key: fields.text(key) for key in SAID[1:] if key in given}
        line = tuple(self._numbers(one, 3) for one in fields.items("pts"))
        return Thing(kind, numbers, words, line) if kind in self.words.things else None

    def _arrows(self, fields: Fields) -> Iterator[Arrow]:
        for node in fields.items("arrows"):
            inner = self.fields(node, ARROW)
            if inner is None:
                continue
            by, given = inner.text("by"), inner.node.by_key
            if by:
                self.known(by, self.words.points, "point of the body", inner.value_place("by"))
            ends = {k: self._numbers(given[k], 3) for k in ("a", "b", "shift") if k in given}
            yield Arrow(
                by=by if by in self.words.points else "",
                shift=ends.get("shift", (0.0, 0.0)),
                bend=self.number(inner, "bend"),
                start=ends.get("a", ()),
                end=ends.get("b", ()),
                last=inner.text("in") == "end",
            )


def _by_side(
    raw: Raw, names: tuple[str, ...], read: Callable[[Node, str], T]
) -> Iterator[tuple[str, T]]:
    """Yield what is said of each side: what is said of it alone, else what is said of both."""
    for name in names:
        for mark in SIDES:
            node = raw.get(f"{name}_{mark}", raw.get(name))
            if node is not None:
                yield f"{name}_{mark}", read(node, name)
