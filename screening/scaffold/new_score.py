"""Interviews an author for a score: what is summed, its bands, and who says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question
from screening.scaffold import keeping
from screening.scaffold.ask_keys import KeyTalk
from screening.scaffold.conclusion_forms import offers
from screening.scaffold.new_entry import NewEntry, new_id
from screening.scaffold.prompts import Author, sentence
from screening.schema.keys import ID
from screening.write import Plain

NAME = "A name for it, in a word or two: "
FIRST = "Which questions count the same way? "
NEXT = "Which others count in another way (empty: no more)? "
BAND = "A band, such as moderate (empty: no more): "
GIVEN = "How many points from there on? "
STEP = "From which number on is something given (empty: no more)? "


def ask_score(author: Author, knowledge: KnowledgeBase, root: Path) -> NewEntry:
    """Return the score an author describes."""
    del root
    taken = [*knowledge.scores, *knowledge.questions, *knowledge.findings, *knowledge.tick_lists]
    name = new_id(author, NAME, taken, "_")
    says: dict[str, Plain] = {"id": name, "title": sentence(author, "What pages call it: ")}
    says["items"] = _items(author, knowledge)
    bands = _pairs(author, BAND, "It begins at how many points? ", _no_name)
    says |= {"bands": bands} if bands else {}
    evidence = KeyTalk(author, knowledge, {}).evidence("Who says so? ", None, optional=False)
    return NewEntry(Path("scores.yaml"), "scores", name, says | {"evidence": evidence or []})


def _items(author: Author, knowledge: KnowledgeBase) -> list[Plain]:
    """Return what is summed, as long as there is more; each question once."""
    found: list[Plain] = []
    left = {offer.written: offer for offer in offers(knowledge, "questions")}
    while left:
        legal = tuple(left.values())
        prompt = NEXT if found else FIRST
        named = keeping.several(author, prompt, legal)
        alike = _alike(author, [knowledge.questions[str(one)] for one in named])
        if not alike and found:
            break
        if alike:
            found.append(_item(author, alike))
            left = {one: offer for one, offer in left.items() if one not in named}
    return found


def _alike(author: Author, asked: list[Question]) -> list[Question]:
    """Return questions that take the same answers; else none, and say so."""
    if len({(one.words, one.is_number) for one in asked}) > 1:
        author.say("These do not take the same answers; name those that do.")
        return []
    return asked


def _item(author: Author, asked: list[Question]) -> Plain:
    of: list[Plain] = [one.id for one in asked]
    first = asked[0]
    if first.is_number:
        return {"of": of, "from": _pairs(author, STEP, GIVEN, _whole)}
    points: dict[str, Plain] = {}
    for option in first.answers:
        prompt = f"Points of `{option.id}` ({option.say}; empty: 0): "
        number = keeping.line(author, prompt, "", _whole, optional=True)
        points |= {option.id: number} if number else {}
    return {"of": of, "points": points}


def _pairs(
    author: Author, name: str, number: str, odd: Callable[[str], str | None]
) -> dict[str, Plain]:
    """Return numbers by name, as long as there is more."""
    found: dict[str, Plain] = {}
    while said := keeping.line(author, name, "", odd, optional=True):
        found[said] = keeping.line(author, number, "", _whole)
    return found


def _no_name(said: str) -> str | None:
    return None if ID.shape.fullmatch(said) else f"{ID.help}."


def _whole(said: str) -> str | None:
    digits = said.removeprefix("-")
    return None if digits.isdecimal() and digits.isascii() else "A whole number, please."
