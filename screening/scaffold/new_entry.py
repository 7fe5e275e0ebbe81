"""Interviews an author for a question, an exercise or a source: an entry of a list in a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from screening.model.conclusion_forms import Form, Slot
from screening.model.kinds import Scale, how
from screening.model.knowledge import KnowledgeBase
from screening.model.question import WHOLE
from screening.model.vocabularies import Kind, Level
from screening.scaffold import keeping
from screening.scaffold.ask_keys import KeyTalk
from screening.scaffold.conclusion_forms import fill, offers
from screening.scaffold.conditions import ConditionTalk
from screening.scaffold.entry_forms import (
    GROUPS_ASKED,
    QUESTION_ASKED,
    SOURCE_ASKED,
)
from screening.scaffold.new_rule import identifier
from screening.scaffold.phrases import Offer
from screening.scaffold.prompts import Author, on_scale, sentence, word, yes
from screening.scaffold.verdict_table import ask_verdicts
from screening.schema.questions import EXERCISE
from screening.write import Plain
from screening.write.disk import files_of, read_text

KINDS = tuple(
    Offer(kind.value, how(kind).meaning) for kind in sorted(Kind, key=lambda k: how(k).offered)
)
HARDEST = 3
YES_OR_NO = ["yes", "no"]  # the answers of a question that can sum others up
VALID = "How long an answer counts: session, 4 weeks, always (empty: as in its topic): "
SUMS = "It asks about which others at once (empty: none)? "
MEASURED = "Who measured that (empty: nobody, it is an estimate)? "
EXERCISE_PROMPTS = {
    "aliases": "Another name (empty: end): ",
    "category": "Category (may stay empty): ",
}
NOT_ASKED = frozenset(
    {
        *("id", "name", "demands", "measured", "verdicts", "equipment"),
        *("slot", "rung", "per_side", "own_only"),
    }
)
"""What is asked for by itself, and what only sessions need."""
LARGEST = 10**6


class NewEntry(NamedTuple):
    """An entry for a list in a file; `file` is below the knowledge directory.

    It stands before the one named, else at the end. `then` is what the rule that it waits for
    concludes.
    """

    file: Path
    key: str
    id: str
    says: dict[str, Plain]
    before: str = ""
    then: Mapping[str, Plain] = MappingProxyType({})


def ask_source(author: Author, knowledge: KnowledgeBase, root: Path) -> NewEntry:
    """Return the source an author describes."""
    del root
    while (key := sentence(author, "Short key, such as LONG04: ")) in knowledge.sources:
        author.say(f"`{key}` exists: {knowledge.sources[key].citation}. Another key, please.")
    says = {"key": key, **fill(author, knowledge, Form("", SOURCE_ASKED))}
    return NewEntry(Path("sources.yaml"), "sources", key, says)


def ask_question(author: Author, knowledge: KnowledgeBase, root: Path) -> NewEntry:
    """Return the question an author describes."""
    file = _file(author, root, "questions", "Asked with which others? ")
    name = new_id(author, "A name for it, in a word or two: ", [*knowledge.questions])
    says: dict[str, Plain] = {"id": name, **fill(author, knowledge, Form("", QUESTION_ASKED))}
    kind = Kind(word(author, "What is answered? ", KINDS))
    says["kind"] = kind.value
    if how(kind).answers is None:
        answers = _answers(author)
        says["answers"] = [{"id": one.written, "say": one.words} for one in answers]
        says["harmless"] = word(author, "Which raises no concern? ", answers)
    elif how(kind).scale is not None:
        says |= _range(author, how(kind).scale or WHOLE)
    elif how(kind).movement:
        says |= fill(author, knowledge, Form("", GROUPS_ASKED))
    if yes(author, "Can an answer be a reason to refer?"):
        level = word(author, "At most how soon? ", offers(knowledge, "levels"))
        says["safety"] = Level[level.upper()].word
    more = sentence(author, "Help for `?` (may stay empty): ", optional=True)
    says |= _when_asked(author, knowledge, [*(how(kind).answers or ())] == YES_OR_NO)
    before = _place(author, knowledge, root, file)
    return NewEntry(file, "questions", name, says | ({"help": more} if more else {}), before)


def _when_asked(author: Author, knowledge: KnowledgeBase, may_sum: bool) -> dict[str, Plain]:  # noqa: FBT001 - read once
    """Return when a question is asked, how long its answer counts, and what it sums up."""
    talk = ConditionTalk(author, knowledge)
    only_if = talk.ask("Asked only when (empty: always)? ", optional=True)
    valid = keeping.line(author, VALID, "", keeping.validity, optional=True)
    asked = tuple(offers(knowledge, "questions"))
    sums = keeping.several(author, SUMS, asked) if may_sum and asked else []
    said: dict[str, Plain] = {"only_if": only_if or "", "valid": valid, "sums_up": list(sums)}
    return {key: value for key, value in said.items() if value}


def _place(author: Author, knowledge: KnowledgeBase, root: Path, file: Path) -> str:
    """Return before which question of its topic it is asked; empty for the last place."""
    text = read_text(root / file) if (root / file).exists() else ""
    asked = [one for one in offers(knowledge, "questions") if f"id: {one.written}" in text]
    if not asked:
        return ""
    return keeping.one_of(author, "Asked before which (empty: last)? ", asked, optional=True)


def ask_exercise(author: Author, knowledge: KnowledgeBase, root: Path) -> NewEntry:
    """Return the exercise an author describes."""
    file = _file(author, root, "exercises", "Listed with which others? ")
    called = knowledge.exercise_names
    while (name := sentence(author, "The exercise: ")).lower() in called:
        author.say(f"That is `{called[name.lower()]}` already.")
    taken = [*knowledge.exercises]
    key = identifier(name, "_")
    if not key or key in taken:
        key = new_id(author, "A name for it that is not taken: ", taken)
    says: dict[str, Plain] = {"id": key, "name": name}
    says |= KeyTalk(author, knowledge, EXERCISE_PROMPTS).ask(EXERCISE, says, NOT_ASKED)
    directions = knowledge.pack.directions
    if directions:
        author.say("How much it loads each direction: 0 not at all, 3 the most.")
        slots = tuple(Slot(d, f"{d} (0-3): ", "number", high=HARDEST) for d in directions)
        says["demands"] = fill(author, knowledge, Form("", slots))
        rows = KeyTalk(author, knowledge, {}).evidence(MEASURED, None, optional=True)
        says |= {"measured": rows} if rows else {}
    says |= ask_verdicts(author, knowledge)
    return NewEntry(file, "exercises", key, says)


def _file(author: Author, root: Path, folder: str, prompt: str) -> Path:
    """Ask for one of the files of a folder."""
    below = [file.relative_to(root) for file in files_of(root)]
    files = [Offer(f.stem, f.as_posix()) for f in below if f.parts[0] == folder]
    if not files:
        return Path(folder, f"{folder}.yaml")
    return Path(folder, word(author, prompt, files) + ".yaml")


def new_id(author: Author, prompt: str, taken: list[str], joint: str = "_") -> str:
    """Return a new id made of what an author says."""
    while True:
        name = identifier(sentence(author, prompt), joint)
        if name and name not in taken:
            return name
        author.say(f"`{name}` exists; another name, please." if name else "Letters are needed.")


def _range(author: Author, scale: Scale) -> dict[str, Plain]:
    """Ask for the numbers that can be answered, their unit, and one that raises no concern."""
    first = on_scale(author, "Lowest number: ", scale, (scale.first, LARGEST - 1))
    low = scale.read(first) or scale.first
    last = on_scale(author, "Highest number: ", scale, (low + 1, LARGEST))
    unit = sentence(author, "Unit, such as weeks: ") if scale.digits else ""
    high = scale.read(last) or LARGEST
    harmless = on_scale(author, "The number that raises no concern: ", scale, (low, high))
    ends: dict[str, Plain] = {"from": scale.write(low), "to": scale.write(high)}
    return {**ends, **({"unit": unit} if unit else {}), "harmless": harmless}


def _answers(author: Author) -> list[Offer]:
    """Ask for at least two answers, each in words."""
    found: list[Offer] = []
    while True:
        prompt = f"Answer {len(found) + 1}" + (" (empty: end): " if found[1:] else ": ")
        said = sentence(author, prompt, optional=bool(found[1:]))
        if not said:
            return found
        name = identifier(said, "_")
        if name and all(name != one.written for one in found):
            found.append(Offer(name, said))
        else:
            author.say("Another answer, please: this one has no letters or is there already.")
