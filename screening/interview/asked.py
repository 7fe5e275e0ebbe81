"""A question as it was asked: an answer to one wording is never taken for one to another."""

from __future__ import annotations

import json
from hashlib import sha256

from screening.model.question import Question, Value


def digest_of(question: Question) -> str:
    """Return a digest of a question as asked: the wording and everything an answer can be."""
    answers = [[option.id, option.say] for option in question.answers]
    asked = [question.id, question.ask, question.kind.value, answers]
    bounds = [question.low, question.high, question.unit]
    return sha256(json.dumps([asked, bounds]).encode()).hexdigest()[:16]


def said(question: Question, value: Value) -> str:
    """Return a question and its answer in the words of the time."""
    return f"{question.short}: {question.said(value)}"
