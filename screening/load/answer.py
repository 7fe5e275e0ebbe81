"""From the text of an answer to a value, by the question it answers."""

from __future__ import annotations

import re

from screening.diagnostics import Code, Problems, Span, quoted, suggestion
from screening.load.mapping_reader import WHOLE_NUMBER
from screening.model.question import Question, Value
from screening.model.vocabularies import ASKED_UNKNOWNS, Kind

DIGITS = re.compile(r"[+-]?[0-9]+(\.0*)?")
WITH_UNIT = re.compile(r"(?P<number>[+-]?[0-9][0-9.,]*) *(?P<unit>[^0-9., ].*)")


def read_answer(question: Question, written: str, at: Span, problems: Problems) -> Value | None:
    """Return the value of a written answer, or None with what is wrong noted."""
    if written in ASKED_UNKNOWNS:
        return ASKED_UNKNOWNS[written]
    if question.kind is Kind.NUMBER:
        return _number(question, written, at, problems)
    if written in question.words:
        return written
    message = f"`{question.id}` has no answer {quoted(written)}"
    help_ = suggestion(written, (*question.words, *ASKED_UNKNOWNS))
    problems.add(Code.dangling_answer, at, message, help_)
    return None


def _number(question: Question, written: str, at: Span, problems: Problems) -> int | None:
    span = f"{question.low} to {question.high} {question.unit}"
    help_ = f"expected a whole number of {question.unit}, {question.low} to {question.high}"
    if DIGITS.fullmatch(written):
        whole = written.split(".", maxsplit=1)[0]
        if WHOLE_NUMBER.fullmatch(whole) and question.low <= int(whole) <= question.high:
            return int(whole)
        problems.add(Code.out_of_range, at, f"`{question.id}` is {span}, found {quoted(written)}")
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
