"""A question as it was asked: an answer to one wording is never taken for one to another."""

from __future__ import annotations

import json
from hashlib import sha256

from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.tick_list import TickList


def digest_of(question: Question) -> str:
    """Return a digest of a question as asked: the wording and everything an answer can be."""
    answers = [[option.id, option.say] for option in question.answers]
    asked = [question.id, question.ask, question.kind.value, answers]
    bounds = [question.low, question.high, question.unit]
    return sha256(json.dumps([asked, bounds]).encode()).hexdigest()[:16]


def digest_in_list(tick_list: TickList, question: Question) -> str:
    """Return a digest of an item as it is asked in a tick list: the words of both."""
    answers = [[option.id, option.say] for option in question.answers]
    asked = [tick_list.ask, question.id, question.item, question.kind.value, answers]
    return sha256(json.dumps(asked).encode()).hexdigest()[:16]


def wordings(knowledge: KnowledgeBase, question: Question) -> tuple[str, ...]:
    """Return the digests of a question as it may be asked: by itself, and in its tick list."""
    tick_list = knowledge.list_of.get(question.id)
    listed = () if tick_list is None else (digest_in_list(tick_list, question),)
    return (digest_of(question), *listed)


def said(question: Question, value: Value) -> str:
    """Return a question and its answer in the words of the time."""
    return f"{question.short}: {question.said(value)}"
