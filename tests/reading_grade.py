"""How hard a text is to read: the Flesch-Kincaid grade, with syllables counted by their vowels.

Kincaid and others, Derivation of new readability formulas for Navy enlisted personnel, 1975.
"""

from __future__ import annotations

import re

WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9]+", re.IGNORECASE)
ENDS = re.compile(r"[.!?:;](?:\s|$)")
SHORTEST = 8  # words; less is a label
NAMES = frozenset(
    ("physiotherapist", "physiotherapists", "chiropractor", "chiropractors", "osteoporosis")
)
"""Names that have no shorter word: read as two syllables, as a known word is."""


def grade(text: str) -> float:
    """Return the school grade that reads a text.

    >>> round(grade("The cat sat on the mat."), 1)
    -1.4
    """
    words = WORD.findall(text)
    ends = max(1, len(ENDS.findall(text)))
    syllables = sum(_syllables(word.lower()) for word in words)
    return 0.39 * len(words) / ends + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    if word in NAMES:
        return 2
    bare = re.sub(r"(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$", "", word)
    return max(1, len(re.findall(r"[aeiouy]+", bare)))
