"""From the files of a knowledge base to the same without one thing, or to what stands on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import PurePosixPath

from screening.diagnostics import Problems, Span
from screening.load.files import RENAMED
from screening.load.tree import Mapping as MappingNode
from screening.load.tree import Node, Sequence, parse
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.model.tick_list import LEAST
from screening.scaffold.lifecycle import record_of
from screening.scaffold.things import PackThing, file_of, rules_named
from screening.schema.named import NameForm
from screening.write import Plain, form_of, with_entry
from screening.write.mentions import Mention, Path
from screening.write.renaming import Renaming, found_in, with_values, without
from screening.write.whole_pack import PackTexts

NOTHING = "\0"  # no name is this
LISTS = frozenset(
    {
        *("by", "covers", "easier", "avoid", "instead", "cautions", "trained_by", "groups"),
        *("sums_up", "programme", "pattern", "must", "must_not", "rules", "not_rules", "where"),
        *("now", "equipment", "items"),
    }
)
"""The lists that say what they said of the others when one name goes."""
KEYS = frozenset({"given", "answers", "assumed", "verdicts"})
OPTIONAL = frozenset({"category", "performed_as"})
ROWS = frozenset({"waivers", "except"})
WHY = "It is asked no more."


class Stands(Enum):
    """How firmly a place stands on a thing."""

    OWN = "it is a part of the thing itself, and goes with it"
    LOOSE = "it says what it said of all else without it"
    FIRM = "it says nothing, or something else, without it"


@dataclass(frozen=True)
class PackUse:
    """A place that names a thing: its file, and how firmly it stands on it."""

    file: str
    mention: Mention
    stands: Stands

    @property
    def at(self) -> Span:
        """Where it is."""
        return self.mention.text.at

    @property
    def where(self) -> str:
        """The keys that lead to it, in words."""
        return ".".join(str(step) for step in self.mention.path if isinstance(step, str))


@dataclass(frozen=True)
class DeletePlan:
    """The files without a thing and all that loosely names it, and every place that named it."""

    thing: PackThing
    before: PackTexts
    after: PackTexts
    uses: tuple[PackUse, ...]

    def standing(self, stands: Stands) -> tuple[PackUse, ...]:
        """Return the places that stand on it in one way."""
        return tuple(use for use in self.uses if use.stands is stands)


def plan_delete(files: PackTexts, knowledge: KnowledgeBase, thing: PackThing) -> DeletePlan:
    """Return what deleting a thing would write, and what names it."""
    rules = dict.fromkeys(rules_named(knowledge, thing, thing.id), NOTHING)
    lists = frozenset(knowledge.tick_lists)
    renaming = Renaming(thing.sort, thing.id, NOTHING, thing.of, rules, lists)
    own = None if thing.of else file_of(thing, dict(files.texts))
    uses: list[PackUse] = []
    texts: dict[str, str | None] = {}
    for name, text in files.texts.items():
        if any(word in text for word in (thing.id, *rules)):
            path = PurePosixPath(name)
            found = found_in(text, str(files.root / name), path, renaming)
            tree = parse(text, name, Problems())
            own_file = own == name
            here = [PackUse(name, m, Stands.OWN if own_file else _stands(m)) for m in found]
            here = _firm(here) if thing.sort is Sort.LIST else here
            uses += here
            if here and tree is not None and own != name:
                texts[name] = _without(text, path, tree, here, renaming)
    if own is not None:
        texts[own] = None
    if thing.sort is Sort.RULE and record_of(thing.id) in files.texts:
        texts[record_of(thing.id)] = None
    texts.update(_asked_no_more(files.with_texts(texts), thing))
    return DeletePlan(thing, files, files.with_texts(texts), tuple(uses))


def _firm(here: list[PackUse]) -> list[PackUse]:
    """Return the uses of a tick list: answers by its name say which items are ticked."""
    return [replace(use, stands=Stands.FIRM) if use.mention.is_key else use for use in here]


def _stands(mention: Mention) -> Stands:
    """Return how firmly a place of a file that others share stands on a thing."""
    *before, last = mention.path
    names = [step for step in mention.path if isinstance(step, str)]
    defines = last in ("id", "key") and mention.form in (NameForm.NAME, NameForm.OWN_ANSWER)
    if defines:
        return Stands.OWN
    if mention.is_key:
        return Stands.LOOSE if names[-2] in KEYS else Stands.FIRM
    if mention.form is NameForm.OWN_ANSWER:
        return Stands.LOOSE if before and before[-1] in KEYS else Stands.FIRM
    if any(name in ROWS for name in names) or names[-1] in OPTIONAL or names[0] == "figures":
        return Stands.LOOSE
    if names[0] == "called":
        return Stands.LOOSE
    listed = isinstance(last, int) and names[-1] in LISTS
    in_condition = mention.form is NameForm.PHRASE and names[-1] not in ("pattern", "now")
    return Stands.LOOSE if listed and not in_condition else Stands.FIRM


def _without(
    text: str, path: PurePosixPath, tree: Node, uses: list[PackUse], renaming: Renaming
) -> str:
    """Return a file without a thing, and without the names of it that may go."""
    values: dict[Path, str] = {}
    gone: set[Path] = set()
    for use in uses:
        said = _left(use.mention, renaming)
        if said and use.stands is Stands.LOOSE:
            values[use.mention.path] = said
        elif use.stands is not Stands.FIRM:
            gone.add(_place(use, tree))
    return without(with_values(text, path, values), path, frozenset(gone))


def _left(mention: Mention, renaming: Renaming) -> str:
    """Return what is left of a text that names more than the thing; empty for nothing."""
    said = mention.text.value
    match mention.form:
        case NameForm.CHOICE:
            new = renaming.text(mention).split(" or ")
            return " or ".join(one for one in new if one != NOTHING)
        case NameForm.CLAIM:
            new = renaming.claim(said).split()
            return "" if NOTHING in new[:-1] else " ".join(new[:-2])
        case _:
            return ""


def _place(use: PackUse, tree: Node) -> Path:
    """Return what is to go with a name: the row it stands in, the item of a list, or its key."""
    path = use.mention.path
    names = [step for step in path if isinstance(step, str)]
    if use.stands is Stands.OWN:
        return path[:-1]
    if names[0] == "figures" and len(_list_at(tree, path[:-1])) == 1:
        return path[:-2]
    if names[0] == "lists" and len(_list_at(tree, path[:-1])) <= LEAST:
        return path[:-2]
    if any(name in ROWS for name in names):
        last = max(place for place, step in enumerate(path) if isinstance(step, int))
        return path[: last + 1]
    return path


def _list_at(tree: Node, path: Path) -> tuple[Node, ...]:
    for step in path:
        if isinstance(tree, MappingNode) and isinstance(step, str):
            tree = tree.by_key[step]
        elif isinstance(tree, Sequence) and isinstance(step, int):
            tree = tree.items[step]
    return tree.items if isinstance(tree, Sequence) else ()


def _asked_no_more(files: PackTexts, thing: PackThing) -> Mapping[str, str]:
    """Return the file of older names with a question or an answer that is gone."""
    if thing.sort is not Sort.QUESTION:
        return {}
    key = "renamed" if thing.of else "called"
    row: Plain = {"of": "question", "was": thing.id}
    if thing.of:
        row = {"question": thing.of, "answer": thing.id, "why": WHY}
    text = files.texts.get(RENAMED, "")
    text = text if text.strip() not in ("", "{}") else f"{key}: []\n"
    return {RENAMED: with_entry(text, RENAMED, key, row, form_of(PurePosixPath(RENAMED)))}
