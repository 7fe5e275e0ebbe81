"""What an author is asked for an entry: prompts here, what may be said from the schema."""

from __future__ import annotations

from enum import Enum
from typing import Any

from screening.model.conclusion_forms import Slot
from screening.schema.keys import TEXTS, Entry, Name, NameList, Of, OneOf
from screening.schema.questions import QUESTION
from screening.schema.vocabulary import PIECE, SOURCE

LISTS = {Of.SOURCE: "sources", Of.GROUP: "groups", Of.CATEGORY: "categories"}


def slots(entry: Entry[Any], **prompts: str) -> tuple[Slot, ...]:
    """Return what is asked for some keys of an entry, in the order of the prompts.

    >>> [(slot.kind, slot.optional) for slot in slots(PIECE, at="Where? ")]
    [('text', True)]
    """
    return tuple(_slot(entry, key, prompt) for key, prompt in prompts.items())


def _slot(entry: Entry[Any], name: str, prompt: str) -> Slot:
    key = entry.key(name)
    many = isinstance(key.holds, NameList) or key.holds is TEXTS
    return Slot(name, prompt, _kind(key.holds), many=many, optional=not key.required)


def _kind(holds: object) -> str | type[Enum]:
    match holds:
        case Name(of) | NameList(of):
            return LISTS[of]
        case OneOf(words):
            return next(type(member) for member in words.values() if isinstance(member, Enum))
        case _:
            return "text"


EVIDENCE_ASKED = slots(
    PIECE,
    source="Source (words search): ",
    at="Where in it (may stay empty): ",
    grade="What kind of evidence? ",
)
SOURCE_ASKED = slots(
    SOURCE,
    citation="Citation: ",
    year="Year (may stay empty): ",
    kind="Kind, such as trial, guideline, book: ",
    read="How much of it was read? ",
    doi="DOI (may stay empty): ",
    url="Web address (may stay empty): ",
)
QUESTION_ASKED = slots(
    QUESTION,
    ask="The question, as it is asked: ",
    short="In short, as explanations name it: ",
)
GROUPS_ASKED = slots(QUESTION, groups="Group (empty: end)? ")
