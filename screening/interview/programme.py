"""From the names of exercises to the catalogue: matched, or offered a few near ones."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from screening.diagnostics import Problems
from screening.errors import BadInputError
from screening.interview.reply import plain
from screening.load.intake import exercise_names
from screening.load.mapping_reader import Fields
from screening.load.name_matching import folded, spellings
from screening.load.source import decode, read_bytes
from screening.load.tree import parse
from screening.model.knowledge import KnowledgeBase

SHOWN = 3
NEAR = 0.6  # looser than for ids: these are offered to a person, never taken
LONGEST = 200  # characters of a name that are kept


@dataclass(frozen=True, slots=True)
class Near:
    """A name the catalogue lacks, and the exercises it may stand for, nearest first."""

    name: str
    exercises: tuple[str, ...]


def find_exercise(knowledge: KnowledgeBase, name: str) -> str | Near:
    """Return the exercise a name or alias means in any spelling, or what is near."""
    names = exercise_names(knowledge)
    said = plain(name)
    exercise = names.get(said) or spellings(names).get(folded(said))
    if exercise is not None:
        return exercise
    close = difflib.get_close_matches(said[:LONGEST], names, n=9, cutoff=NEAR)
    inside = (known for known in names if _shares(known, said))
    near = dict.fromkeys(names[known] for known in (*close, *inside))
    return Near(" ".join(name.split())[:LONGEST], tuple(near)[:SHOWN])


def _shares(known: str, said: str) -> bool:
    """Tell whether one name is made of words of the other."""
    ours, theirs = set(known.replace("_", " ").split()), set(said.split())
    return bool(theirs) and (ours <= theirs or theirs <= ours)


def read_programme(path: Path) -> tuple[str, ...]:
    """Return the names in a programme file, in order.

    A text file has one name a line; bullets are left off and `#` starts a comment line. A
    `.yaml` or `.json` file has the list under `programme`.

    Raises:
        BadInputError: when it cannot be read.

    """
    problems = Problems()
    raw = read_bytes(path, str(path), problems)
    text = None if raw is None else decode(raw, str(path), problems)
    names: tuple[str, ...] = ()
    if text is not None and path.suffix in {".yaml", ".yml", ".json"}:
        names = _listed(text, str(path), problems)
    elif text is not None:
        names = tuple(_lines(text.splitlines()))
    if problems.errors:
        raise BadInputError(problems.sorted())
    return names


def _lines(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        name = line.strip().lstrip("-*\N{BULLET}").strip()
        if name and not name.startswith("#"):
            yield name


def _listed(text: str, shown: str, problems: Problems) -> tuple[str, ...]:
    tree = parse(text, shown, problems)
    fields = None if tree is None else Fields.of(tree, problems, "a programme")
    if fields is None:
        return ()
    names = fields.words("programme") + fields.words("other_exercises")
    fields.get("programme", required=True)
    fields.done()
    return names
