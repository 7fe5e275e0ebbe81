"""From the names of exercises to the catalogue: matched, or offered a few near ones."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from screening.interview.reply import plain
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
    names = knowledge.exercise_names
    said = plain(name)
    exercise = knowledge.exercise_called(said)
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
