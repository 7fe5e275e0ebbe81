"""How what has to be said for a conclusion or an entry is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from screening.model.conclusion_forms import Form, Slot
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Firmness, Level
from screening.scaffold.phrases import SHOWN, Offer
from screening.scaffold.prompts import Author, chosen, number, sentence, word
from screening.write import Plain

FIRMNESS = (Offer("soft", "for now; try it again"), Offer("hard", "not at all, until re-screened"))


def offers(knowledge: KnowledgeBase, kind: str | type[Enum]) -> Sequence[Offer]:
    """Return what may be said in a slot."""
    return tuple(_offers(knowledge, kind))


def _offers(knowledge: KnowledgeBase, kind: str | type[Enum]) -> Iterator[Offer]:  # noqa: C901, PLR0912 - one case a kind
    match kind:
        case "programme":
            yield Offer("programme", "exercises no other rule speaks about stay")
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
