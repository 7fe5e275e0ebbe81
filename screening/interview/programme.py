"""From the lines of a programme to the exercises of the catalogue: matched, or a few near ones.

Sets, repetitions, loads and rests are no part of a name. One the catalogue lacks stays as it is.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from screening.interview.reply import plain
from screening.model.knowledge import KnowledgeBase

SHOWN = 3
NEAR = 0.6  # looser than for ids: these are offered to a person, never taken
LONGEST = 200  # characters of a name that are kept
BETWEEN = re.compile(r"[;,\t\u2022]|\s[/+]\s")
BULLET = re.compile(r"^\s*(?:[-*\u2022]|[0-9]{1,2}[.)])\s+")
SPAN = r"[0-9]+(?:[.,][0-9]+)?(?:\s*[-\u2013]\s*[0-9]+)?"
TIME = r"(?:s|sec|secs|seconds?|min|mins|minutes?|hours?)"
DOSE = re.compile(
    rf"""(?ix) (?<![\w/])(?:
      \s*{SPAN}\s*(?:x|\u00d7|sets?\s+(?:of|x)?)\s*(?:{SPAN}|amrap|max)\s*(?:{TIME}|reps?|m)?
        (?:\s*(?:x|\u00d7|@)\s*{SPAN}\s*(?:kg|kgs|lb|lbs|%)?)?
    | (?:for|rest|pause)?\s*{SPAN}\s*(?:{TIME}|m|km)\b(?:\s+(?:rest|pause))?
    | @?\s*{SPAN}\s*(?:kgs?|lbs?|%|reps?|sets?|rounds?)
    | (?:@\s*)?rpe\s*{SPAN}
    | (?:per|each)\s+(?:side|leg|arm) | e/s | amrap
    )(?![\w/])"""
)
"""Sets by repetitions, loads, times, rests and efforts, as programmes write them."""


@dataclass(frozen=True, slots=True)
class Near:
    """A name the catalogue lacks, and the exercises it may stand for, nearest first."""

    name: str
    exercises: tuple[str, ...]


def names_in(knowledge: KnowledgeBase, line: str) -> tuple[str, ...]:
    """Return the names of exercises on a line, without numbering and what is done of each.

    A line that only says how much has none.
    """
    line = BULLET.sub("", line)
    if isinstance(find_exercise(knowledge, line), str):
        return (" ".join(line.split()),)
    parts = (_name(part, knowledge) for part in BETWEEN.split(line))
    return tuple(part for part in parts if part)


def _name(part: str, knowledge: KnowledgeBase) -> str:
    whole = " ".join(BULLET.sub("", part).split())
    if isinstance(find_exercise(knowledge, whole), str):
        return whole
    name = " ".join(DOSE.sub(" ", whole).split()).strip(" @:-()")
    return "" if not re.search(r"[^\W\d_]", name) else name


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
