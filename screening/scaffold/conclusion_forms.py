"""What has to be said for each conclusion and each entry, and how it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Firmness, Level, Pace, Strength
from screening.scaffold.phrases import SHOWN, Offer
from screening.scaffold.prompts import Author, chosen, number, sentence, word
from screening.write import Plain

FIRMNESS = (Offer("soft", "for now; try it again"), Offer("hard", "not at all, until re-screened"))


@dataclass(frozen=True)
class Slot:
    """One thing to say: its key, how it is asked for, and what may be said.

    `kind` names something the knowledge lists, an enum, `text` or `number`.
    """

    key: str
    prompt: str
    kind: str | type[Enum]
    many: bool = False
    optional: bool = False
    low: int = 0
    high: int = 10**6


@dataclass(frozen=True)
class Form:
    """Slots in the order they are asked; `fixed` is what is written unasked."""

    words: str
    slots: tuple[Slot, ...]
    fixed: Mapping[str, str] = field(default_factory=dict)


FIRMLY = Slot("strength", "How firmly? ", Firmness)
CONCLUSIONS: Mapping[str, Form] = {
    "leave_out_exercise": Form(
        "leave out an exercise",
        (
            Slot("avoid", "Which exercise? ", "exercises"),
            FIRMLY,
            Slot("instead", "Instead, nearest first (empty: end): ", "exercises", True, True),
        ),
    ),
    "change_exercise": Form(
        "change an exercise",
        (Slot("modify", "Which exercise? ", "exercises"), Slot("instead", "How? ", "text")),
    ),
    "leave_out_category": Form(
        "leave out a category", (Slot("avoid", "Which category? ", "categories"), FIRMLY)
    ),
    "leave_out_direction": Form(
        "leave out everything that loads a direction",
        (Slot("direction", "Which direction? ", "directions"), FIRMLY),
        {"avoid": "demand"},
    ),
    "offer_category": Form(
        "offer a category",
        (
            Slot("recommend", "Which category? ", "categories"),
            Slot("note", "Note (may stay empty): ", "text", optional=True),
        ),
    ),
    "refer": Form(
        "refer to somebody",
        (
            Slot("refer", "How soon? ", "levels"),
            Slot("to", "To whom? ", "targets"),
            Slot("tell", "What to say on arrival: ", "text"),
        ),
    ),
    "advise": Form("say a sentence to the client", (Slot("advise", "Which? ", "advice"),)),
    "find": Form(
        "find a pattern, for other rules",
        (Slot("find", "Which? ", "findings"), Slot("strength", "How surely? ", Strength)),
    ),
    "clearance": Form(
        "somebody must agree before training", (Slot("clearance", "Which? ", "clearances"),)
    ),
    "offer_only": Form(
        "offer these categories and no others",
        (Slot("offer_only", "Which (empty: end)? ", "categories", True),),
    ),
    "stage": Form("put the client at a stage", (Slot("stage", "Which? ", "stages"),)),
    "limit": Form(
        "limit something",
        (Slot("limit", "What? ", "limits"), Slot("at_most", "At most: ", "number", high=1000)),
    ),
    "confirm": Form(
        "ask again: answers do not fit together",
        (Slot("confirm", "Which questions (empty: end)? ", "questions", True),),
    ),
    "progress": Form(
        "follow-up: what becomes of a category",
        (
            Slot("progress", "What? ", Pace),
            Slot("category", "Which category (empty: all)? ", "categories", optional=True),
        ),
    ),
}


def offers(knowledge: KnowledgeBase, kind: str | type[Enum]) -> Sequence[Offer]:
    """Return what may be said in a slot."""
    return tuple(_offers(knowledge, kind))


def _offers(knowledge: KnowledgeBase, kind: str | type[Enum]) -> Iterator[Offer]:  # noqa: C901, PLR0912 - one case a kind
    match kind:
        case "exercises":
            for e in knowledge.exercises.values():
                yield Offer(e.id, e.name, " ".join(e.aliases))
        case "categories" | "clearances" | "stages" | "limits" | "findings" | "groups":
            for one in getattr(knowledge, kind).values():
                yield Offer(one.id, one.title)
        case "targets":
            for target in knowledge.targets.values():
                yield Offer(target.id, target.title)
        case "advice":
            for advice in knowledge.advice.values():
                yield Offer(advice.id, advice.text)
        case "levels":
            for level in knowledge.levels.values():
                if level.level > Level.NONE:
                    yield Offer(level.level.word, level.title)
        case "sources":
            for source in knowledge.sources.values():
                yield Offer(source.key, source.citation)
        case "questions":
            for question in knowledge.questions.values():
                yield Offer(question.id, question.short, question.ask)
        case "directions":
            for direction in knowledge.pack.directions:
                yield Offer(direction, direction)
        case type() if kind is Firmness:
            yield from FIRMNESS
        case type():
            for member in kind:
                yield Offer(member.name.lower(), member.name.lower().replace("_", " "))


def fill(author: Author, knowledge: KnowledgeBase, form: Form) -> dict[str, Plain]:
    """Return what the author says for a form; optional slots left empty are left out."""
    said: dict[str, Plain] = dict(form.fixed)
    for slot in form.slots:
        value = _several(author, knowledge, slot) if slot.many else _one(author, knowledge, slot)
        if value:
            said[slot.key] = value
    return said


def _one(author: Author, knowledge: KnowledgeBase, slot: Slot) -> str:
    if slot.kind == "text":
        return sentence(author, slot.prompt, optional=slot.optional)
    if slot.kind == "number":
        return number(author, slot.prompt, slot.low, slot.high)
    legal = offers(knowledge, slot.kind)
    ask = word if len(legal) <= SHOWN else chosen
    return ask(author, slot.prompt, legal, optional=slot.optional)


def _several(author: Author, knowledge: KnowledgeBase, slot: Slot) -> list[Plain]:
    """Return what is said until an empty line; at least one unless none is needed."""
    found: list[Plain] = []
    while True:
        may_end = bool(found) or slot.optional
        if slot.kind == "text":
            value = sentence(author, slot.prompt, optional=may_end)
        else:
            value = chosen(author, slot.prompt, offers(knowledge, slot.kind), optional=may_end)
        if not value:
            return found
        found.append(value)
