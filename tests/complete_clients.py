"""Clients who answered everything that applies to them, drawn at random from a seed.

Answers drawn evenly make nearly everybody an emergency, so four kinds of client take turns: any
answer to anything; any answer to what no safety rule asks; harmless but for a few answers;
harmless but for a few safety questions that they do not know or do not answer.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from screening.engines.applicable import applies
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.vocabularies import ASKED_UNKNOWN, Kind, Level, Truth, Unknown

DOUBT = 0.04  # how often an answer is not known, or not said
DOUBT_AMONG_FEW = 0.3
SAFETY = 0.3  # how often a safety question is among the few that are answered otherwise
CHANGES = (2, 3, 5, 8, 16)
LISTED = (0, 1, 3, 8)

Answering = Callable[[Question], Value]


def complete_clients(knowledge: KnowledgeBase, seeds: range) -> Iterator[Case]:
    """Yield one client a seed, each with some exercises of the catalogue."""
    for seed in seeds:
        draw = random.Random(seed)  # noqa: S311 - reproducible, not secret
        answers = answered(knowledge, _answering(knowledge, seed, draw))
        programme = draw.sample(sorted(knowledge.exercises), draw.choice(LISTED))
        yield Case(answers, tuple(programme))


def answered(knowledge: KnowledgeBase, answering: Answering) -> dict[str, Value]:
    """Return an answer to every question that applies, or may apply."""
    read: dict[str, Value] = {}
    for question in knowledge.questions.values():
        if question.only_if is None:
            read[question.id] = answering(question)
    for question in knowledge.conditional_questions:
        moot = applies(knowledge, question, read) is Truth.FALSE
        read[question.id] = Unknown.NOT_APPLICABLE if moot else answering(question)
    return {name: value for name, value in read.items() if value is not Unknown.NOT_APPLICABLE}


def any_answer(question: Question, draw: random.Random, doubt: float = DOUBT) -> Value:
    """Return an answer drawn evenly, now and then an unknown one."""
    if draw.random() < doubt:
        return draw.choice(ASKED_UNKNOWN)
    if question.kind is Kind.NUMBER:
        near = min(question.high, question.low + 20)  # most numbers that matter are small
        return draw.choice((draw.randint(question.low, near), draw.randint(near, question.high)))
    return draw.choice(question.words)


def _answering(knowledge: KnowledgeBase, seed: int, draw: random.Random) -> Answering:
    match seed % 4:
        case 0:
            return lambda question: any_answer(question, draw)
        case 1:
            return lambda q: q.harmless if q.safety > Level.NONE else any_answer(q, draw)
        case 2:
            safety = [q.id for q in knowledge.questions.values() if q.safety > Level.NONE]
            unsure = set(draw.sample(safety, draw.choice(CHANGES)))
            return lambda q: draw.choice(ASKED_UNKNOWN) if q.id in unsure else q.harmless
        case _:
            few = _few(knowledge, draw)
            return lambda q: any_answer(q, draw, DOUBT_AMONG_FEW) if q.id in few else q.harmless


def _few(knowledge: KnowledgeBase, draw: random.Random) -> set[str]:
    pool = [
        question.id
        for question in knowledge.questions.values()
        if question.safety is Level.NONE or draw.random() < SAFETY
    ]
    return set(draw.sample(pool, draw.choice(CHANGES)))
