"""How what has to be said for a conclusion or an entry is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum

from screening.model.conclusion_forms import FORMS, Form, Slot, offered_forms
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Firmness, Level
from screening.scaffold.conditions import STAYS, in_words
from screening.scaffold.keeping import CLEAR
from screening.scaffold.phrases import SHOWN, Offer, search
from screening.scaffold.prompts import Author, chosen, number, read, sentence, word, yes
from screening.scaffold.spoken import meant
from screening.write import Plain

KINDS_OF = {
    "change_exercise": "exercises",
    "leave_out_exercise": "exercises",
    "leave_out_category": "categories",
    "offer_category": "categories",
    "find": "findings",
    "refer": "targets",
}
"""What the slot that a spoken guess fills holds."""

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
        case (
            "categories"
            | "clearances"
            | "stages"
            | "limits"
            | "findings"
            | "groups"
            | "cautions"
            | "equipment"
        ):
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
        case "movements":
            for question in knowledge.questions.values():
                if question.is_movement:
                    yield Offer(question.id, question.short, question.ask)
        case "rules":
            for rule in knowledge.written_rules:
                yield Offer(rule.id, rule.title)
        case "directions":
            for direction in knowledge.pack.directions:
                yield Offer(direction, direction)
        case type() if kind is Firmness:
            yield from FIRMNESS
        case type():
            for member in kind:
                yield Offer(member.name.lower(), member.name.lower().replace("_", " "))


def conclusions(
    author: Author, knowledge: KnowledgeBase, begun: list[Plain], *, optional: bool = False
) -> Plain | None:
    """Return what follows, one conclusion after the other; None where nothing need and does."""
    found = list(begun)
    kinds = [Offer(name, form.words) for name, form in offered_forms().items()]
    if not found:
        author.show(kinds)
    while True:
        prompt = "And what else (empty: nothing)? " if found else "What follows? "
        may_end = bool(found) or optional
        kind = read(
            author, prompt, kinds, _spoken(knowledge, kinds), shown=kinds, optional=may_end
        )
        if not kind:
            return (found[0] if len(found) == 1 else found) if found else None
        one = _concluded(author, knowledge, kind)
        if one is not None:
            found.append(one)


def kept_conclusions(author: Author, knowledge: KnowledgeBase, now: list[Plain]) -> list[Plain]:
    """Return the conclusions that were there: each kept, taken away, or another in its place."""
    kinds = [Offer(name, form.words) for name, form in offered_forms().items()]
    spoken = _spoken(knowledge, kinds)
    found: list[Plain] = []
    for one in now:
        author.say(f"Now: {in_words(one)}")
        said = read(author, STAYS, kinds, lambda t: t if t == CLEAR else spoken(t), optional=True)
        new = one if not said else _concluded(author, knowledge, said) if said != CLEAR else None
        if new is not None:
            found.append(new)
    return found


def _spoken(knowledge: KnowledgeBase, kinds: Sequence[Offer]) -> Callable[[str], str | None]:
    """Return what takes a sentence that finds no kind, and from which something is guessed."""

    def taken(text: str) -> str | None:
        return text if not search(text, kinds) and meant(knowledge, text) is not None else None

    return taken


def _concluded(author: Author, knowledge: KnowledgeBase, kind: str) -> dict[str, Plain] | None:
    """Return the conclusion of a kind, or what was said in other words, once that is confirmed."""
    if kind in FORMS:
        return fill(author, knowledge, FORMS[kind])
    guess = meant(knowledge, kind)
    if guess is None:
        return None
    if guess.instead:
        author.say(guess.instead)
    if not guess.form:
        return None
    form = FORMS[guess.form]
    if not yes(author, f"= {form.words}: {guess.words}. Is that meant?"):
        author.say("Then choose from the list, or say it in other words.")
        return None
    slot = next(slot.key for slot in form.slots if slot.kind == KINDS_OF[guess.form])
    return fill(author, knowledge, form, {slot: guess.target})


def fill(
    author: Author,
    knowledge: KnowledgeBase,
    form: Form,
    said_already: Mapping[str, Plain] | None = None,
) -> dict[str, Plain]:
    """Return what the author says for a form; optional slots left empty are left out."""
    said: dict[str, Plain] = dict(form.fixed)
    for slot in form.slots:
        if said_already and slot.key in said_already:
            said[slot.key] = said_already[slot.key]
            continue
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
