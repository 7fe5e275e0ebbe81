"""From the text of an answer to a value, by the question it answers."""

from __future__ import annotations

import re

from screening.diagnostics import Code, Problems, Span, quoted, suggestion
from screening.model.question import Question, Value
from screening.model.vocabularies import ASKED_UNKNOWNS

BOOLEANS = {"true": "yes", "false": "no"}
DIGITS = re.compile(r"[+-]?[0-9]+(\.0*)?")
WITH_UNIT = re.compile(r"(?P<number>[+-]?[0-9][0-9.,]*) *(?P<unit>[^0-9., ].*)")


def read_answer(question: Question, written: str, at: Span, problems: Problems) -> Value | None:
    """Return the value of a written answer, or None with what is wrong noted."""
    if written in ASKED_UNKNOWNS:
        return ASKED_UNKNOWNS[written]
    if question.is_number:
        read = _number if question.scale.digits else _on_scale
        return read(question, written, at, problems)
    if written in question.words:
        return written
    said = BOOLEANS.get(written.lower())  # as programs write yes and no
    if said in question.words:
        return said
    message = f"`{question.id}` has no answer {quoted(written)}"
    help_ = suggestion(written, (*question.words, *ASKED_UNKNOWNS))
    problems.add(Code.dangling_answer, at, message, help_)
    return None


def _on_scale(question: Question, written: str, at: Span, problems: Problems) -> int | None:
    """Return a number that is not written in digits."""
    number = question.scale.read(written)
    if number is None:
        message = f"`{question.id}` takes {question.scale.one}, found {quoted(written)}"
        problems.add(Code.not_a_number, at, message, f"expected {question.span}")
    elif not question.low <= number <= question.high:
        message = f"`{question.id}` is {question.span}, found {quoted(written)}"
        problems.add(Code.out_of_range, at, message)
    else:
        return number
    return None


def _number(question: Question, written: str, at: Span, problems: Problems) -> int | None:
    help_ = f"expected {question.scale.takes(question.low, question.high, question.unit)}"
    if DIGITS.fullmatch(written):
        whole = question.scale.read(written.split(".", maxsplit=1)[0])
        if whole is not None and question.low <= whole <= question.high:
            return whole
        message = f"`{question.id}` is {question.span}, found {quoted(written)}"
        problems.add(Code.out_of_range, at, message)
    elif match := WITH_UNIT.fullmatch(written):
        unit = match["unit"]
        if unit.lower() == question.unit.lower():
            return _number(question, match["number"], at, problems)
        message = f"`{question.id}` is in {question.unit}, found {quoted(written)}"
        problems.add(Code.wrong_unit, at, message, help_)
    else:
        message = f"`{question.id}` takes a number, found {quoted(written)}"
        problems.add(Code.not_a_number, at, message, help_)
    return None
