"""From the many spellings of an exercise's name to one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

BETWEEN_WORDS = re.compile(r"[\s_/-]+")
APOSTROPHES = str.maketrans("", "", "'\N{RIGHT SINGLE QUOTATION MARK}")


@lru_cache(maxsize=4096)  # a catalogue is folded again for each case
def folded(name: str) -> str:
    """Return a name without case, hyphens, spaces, apostrophes and plural endings.

    >>> folded("Sit-Ups") == folded("situp")
    True
    """
    words = BETWEEN_WORDS.split(name.lower().translate(APOSTROPHES).strip())
    return "".join(_singular(word) for word in words)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > len("ties"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def spellings(names: Mapping[str, str]) -> dict[str, str]:
    """Return what each folded name means; those that could mean several things are left out."""
    meant: dict[str, set[str]] = {}
    for name, thing in names.items():
        meant.setdefault(folded(name), set()).add(thing)
    return {name: things.pop() for name, things in meant.items() if len(things) == 1}
