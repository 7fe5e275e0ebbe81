"""What the schema says of knowledge files is what is in them, what is read and what is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.diagnostics import Code, Problems
from screening.load import shipped_knowledge
from screening.load.entries import Reader
from screening.load.tree import Mapping, Node, Sequence, parse
from screening.schema.files import FILES, FOLDERS
from screening.schema.keys import (
    Bare,
    ByName,
    Entry,
    Key,
    Name,
    NameList,
    Nested,
    OneOf,
    Other,
    Rows,
    Shaped,
)
from screening.schema.library import COLUMN_MAP, INTAKE
from screening.write.forms import form
from screening.write.layout import canonical, laid_out, meaning
from screening.write.written import Document, from_plain

PACKS = Path(__file__).parents[1] / "packs"
EMPTY = Path(__file__).parents[2] / "screening" / "scaffold" / "empty"
HOMES = (shipped_knowledge(), EMPTY, *sorted(PACKS.iterdir()))
WORDS = st.from_regex(r"[a-z]{1,8}( [a-z]{1,8})?", fullmatch=True)


def inside(key: Key) -> Entry[Any] | None:
    match key.holds:
        case Nested(entry) | Rows(entry) | ByName(entry=entry) | Other(entry=entry):
            return entry
        case _:
            return None


def reached(entry: Entry[Any]) -> Iterator[Entry[Any]]:
    yield entry
    for key in entry.keys:
        if (inner := inside(key)) is not None:
            yield from reached(inner)


ENTRIES = list(
    {
        id(one): one
        for top in (*FILES.values(), *FOLDERS.values(), INTAKE, COLUMN_MAP)
        for one in reached(top)
    }.values()
)
ALL = pytest.mark.parametrize("entry", ENTRIES, ids=[entry.what for entry in ENTRIES])


def undeclared(node: Node, entry: Entry[Any]) -> Iterator[str]:
    """Yield the keys of a mapping, and of what is inside it, that the schema does not have."""
    if not isinstance(node, Mapping):
        return
    keys = {key.name: key for key in entry.keys}
    for name, value in node.by_key.items():
        if name not in keys:
            yield f"{entry.what}: {name}"
            continue
        inner = inside(keys[name])
        if inner is None:
            continue
        by_name = isinstance(keys[name].holds, ByName) and isinstance(value, Mapping)
        values = value.by_key.values() if by_name and isinstance(value, Mapping) else (value,)
        for one in values:
            for item in one.items if isinstance(one, Sequence) else (one,):
                yield from undeclared(item, inner)


@pytest.mark.parametrize("home", HOMES, ids=lambda home: home.name)
def test_every_key_of_every_file_is_declared(home: Path) -> None:
    files = sorted(home.rglob("*.yaml"))
    assert files
    found: list[str] = []
    for file in files:
        place = PurePosixPath(file.relative_to(home).as_posix())
        by_name = FOLDERS if len(place.parts) > 1 else FILES
        tree = parse(file.read_text("utf-8"), str(place), Problems())
        assert tree is not None
        found += undeclared(tree, by_name[PurePosixPath(place.parts[0]).stem])
    assert found == []


def said(key: Key) -> st.SearchStrategy[Any]:  # noqa: C901, PLR0911 - one case a kind
    """Return what a key may say, as plain text, lists and mappings."""
    match key.holds:
        case Bare.TEXT | Bare.FILLED | Name():
            return WORDS
        case Bare.NUMBER:
            return st.integers(0, 10**6).map(str)
        case Bare.RANGE:
            numbers = st.lists(st.integers(0, 1000), min_size=1, max_size=2).map(sorted)
            return numbers.map(lambda ends: " to ".join(map(str, ends)))
        case Bare.FLAG:
            return st.sampled_from(["yes", "no"])
        case Bare.DATE:
            return st.dates().map(lambda day: day.isoformat())
        case Bare.TEXTS | NameList():
            return st.lists(WORDS, max_size=3)
        case Shaped(shape=shape):
            return st.from_regex(shape, fullmatch=True).filter(str.isprintable)
        case OneOf(words):
            return st.sampled_from([*words])
        case Nested(entry):
            return entries(entry)
        case Rows(entry, unique):
            by = (lambda row: row[unique]) if unique else json.dumps
            return st.lists(entries(entry), min_size=1, max_size=2, unique_by=by)
        case Other() | ByName():  # read by hand, which these tests leave out
            return WORDS


@st.composite
def entries(draw: st.DrawFn, entry: Entry[Any]) -> dict[str, Any]:
    """Draw a mapping that an entry takes, its keys in any order."""
    by = entry.key(entry.by) if entry.by else None
    word = draw(said(by)) if by else ""
    chosen = {by.name: word} if by else {}
    for key in entry.applying(word):
        if key is not by and (key.required or draw(st.booleans())):
            chosen[key.name] = draw(said(key))
    return {name: chosen[name] for name in draw(st.permutations(list(chosen)))}


def read(text: str, entry: Entry[Any]) -> tuple[object, Problems]:
    problems = Problems()
    tree = parse(text, "entry.yaml", problems)
    assert tree is not None, text
    return Reader(problems).file(tree, entry), problems


def laid(entry: Entry[Any], written: dict[str, Any]) -> str:
    return laid_out(Document((), from_plain(written), ()), form(entry))


@ALL
@settings(max_examples=12)
@given(st.data())
def test_what_the_schema_allows_is_read_and_its_canonical_text_says_the_same(
    entry: Entry[Any], data: st.DataObject
) -> None:
    written = data.draw(entries(entry))
    text = json.dumps(written) + "\n"
    made, problems = read(text, entry)
    assert problems.found == []
    again = canonical(text, "entry.yaml", form(entry), problems)
    assert again is not None
    assert read(again, entry)[0] == made
    assert canonical(again, "entry.yaml", form(entry), problems) == again
    order = [key.name for key in entry.keys]
    tree = parse(again, "entry.yaml", problems)
    assert isinstance(tree, Mapping)
    assert meaning(tree) == written
    places = [order.index(key.value) for key in tree.keys]
    assert places == sorted(places)


@ALL
@settings(max_examples=12)
@given(st.data())
def test_a_required_key_that_is_missing_is_noted(entry: Entry[Any], data: st.DataObject) -> None:
    written = data.draw(entries(entry))
    word = written.get(entry.by, "")
    needed = [k.name for k in entry.applying(word) if k.required and k.name != entry.by]
    if not needed:
        return
    gone = data.draw(st.sampled_from(needed))
    del written[gone]
    found = read(json.dumps(written), entry)[1].found
    assert [(d.code, d.message) for d in found] == [
        (Code.missing_key, f"the key `{gone}` is missing")
    ]


@ALL
@settings(max_examples=12)
@given(st.data())
def test_a_key_that_is_not_declared_is_noted_with_the_nearest(
    entry: Entry[Any], data: st.DataObject
) -> None:
    written = data.draw(entries(entry))
    keys = [k.name for k in entry.applying(written.get(entry.by, "")) if len(k.name) > 2]
    key = data.draw(st.sampled_from(keys or [entry.keys[0].name]))
    written[f"{key}z"] = "x"
    problem = next(d for d in read(json.dumps(written), entry)[1].found)
    assert (problem.code, problem.message) == (Code.unknown_key, f"unknown key `{key}z`")
    assert not keys or problem.help == f"did you mean `{key}`?"
