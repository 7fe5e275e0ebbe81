"""From the files of a knowledge base to the same with another name for one thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from screening.diagnostics import Problems, quoted
from screening.errors import MisuseError
from screening.load.files import RENAMED, WAIVERS
from screening.load.tree import Mapping as MappingNode
from screening.load.tree import Sequence, Text, parse
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.model.logic_digest import rule_logic
from screening.model.rule import Rule
from screening.mutation.operators import mutants_of
from screening.scaffold.same_meaning import differing
from screening.scaffold.things import PackThing, file_of, rules_named
from screening.schema.keys import ID
from screening.schema.library import STATEMENT_ID
from screening.write import Plain, form_of, with_entry, with_key
from screening.write.mentions import Path
from screening.write.renaming import Renaming, found_in, with_names, with_values, without
from screening.write.whole_pack import PackTexts

KEPT_NAMES = {Sort.QUESTION: "question", Sort.EXERCISE: "exercise"}
APART = (
    (Sort.FINDING, Sort.QUESTION, Sort.PARAMETER),
    (Sort.QUESTION, Sort.LIST),
    (Sort.FINDING, Sort.STAGE, Sort.LIMIT, Sort.CATEGORY, Sort.EXERCISE, Sort.CLEARANCE),
)
"""The sorts whose ids must differ: a condition, or `--why`, takes any of them."""
NEWLY = "It has another name."


@dataclass(frozen=True)
class RenamePlan:
    """The files after a renaming, how often each names the thing, and which reviews stay."""

    thing: PackThing
    new: str
    before: PackTexts
    after: PackTexts
    named: Mapping[str, int]
    moved: Mapping[str, str]
    reviews: tuple[str, ...]
    knowledge: KnowledgeBase


def plan_rename(
    files: PackTexts, knowledge: KnowledgeBase, thing: PackThing, new: str
) -> RenamePlan:
    """Return what a renaming would write, which is the same in meaning.

    Raises:
        MisuseError: when the new name is none, or something of the sort has it.
        BadInputError: when the files would make no knowledge.

    """
    _free(knowledge, thing, new)
    rules = rules_named(knowledge, thing, new)
    lists = frozenset(knowledge.tick_lists)
    renaming = Renaming(thing.sort, thing.id, new, thing.of, rules, lists)
    texts, named = _renamed(files, renaming)
    moved = _moved(files, thing, new)
    for old, path in moved.items():
        texts[path] = texts.pop(old)
    texts.update(_remembered(files.with_texts(texts), thing, new))
    gone = dict.fromkeys(old for old in moved)
    first = files.with_texts({**gone, **texts})
    made = first.loaded()
    reviews = dict(_reviews(knowledge, made, first, rules))
    waivers = _waivers(knowledge, made, first, rules)
    after = first.with_texts({**reviews, **waivers})
    return RenamePlan(
        thing, new, files, after, named, moved, tuple(reviews), _same(knowledge, after, thing, new)
    )


def _free(knowledge: KnowledgeBase, thing: PackThing, new: str) -> None:
    """See that a name can be given to a thing."""
    shape = {Sort.STATEMENT: STATEMENT_ID.shape}.get(thing.sort, ID.shape)
    if thing.sort is not Sort.SOURCE and not shape.fullmatch(new):
        raise MisuseError(f"bad id {quoted(new)}: {ID.help}")
    if not new or new.split() != [new]:
        raise MisuseError(f"{quoted(new)} is no name: one word is needed")
    if thing.of:
        taken = knowledge.questions[thing.of].words
        what = f"an answer of `{thing.of}`" if new in taken else ""
    else:
        apart = [thing.sort, *(s for sorts in APART if thing.sort in sorts for s in sorts)]
        what = next((f"a {s.value}" for s in apart if new in knowledge.named(s)), "")
    if what:
        raise MisuseError(f"{quoted(new)} is {what} already; another name is needed")


def _renamed(files: PackTexts, renaming: Renaming) -> tuple[dict[str, str], dict[str, int]]:
    """Return the files that name a thing with the new name, and how often each does."""
    texts, named = {}, {}
    wanted = (renaming.old, *renaming.rules)
    for name, text in files.texts.items():
        path = PurePosixPath(name)
        if any(word in text for word in wanted):
            found = found_in(text, str(files.root / name), path, renaming)
            if found:
                texts[name] = with_names(text, path, found, renaming)
                named[name] = len(found)
    return texts, named


def _moved(files: PackTexts, thing: PackThing, new: str) -> dict[str, str]:
    """Return the file that gets another name with what it holds, if there is one."""
    old = None if thing.of else file_of(thing, dict(files.texts))
    return {} if old is None else {old: f"{old.rpartition('/')[0]}/{new}.yaml"}


def _remembered(files: PackTexts, thing: PackThing, new: str) -> Iterator[tuple[str, str]]:
    """Yield the file of older names with this one: old intakes and tables still name it."""
    if thing.sort not in KEPT_NAMES:
        return
    text = files.texts.get(RENAMED, "")
    if text:
        text = without(text, PurePosixPath(RENAMED), frozenset(_outdated(text, thing, new)))
    key = "renamed" if thing.of else "called"
    text = text if text.strip() not in ("", "{}") else f"{key}: []\n"
    row: Plain = (
        {"question": thing.of, "answer": thing.id, "now": [f"{thing.of} is {new}"], "why": NEWLY}
        if thing.of
        else {"of": KEPT_NAMES[thing.sort], "was": thing.id, "now": new}
    )
    yield RENAMED, with_entry(text, RENAMED, key, row, form_of(PurePosixPath(RENAMED)))


def _outdated(text: str, thing: PackThing, new: str) -> Iterator[Path]:
    """Yield the rows of a name that something has again."""
    tree = parse(text, RENAMED, Problems())
    key = "renamed" if thing.of else "called"
    rows = tree.by_key.get(key) if isinstance(tree, MappingNode) else None
    wanted = (
        {"question": thing.of, "answer": new}
        if thing.of
        else {"of": KEPT_NAMES[thing.sort], "was": new}
    )
    for place, row in enumerate(rows.items if isinstance(rows, Sequence) else ()):
        said = row.by_key if isinstance(row, MappingNode) else {}
        values = {name: one.value for name, one in said.items() if isinstance(one, Text)}
        if wanted.items() <= values.items():
            yield key, place


def _reviews(
    before: KnowledgeBase, after: KnowledgeBase, files: PackTexts, rules: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the files of reviewed rules whose digest only the name has changed."""
    for rule in before.written_rules:
        new = after.rules[rules.get(rule.id, rule.id)]
        if rule.review.by and rule.review.stands and rule_logic(rule) != rule_logic(new):
            name = file_of(PackThing(Sort.RULE, new.id), dict(files.texts))
            if name is not None:
                yield name, _signed(files.texts[name], name, new)


