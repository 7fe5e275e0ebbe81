"""The name of an example made from another one: what sets it apart."""

from __future__ import annotations

from screening.explain.words import answer_words
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.vocabularies import Unknown
from screening.mutation.boundary_search import NOT_ASKED, Boundary

MOVES = {
    "provokes": "brings it on",
    "relieves": "eases it",
    "no_effect": "does nothing",
    "not_tried": "was not tried",
}
UNKNOWN = {Unknown.DONT_KNOW: "not known", Unknown.DECLINED: "not said"}


def suggested(knowledge: KnowledgeBase, client: Boundary) -> str:
    """Return a name for a boundary client that the rule's other examples do not have."""
    parts = [_told(knowledge.questions[name], value) for name, value in client.changed]
    name = " and ".join([_capital(part) if n == 0 else part for n, part in enumerate(parts)])
    taken = {example.name for example in knowledge.rules[client.rule].examples}
    if name not in taken:
        return name
    return f"{name} ({client.near.name if client.near else len(taken)})"


def _told(question: Question, value: Value | None) -> str:
    if value is NOT_ASKED:
        return f"{question.short} not asked yet"
    if isinstance(value, Unknown):
        return f"{question.short} {UNKNOWN[value]}"
    if question.is_movement:
        return f"{question.short} {MOVES[str(value)]}"
    return f"{question.short}: {answer_words(question, value)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
