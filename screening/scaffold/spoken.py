"""From what people say follows to the conclusion they mean: a guess, to be asked about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from screening.diagnostics import nearest
from screening.model.catalogue import Category
from screening.model.knowledge import KnowledgeBase
from screening.model.terms import Finding, Target

SPOKEN = {
    "change_exercise": ("change", "modify", "adapt", "lighten"),
    "leave_out_exercise": ("leave out", "avoid", "no more", "no", "stop", "drop", "skip"),
    "leave_out_category": ("leave out", "avoid", "no more", "no", "stop", "drop", "skip"),
    "offer_category": ("offer", "recommend", "suggest", "add", "do", "give"),
    "find": ("find", "found"),
    "refer": ("refer", "send", "refer to", "send to"),
}
NAMED = {
    "change_exercise": "exercise",
    "leave_out_exercise": "exercise",
    "leave_out_category": "category",
    "offer_category": "category",
    "find": "finding",
    "refer": "target",
}


class SpokenGuess(NamedTuple):
    """What is meant: the way to write it, what it is about, and that in words.

    `instead` says what cannot be said, where something near it is guessed; without a form nothing
    near it can be said either.
    """

    form: str
    target: str
    words: str
    instead: str = ""


def meant(knowledge: KnowledgeBase, text: str) -> SpokenGuess | None:
    """Return what a sentence such as “change overhead press” means; None where nothing is near."""
    said = " ".join(text.lower().split())
    ways = [
        (form, said[len(verb) :].strip())
        for form, verbs in SPOKEN.items()
        for verb in sorted(verbs, key=len, reverse=True)
        if said.startswith(f"{verb} ")
    ]
    exact = (_guessed(knowledge, form, rest, exactly=True) for form, rest in ways)
    near = (_guessed(knowledge, form, rest, exactly=False) for form, rest in ways)
    return next((one for one in (*exact, *near) if one is not None), None)


def _guessed(
    knowledge: KnowledgeBase, form: str, rest: str, *, exactly: bool
) -> SpokenGuess | None:
    """Return the thing of a sort that is called so; of an exercise to offer, its category."""
    named = dict(_names(knowledge, NAMED[form]))
    found = _called(named, rest, exactly=exactly)
    if found is not None:
        return SpokenGuess(form, *found)
    exercises = dict(_names(knowledge, "exercise"))
    one = _called(exercises, rest, exactly=exactly) if form == "offer_category" else None
    category = knowledge.exercises[one[0]].category if one is not None else ""
    if one is None:
        return None
    if not category:
        why = f"One exercise cannot be offered, and {one[1]} is in no category. It can be named as"
        return SpokenGuess(
            "", one[0], one[1], f"{why} what to do instead of one that is left out."
        )
    why = f"One exercise cannot be offered. {one[1]} is an example of this category:"
    return SpokenGuess(form, category, knowledge.categories[category].title, why)


def _called(
    named: dict[str, tuple[str, str]], rest: str, *, exactly: bool
) -> tuple[str, str] | None:
    for name in (rest, rest.removesuffix("s"), rest.removesuffix("es")):
        if name in named:
            return named[name]
    near = None if exactly else nearest(rest, list(named))
    return None if near is None else named[near]


def _names(knowledge: KnowledgeBase, sort: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield what things of a sort are called, with the id and the words for each."""
    if sort == "exercise":
        for called, one in knowledge.exercise_names.items():
            yield called.replace("-", " ").replace("_", " "), (one, knowledge.exercises[one].name)
            yield called, (one, knowledge.exercises[one].name)
        return
    things: dict[str, tuple[Category | Finding | Target, ...]] = {
        "category": tuple(knowledge.categories.values()),
        "finding": tuple(knowledge.findings.values()),
        "target": tuple(knowledge.targets.values()),
    }
    for thing in things[sort]:
        yield thing.title.lower(), (thing.id, thing.title)
        yield thing.id.replace("_", " "), (thing.id, thing.title)