def _signed(text: str, name: str, rule: Rule) -> str:
    review = rule.review
    says = {"due": review.due, "by": review.by, "on": review.on, "logic": rule_logic(rule)}
    plain = {key: str(value) for key, value in says.items() if value}
    return with_key(text, name, "review", dict(plain), form_of(PurePosixPath(name)))


def _waivers(
    before: KnowledgeBase, after: KnowledgeBase, files: PackTexts, rules: Mapping[str, str]
) -> dict[str, str]:
    """Return the file of waivers with the mutants as they are called now, in the same order."""
    names: dict[tuple[str, str], str] = {}
    for rule in {waiver.rule for waiver in before.waivers}:
        new = rules.get(rule, rule)
        was = mutants_of(before.rules[rule], before)
        now = mutants_of(after.rules[new], after)
        names.update({(new, a.name): b.name for a, b in zip(was, now, strict=True)})
    text = files.texts.get(WAIVERS)
    if text is None:
        return {}
    tree = parse(text, WAIVERS, Problems())
    rows = tree.by_key.get("waivers") if isinstance(tree, MappingNode) else None
    values: dict[Path, str] = {}
    for place, row in enumerate(rows.items if isinstance(rows, Sequence) else ()):
        said = row.by_key if isinstance(row, MappingNode) else {}
        of, mutant = said.get("rule"), said.get("mutant")
        if isinstance(of, Text) and isinstance(mutant, Text):
            name = names.get((of.value, mutant.value), mutant.value)
            if name != mutant.value:
                values["waivers", place, "mutant"] = name
    return {WAIVERS: with_values(text, PurePosixPath(WAIVERS), values)} if values else {}


def _same(before: KnowledgeBase, files: PackTexts, thing: PackThing, new: str) -> KnowledgeBase:
    """Return the knowledge of some files, which says what it said before."""
    after = files.loaded()
    odd = differing(before, after, frozenset({thing.id, new}))
    if odd:
        raise AssertionError(f"the renaming changes what is said: {', '.join(odd)}")
    return after
