"""Interviews an author for a question, an exercise or a source: an entry of a file."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from screening.model.conclusion_forms import Form, Slot
from screening.model.kinds import Scale, how
from screening.model.knowledge import KnowledgeBase
from screening.model.question import WHOLE
from screening.model.vocabularies import Kind, Level
from screening.scaffold.conclusion_forms import fill, offers
from screening.scaffold.entry_forms import (
    EXERCISE_ASKED,
    GROUPS_ASKED,
    QUESTION_ASKED,
    SOURCE_ASKED,
)
from screening.scaffold.new_rule import identifier
from screening.scaffold.phrases import Offer
from screening.scaffold.prompts import Author, on_scale, sentence, word, yes
from screening.write import Plain
from screening.write.disk import files_of

KINDS = tuple(
    Offer(kind.value, how(kind).meaning) for kind in sorted(Kind, key=lambda k: how(k).offered)
)
HARDEST = 3
LARGEST = 10**6


class NewEntry(NamedTuple):
    """An entry for a list in a file; `file` is below the knowledge directory."""

    file: Path
    key: str
    id: str
    says: dict[str, Plain]


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
    name = _new_id(author, "A name for it, in a word or two: ", [*knowledge.questions])
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
    return NewEntry(file, "questions", name, says | ({"help": more} if more else {}))


def ask_exercise(author: Author, knowledge: KnowledgeBase, root: Path) -> NewEntry:
    """Return the exercise an author describes."""
    file = _file(author, root, "exercises", "Listed with which others? ")
    called = knowledge.exercise_names
    while (name := sentence(author, "The exercise: ")).lower() in called:
        author.say(f"That is `{called[name.lower()]}` already.")
    taken = [*knowledge.exercises]
    key = identifier(name, "_")
    if not key or key in taken:
        key = _new_id(author, "A name for it that is not taken: ", taken)
    says: dict[str, Plain] = {"id": key, "name": name}
    says |= fill(author, knowledge, Form("", EXERCISE_ASKED))
    directions = knowledge.pack.directions
    if directions:
        author.say("How much it loads each direction: 0 not at all, 3 the most.")
        slots = tuple(Slot(d, f"{d} (0-3): ", "number", high=HARDEST) for d in directions)
        says["demands"] = fill(author, knowledge, Form("", slots))
    return NewEntry(file, "exercises", key, says)


def _file(author: Author, root: Path, folder: str, prompt: str) -> Path:
    """Ask for one of the files of a folder."""
    below = [file.relative_to(root) for file in files_of(root)]
    files = [Offer(f.stem, f.as_posix()) for f in below if f.parts[0] == folder]
    if not files:
        return Path(folder, f"{folder}.yaml")
    return Path(folder, word(author, prompt, files) + ".yaml")


def _new_id(author: Author, prompt: str, taken: list[str]) -> str:
    while True:
        name = identifier(sentence(author, prompt), "_")
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
