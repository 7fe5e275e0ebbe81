"""From the vocabulary to the schema of what `then` may say."""

from __future__ import annotations

from collections.abc import Iterator

from screening.model.conclusion_forms import FORMS, ConclusionForm, Slot, offered_forms
from screening.model.knowledge import KnowledgeBase
from screening.render.editor_schema.parts import (
    TEXT,
    Part,
    choice,
    described,
    mapping,
    one_or_more,
    several,
)
from screening.render.json_form import Json, texts
from screening.scaffold.conclusion_forms import offers
from screening.scaffold.phrases import Offer


def conclusions(knowledge: KnowledgeBase) -> Part:
    """Return the schema of one conclusion, or of a list of them."""
    forms = dict.fromkeys((*offered_forms(), *FORMS))
    return one_or_more({"anyOf": [_conclusion(knowledge, FORMS[name]) for name in forms]})


def _conclusion(knowledge: KnowledgeBase, form: ConclusionForm) -> Part:
    said: dict[str, Json] = {key: {"enum": texts([word])} for key, word in form.fixed.items()}
    said |= {slot.key: _slot(knowledge, slot) for slot in form.slots}
    return described(mapping(said, _required(form)), form.words)


def _required(form: ConclusionForm) -> Iterator[str]:
    yield from form.fixed
    yield from (s.key for s in form.slots if not s.optional and not s.urgent)


def _slot(knowledge: KnowledgeBase, slot: Slot) -> Part:
    if slot.kind == "text":
        return TEXT
    if slot.kind == "number":
        parameters = (Offer(p.id, p.title) for p in knowledge.parameters.values())
        return {"anyOf": [{"type": "integer"}, choice(parameters)]}
    one = choice(offers(knowledge, slot.kind))
    return several(one, 0 if slot.optional else 1) if slot.many else one
