"""From a word a trainer types to what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from screening.diagnostics import quoted, suggestion
from screening.errors import UnknownTargetError
from screening.model.conclusions import LISTINGS
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Confirm
from screening.model.vocabularies import Level

GENERAL = re.compile(r"\b(?:exercises?|movements?|work|training|relief)\b")
"""Words that tell no name from another."""


class Unlisted(Enum):
    """What can be explained and is on no list of the knowledge; two of it go by one word."""

    REFERRAL = "referral"
    CLEARANCE = "clearance"
    LEVEL = "referral level"
    DIRECTION = "direction"
    CONFIRM = "answer to confirm"


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that can be explained."""

    sort: Sort | Unlisted
    id: str
    title: str


NAMED: tuple[Sort | Unlisted, ...] = (
    *(Sort.FINDING, Sort.CATEGORY, Sort.EXERCISE, Sort.STAGE, Sort.LIMIT, Sort.CLEARANCE),
    *(Unlisted.DIRECTION, Unlisted.REFERRAL, Unlisted.LEVEL),
)
"""What is looked for by parts of its name; rules and sentences are not."""


def find_subject(knowledge: KnowledgeBase, word: str) -> Subject:
    """Return what a word names: an id, a name as printed, or what only one name holds.

    Raises:
        UnknownTargetError: with the nearest name.

    """
    targets = _targets(knowledge)
    found = targets.get(word)
    if found is None:
        name = " ".join(word.lower().split())
        titled = (t for t in targets.values() if t.title.lower() == name)
        found = next(titled, None) or targets.get(knowledge.exercise_names.get(name, name))
    if found is None and word not in knowledge.questions:
        found = _in_other_words(tuple(targets.values()), word)
    if found is not None:
        return found
    if word in knowledge.questions:
        raise UnknownTargetError(
            f"{quoted(word)} is a question, not a conclusion\n"
            f"  help: `screening knowledge show {word}` lists the rules that ask it"
        )
    known = (*targets, *knowledge.exercise_names)
    held = _holding(tuple(targets.values()), word)
    help_ = _help(word, known) if not held else f"{held}; `referral` is who should look, and why"
    raise UnknownTargetError(f"nothing is called {quoted(word)}\n  help: {help_}")


def _holding(targets: tuple[Subject, ...], word: str) -> str:
    """Return a few names that have the words in them; empty where none has, or they are short."""
    said = _plain(word)
    held = [t.title for t in targets if t.sort in NAMED and said in _plain(t.title)]
    some = ", ".join(quoted(title) for title in held[:3])
    return f"it is a part of {some}" if some and len(said) > 3 else ""  # noqa: PLR2004 - a word


@lru_cache(maxsize=2)  # a result names some hundred of them
def _targets(knowledge: KnowledgeBase) -> Mapping[str, Subject]:
    """Return everything that can be explained, by its id."""
    return dict(reversed([(target.id, target) for target in all_subjects(knowledge)]))


def _in_other_words(targets: tuple[Subject, ...], word: str) -> Subject | None:
    """Return what a word names when spelt otherwise, or as part of one name only."""
    named = [target for target in targets if target.sort in NAMED]
    for said in dict.fromkeys((_plain(word), GENERAL.sub("", _plain(word)).strip())):
        for target in named:
            if said and said in (_plain(target.id), _plain(target.title)):
                return target
    inside = [target for target in named if len(said) > 3 and said in _plain(target.title)]  # noqa: PLR2004 - a word
    return inside[0] if len(inside) == 1 else None


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[_/,-]+", " ", name.lower()).split())


def _help(word: str, known: tuple[str, ...]) -> str:
    """Return the nearest name, or where to find the names."""
    near = suggestion(word, known)
    lists = "see `screening knowledge list findings` (or categories, exercises, rules)"
    return near if near.startswith("did you mean") else lists


def all_subjects(knowledge: KnowledgeBase) -> Iterator[Subject]:
    """Yield everything that can be explained; where ids coincide, the first is meant."""
    for finding in knowledge.findings.values():
        yield Subject(Sort.FINDING, finding.id, finding.title)
    for category in knowledge.categories.values():
        yield Subject(Sort.CATEGORY, category.id, category.title)
    for exercise in knowledge.exercises.values():
        yield Subject(Sort.EXERCISE, exercise.id, exercise.name)
    for stage in knowledge.stages.values():
        yield Subject(Sort.STAGE, stage.id, stage.title)
    for limit in knowledge.limits.values():
        yield Subject(Sort.LIMIT, limit.id, limit.title)
    yield from _levels(knowledge)
    for clearance in knowledge.clearances.values():
        yield Subject(Sort.CLEARANCE, clearance.id, clearance.title)
    yield Subject(Unlisted.CLEARANCE, "clearance", "Clearance")
    for direction in knowledge.pack.directions:
        yield Subject(Unlisted.DIRECTION, direction, f"exercises that load {direction}")
    for listing in LISTINGS:
        for name in listing.ids(knowledge):
            yield Subject(Sort.ADVICE, name, listing.text(knowledge, name))
    yield from _rules(knowledge)


def _levels(knowledge: KnowledgeBase) -> Iterator[Subject]:
    for level in Level:
        titled = knowledge.levels.get(level)
        yield Subject(Unlisted.LEVEL, level.word, titled.title if titled else level.word)
    yield Subject(Unlisted.REFERRAL, "referral", "Referral")


def _rules(knowledge: KnowledgeBase) -> Iterator[Subject]:
    """Yield the rules, and the answers they ask to confirm."""
    for rule in knowledge.rules.values():
        yield Subject(Sort.RULE, rule.id, rule.title)
        for conclusion in rule.then:
            if isinstance(conclusion, Confirm):
                for question in conclusion.questions:
                    yield Subject(Unlisted.CONFIRM, question, knowledge.questions[question].short)
