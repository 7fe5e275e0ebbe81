"""Mistakes in single conditions: another answer, number, strength, effect, count or group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from screening.model.expr import Compare, Expr, Found, Is, Leaf, Moves
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Effect, Strength
from screening.mutation.operators.mutant import Changed
from screening.mutation.operators.names import written


def changed_leaf(expr: Expr, knowledge: KnowledgeBase) -> Iterator[Changed]:
    """Yield a single condition with a mistake in it; every one could stand in a rule file."""
    others: Iterator[Leaf]
    match expr:
        case Is():
            others = _other_answers(expr, knowledge)
        case Compare():
            others = _one_step(expr, knowledge)
        case Found(_, strength):
            others = (replace(expr, strength=other) for other in Strength if other is not strength)
        case Moves():
            others = _other_counts(expr, knowledge)
        case _:
            return
    for other in others:
        yield f"{written(other)} for {written(expr)}", other


def _other_answers(leaf: Is, knowledge: KnowledgeBase) -> Iterator[Leaf]:
    for word in knowledge.questions[leaf.question].words:
        if word != leaf.answer:
            yield Is(leaf.question, word)


def _one_step(leaf: Compare, knowledge: KnowledgeBase) -> Iterator[Leaf]:
    """Yield the comparison with the number before and after, within the question's range."""
    question = knowledge.questions[leaf.question]
    for number in (leaf.number - 1, leaf.number + 1):
        if question.low <= number <= question.high:
            yield Compare(leaf.question, leaf.op, number)


def _other_counts(leaf: Moves, knowledge: KnowledgeBase) -> Iterator[Leaf]:
    """Yield another effect, one movement less and more, and another group that is large enough."""
    yield from (replace(leaf, effect=effect) for effect in Effect if effect is not leaf.effect)
    for count in (leaf.at_least - 1, leaf.at_least + 1):
        if 1 <= count <= len(knowledge.members[leaf.group]):
            yield replace(leaf, at_least=count)
    for group, members in knowledge.members.items():
        if group != leaf.group and leaf.at_least <= len(members):
            yield replace(leaf, group=group)
