"""Knowledge of any number of rules, made by chance from a seed over the shipped questions."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import lru_cache

from screening.load import load, shipped_knowledge
from screening.model.expr import All, AnyOf, AtLeast, Compare, Expr, Is, Moves, Not
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.rule import Rule
from screening.model.vocabularies import Effect, Kind

SEED = 1
DEPTH = 2


@lru_cache
def _shipped() -> KnowledgeBase:
    return load(shipped_knowledge())


def generated(rules: int) -> KnowledgeBase:
    """Return the shipped questions with so many made-up rules, which conclude like real ones."""
    base = _shipped()
    chance = random.Random(SEED)
    written = [rule for rule in base.live_rules if not rule.cell]
    made = {}
    for number in range(rules):
        like = written[number % len(written)]
        name = f"made-{number:05}"
        made[name] = Rule(name, like.title, _tree(base, chance, DEPTH), like.then, like.because)
    return replace(base, rules=made)


def some_answers(knowledge: KnowledgeBase) -> dict[str, Value]:
    """Return an answer by chance to every question."""
    chance = random.Random(SEED)
    return {name: _answer(question, chance) for name, question in knowledge.questions.items()}


def _answer(question: Question, chance: random.Random) -> Value:
    if question.kind is Kind.NUMBER:
        return chance.randint(question.low, question.high)
    return chance.choice(question.words)


def _tree(base: KnowledgeBase, chance: random.Random, depth: int) -> Expr:
    if not depth or chance.random() < 0.3:  # noqa: PLR2004 - about the share of short conditions
        return _leaf(base, chance)
    parts = tuple(_tree(base, chance, depth - 1) for _ in range(chance.randint(2, 4)))
    match chance.randrange(4):
        case 0:
            return AnyOf(parts)
        case 1:
            return AtLeast(2, parts)
        case 2:
            return All((Not(parts[0]), *parts[1:]))
        case _:
            return All(parts)


def _leaf(base: KnowledgeBase, chance: random.Random) -> Expr:
    if chance.random() < 0.1:  # noqa: PLR2004 - as often as in the shipped rules
        group = chance.choice([name for name, members in base.members.items() if len(members) > 1])
        return Moves(group, chance.choice(list(Effect)), chance.randint(1, 2))
    question = chance.choice(list(base.questions.values()))
    if question.kind is Kind.NUMBER:
        return Compare(
            question.id, chance.choice((">=", "<")), chance.randint(question.low, question.high)
        )
    return Is(question.id, chance.choice(question.words))
