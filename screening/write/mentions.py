"""From the tree of a knowledge file to every name in it: where it stands, and of what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from screening.errors import assert_never
from screening.load.tree import Mapping, Node, Sequence, Text
from screening.model.conclusion_forms import FORMS
from screening.model.ids import Sort
from screening.model.safety import Each
from screening.schema.files import FILES, FOLDERS
from screening.schema.keys import ByName, Entry, Nested, Other, Rows
from screening.schema.library import INVARIANT
from screening.schema.named import NameForm, NamesHeld, names_held

Path = tuple[str | int, ...]
"""The keys, and the places in lists, that lead to a value of a file."""

SLOTS = {
    "findings": Sort.FINDING,
    "targets": Sort.TARGET,
    "stages": Sort.STAGE,
    "limits": Sort.LIMIT,
    "categories": Sort.CATEGORY,
    "exercises": Sort.EXERCISE,
    "advice": Sort.ADVICE,
    "questions": Sort.QUESTION,
    "clearances": Sort.CLEARANCE,
    "number": Sort.PARAMETER,
}
DERIVED = {"change_of": Sort.QUESTION, "offered": Sort.CATEGORY, "avoided": Sort.CATEGORY}
ASKED_OF = {
    Each.CATEGORY.value: (Sort.CATEGORY,),
    Each.EXERCISE.value: (Sort.EXERCISE,),
    Each.RULE.value: (Sort.RULE,),
    Each.FINDING.value: (Sort.FINDING,),
    Each.WORD.value: (Sort.QUESTION, Sort.FINDING, Sort.ADVICE, Sort.PARAMETER),
    Each.ANSWER.value: (),
}
ONE_ANSWER = " is "


@dataclass(frozen=True, slots=True)
class Mention:
    """A text that may hold names, or a key that is one; `of` is the question of an answer."""

    path: Path
    text: Text
    form: NameForm
    sorts: tuple[Sort, ...] = ()
    of: str = ""
    is_key: bool = False


def schema_of(path: PurePath) -> Entry[Any] | None:
    """Return what a file may say, by its path below the knowledge directory."""
    by_name = FOLDERS if len(path.parts) > 1 else FILES
    return by_name.get(PurePath(path.parts[0]).stem)


def mentions(node: Node, path: PurePath) -> Iterator[Mention]:
    """Yield every mention in a knowledge file, in the order of its keys."""
    entry = schema_of(path)
    return iter(()) if entry is None else _entry(node, entry, (), node)


def _entry(node: Node, entry: Entry[Any], here: Path, around: Node) -> Iterator[Mention]:
    """Yield the mentions in a mapping, or in each of a list; `around` is what holds it."""
    match node:
        case Sequence(items):
            for place, item in enumerate(items):
                yield from _entry(item, entry, (*here, place), around)
        case Mapping():
            keys = {key.name: key for key in entry.keys}
            for name, value in node.entries:
                key = keys.get(name.value)
                if key is None:
                    continue
                below = (*here, name.value)
                held = names_held(entry, key)
                if held is not None:
                    yield from _held(held, value, below, node, around)
                match key.holds:
                    case Nested(inner) | Rows(inner) | Other(entry=Entry() as inner):
                        yield from _entry(value, inner, below, node)
                    case ByName(entry=inner):
                        yield from _each(value, inner, below)
        case Text():
            return


def _each(node: Node, entry: Entry[Any], here: Path) -> Iterator[Mention]:
    if isinstance(node, Mapping):
        for name, value in node.entries:
            yield from _entry(value, entry, (*here, name.value), node)


def _held(  # noqa: C901, PLR0912 - one case a form
    held: NamesHeld, node: Node, here: Path, inside: Mapping, around: Node
) -> Iterator[Mention]:
    """Yield the mentions that a key holds; `inside` is the mapping it stands in."""
    match held.form:
        case NameForm.KEYS:
            for name in node.keys if isinstance(node, Mapping) else ():
                yield _key(name, here, *held.sorts)
        case NameForm.POINTS:
            of = inside.by_key.get("of")
            first = next((one for _, one in _items(of, here)), None) if of is not None else None
            question = first.value if isinstance(first, Text) else ""
            for name in node.keys if isinstance(node, Mapping) else ():
                below = (*here, name.value)
                yield Mention(below, name, NameForm.OWN_ANSWER, of=question, is_key=True)
        case NameForm.ANSWERS:
            for name, value in node.entries if isinstance(node, Mapping) else ():
                yield _key(name, here, Sort.QUESTION, Sort.LIST)
                yield from _texts(value, (*here, name.value), NameForm.OWN_ANSWER, of=name.value)
        case NameForm.CONCLUSIONS:
            for place, one in _items(node, here):
                yield from _conclusion(one, place)
        case NameForm.DERIVED:
            for name, value in node.entries if isinstance(node, Mapping) else ():
                if name.value in DERIVED:
                    sorts = (DERIVED[name.value],)
                    yield from _texts(value, (*here, name.value), NameForm.NAME, sorts)
        case NameForm.OWN_ANSWER:
            yield from _texts(node, here, held.form, of=_said(inside, "id"))
        case NameForm.OWN_ANSWERS:
            for place, one in _items(node, here):
                if isinstance(one, Mapping) and "id" in one.by_key:
                    own = one.by_key["id"]
                    below = (*place, "id")
                    yield from _texts(own, below, NameForm.OWN_ANSWER, of=_said(inside, "id"))
        case NameForm.EXEMPT:
            yield from _exempt(node, here, around)
        case NameForm.NAME | NameForm.CHOICE | NameForm.PHRASE | NameForm.CLAIM | NameForm.BRACES:
            yield from _texts(node, here, held.form, held.sorts)
        case _ as never:
            assert_never(never)


def _items(node: Node, here: Path) -> Iterator[tuple[Path, Node]]:
    """Yield each of a list with its place, or what is no list alone."""
    if isinstance(node, Sequence):
        yield from (((*here, place), one) for place, one in enumerate(node.items))
    else:
        yield here, node


def _texts(
    node: Node, here: Path, form: NameForm, sorts: tuple[Sort, ...] = (), of: str = ""
) -> Iterator[Mention]:
    """Yield every text in a value: of a condition all that it is made of."""
    match node:
        case Text():
            yield Mention(here, node, form, sorts, of)
        case Sequence(items):
            for place, one in enumerate(items):
                yield from _texts(one, (*here, place), form, sorts, of)
        case Mapping():
            for name, value in node.entries:
                yield from _texts(value, (*here, name.value), form, sorts, of)


def _key(name: Text, here: Path, *sorts: Sort) -> Mention:
    return Mention((*here, name.value), name, NameForm.NAME, sorts, is_key=True)


def _conclusion(node: Node, here: Path) -> Iterator[Mention]:
    """Yield the names in one conclusion; a key may be of one sort or another."""
    if not isinstance(node, Mapping):
        return
    heads = [form for form in FORMS.values() if form.head in node.by_key]
    for name, value in node.entries:
        slots = [slot for form in heads for slot in form.slots if slot.key == name.value]
        sorts = tuple(SLOTS[s.kind] for s in slots if isinstance(s.kind, str) and s.kind in SLOTS)
        if sorts:
            yield from _texts(value, (*here, name.value), NameForm.NAME, sorts)


def _exempt(node: Node, here: Path, around: Node) -> Iterator[Mention]:
    """Yield what an invariant is not asked of: a phrase, or one of what it is asked of."""
    each = _said(around, INVARIANT.key("each").name)
    if isinstance(node, Text) and ONE_ANSWER in node.value:
        yield Mention(here, node, NameForm.PHRASE)
    else:
        sorts = ASKED_OF.get(each) or (Sort.QUESTION,)
        yield from _texts(node, here, NameForm.NAME, sorts)


def _said(node: Node, key: str) -> str:
    value = node.by_key.get(key) if isinstance(node, Mapping) else None
    return value.value if isinstance(value, Text) else ""
