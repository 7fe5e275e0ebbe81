"""What the columns of a table seem to be, by their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from screening.batch.layout import UNIT_WORDS
from screening.batch.map_draft import MapDraft
from screening.model.column_map import CLIENT, PROGRAMME
from screening.model.knowledge import KnowledgeBase
from screening.model.name_matching import folded

SURE, PERHAPS = 0.6, 0.34  # shares of words in common
CALLED: Mapping[str, frozenset[str]] = {
    CLIENT: frozenset({"id", "pseudonym", "member", "patient", "subject", "case", "code", "ref"}),
    PROGRAMME: frozenset({"exercises", "program", "workout", "training"}),
    "age": frozenset({"years", "yrs"}),
    "sex": frozenset({"gender"}),
    "pain_worst": frozenset({"nrs", "vas"}),
    "duration_weeks": frozenset({"duration"}),
}
"""What people call a column, beside a question's own words."""
IDLE = frozenset({"a", "an", "and", "any", "at", "by", "in", "is", "it", "no", "now", "of", "on",
                  "or", "the", "to", "with", "you", "your", "number", "nr"})  # fmt: skip
WORDS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column seems to be: a question, `client` or `programme`, and how sure that is."""

    column: str
    name: str
    sure: bool


def guessed(columns: Iterable[str], knowledge: KnowledgeBase) -> dict[str, Guess]:
    """Return what each column that is understood is, each thing once, the likeliest first."""
    known = _known(knowledge)
    scored = sorted(
        (
            (_likeness(column, name, words), -at, -place, column, name)
            for at, column in enumerate(columns)
            for place, (name, words) in enumerate(known.items())
        ),
        reverse=True,
    )
    found: dict[str, Guess] = {}
    for likeness, _, _, column, name in scored:
        taken = {guess.name for guess in found.values()}
        if likeness >= SURE and column not in found and name not in taken:
            found[column] = Guess(column, name, sure=likeness >= 1)
    return found


def _known(knowledge: KnowledgeBase) -> dict[str, tuple[str, ...]]:
    """Return what can be meant, each with the names it goes by."""
    asked = {
        question.id: (question.id, question.short)
        for question in knowledge.questions.values()
        if question.derived is None
    }
    return {CLIENT: (CLIENT,), PROGRAMME: (PROGRAMME,), **asked}


def _likeness(column: str, name: str, words: tuple[str, ...]) -> float:
    """Return how alike a column's name and a thing are: 1 when it is the thing's own name."""
    if folded(column) in map(folded, words) or _bare(column) in CALLED.get(name, ()):
        return 1.0
    said = _said_in(column)
    return max(_common(said, _said_in(word)) for word in words) if said else 0.0


def _bare(column: str) -> str:
    """Return a column's only word, or nothing where it has several."""
    said = _said_in(column)
    return next(iter(said)) if len(said) == 1 else ""


def _said_in(name: str) -> frozenset[str]:
    """Return the words of a name that say something; units of time do not."""
    words = WORDS.findall(name.lower().replace("_", " "))
    return frozenset(w.removesuffix("s") for w in words) - IDLE - UNIT_WORDS


def _common(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def nearest(column: str, knowledge: KnowledgeBase, draft: MapDraft) -> str:
    """Return the question a column that is left out could be."""
    said, taken = _said_in(column), set(draft.columns.values())
    near = [
        (max(_common(said, _said_in(word)) for word in words), name)
        for name, words in _known(knowledge).items()
        if name not in taken and said
    ]
    likeness, name = max(near, default=(0.0, ""))
    return f"; perhaps `{name}`" if likeness >= PERHAPS else ""
