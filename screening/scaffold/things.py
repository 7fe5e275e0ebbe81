"""From a name somebody types to the one thing of a knowledge base that has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from screening.diagnostics import quoted, suggestion
from screening.errors import MisuseError, UnknownTargetError
from screening.model.ids import Sort
from screening.model.kinds import how
from screening.model.knowledge import KnowledgeBase

DOT = "."
FOLDERS = {Sort.RULE: "rules", Sort.CASE: "cases"}  # one file each, named after it


class PackThing(NamedTuple):
    """A thing that has an id; an answer is one of the question `of`."""

    sort: Sort
    id: str
    of: str = ""

    @property
    def words(self) -> str:
        """What it is, and its name."""
        if self.of:
            return f"answer `{self.id}` of `{self.of}`"
        return f"{self.sort.value} `{self.id}`"


def thing_called(knowledge: KnowledgeBase, name: str, kind: str | None) -> PackThing:
    """Return the thing with a name; `kind` decides where several have it.

    Raises:
        UnknownTargetError: when nothing has it, or it belongs to what another thing makes.
        MisuseError: when several things have it.

    """
    found = [one for one in _called(knowledge, name) if kind in (None, one.sort.value)]
    if not found:
        raise UnknownTargetError(_unknown(knowledge, name, kind))
    if len(found) > 1:
        kinds = " and a ".join(one.sort.value for one in found)
        help_ = f"say which, as in `--kind {found[0].sort.value}`"
        raise MisuseError(f"{quoted(name)} is a {kinds}; {help_}")
    return found[0]


def _called(knowledge: KnowledgeBase, name: str) -> Iterator[PackThing]:
    """Yield the things of a name; an answer is named `question.answer`."""
    written = {rule.id for rule in knowledge.rules.values() if not rule.cell}
    for sort in Sort:
        if name in (written if sort is Sort.RULE else knowledge.named(sort)):
            yield PackThing(sort, name)
    question, dot, answer = name.partition(DOT)
    asked = knowledge.questions.get(question) if dot else None
    if asked is not None and answer in asked.words and how(asked.kind).answers is None:
        yield PackThing(Sort.QUESTION, answer, question)


def _unknown(knowledge: KnowledgeBase, name: str, kind: str | None) -> str:
    """Return what is said of a name that no thing has: whose it is, or the nearest."""
    question, _, answer = name.partition(DOT)
    asked = knowledge.questions.get(question)
    if asked is not None and answer in asked.words:
        return f"the answers of a {asked.kind.value} question have fixed names"
    if name in knowledge.rules:
        owner = name.partition(DOT)[0]
        return f"{quoted(name)} is made from {quoted(owner)}\n  help: name {quoted(owner)} instead"
    sorts = [sort for sort in Sort if kind in (None, sort.value)]
    made = {rule.id for rule in knowledge.rules.values() if rule.cell}
    known = [one for sort in sorts for one in knowledge.named(sort) if one not in made]
    if asked is not None:
        known = [f"{question}.{one}" for one in asked.words]
    what = f"no {kind} is" if kind else "nothing is"
    return f"{what} called {quoted(name)}\n  help: {suggestion(name, known)}"


def file_of(thing: PackThing, texts: dict[str, str]) -> str | None:
    """Return the file that is named after a thing; None for what shares a file with others."""
    folder = FOLDERS.get(thing.sort)
    below = (name for name in texts if folder and name.startswith(f"{folder}/"))
    return next((name for name in below if name.endswith(f"/{thing.id}.yaml")), None)


def rules_named(knowledge: KnowledgeBase, thing: PackThing, new: str) -> dict[str, str]:
    """Return the new names of a rule, or of the rules made from a thing, by their old ones."""
    return {} if thing.of else dict(_made_from(knowledge, thing, new))


def _made_from(knowledge: KnowledgeBase, thing: PackThing, new: str) -> Iterator[tuple[str, str]]:
    if thing.sort is Sort.RULE:
        yield thing.id, new
    for rule in knowledge.rules.values():
        if not rule.cell:
            continue
        owner, _, part = rule.id.partition(DOT)
        if thing.sort in (Sort.EXERCISE, Sort.CAUTION) and owner == thing.id:
            yield rule.id, f"{new}.{part}"
        elif thing.sort is Sort.FINDING and part == thing.id:
            yield rule.id, f"{owner}.{new}"
