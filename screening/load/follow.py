"""What questions and cases of the library say about follow-ups."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, replace

from screening.diagnostics import Code, Problems, quoted, suggestion
from screening.load.mapping_reader import Fields
from screening.model.case_library import KnownCase
from screening.model.question import (
    ALWAYS,
    SESSION,
    ChangeOf,
    DaysBetween,
    Derivation,
    EarlierLevel,
    IsFollowUp,
    Question,
    Validity,
    WasAvoided,
    WasOffered,
    WeeksInAll,
)
from screening.model.vocabularies import Level

WEEKS = re.compile(r"(?P<weeks>[1-9][0-9]{0,3}) weeks?")
VALID = "expected `session`, a number of weeks like `4 weeks`, or `always`"
PLAIN: Mapping[str, tuple[str, Derivation]] = {
    "follows": ("yes", IsFollowUp()),
    "weeks_since": ("first", WeeksInAll()),
    "days_since": ("last", DaysBetween()),
    "referral": ("earlier", EarlierLevel()),
}
"""What is said with one word, and what it means."""
DERIVED = ("follows", "change_of", "weeks_since", "days_since", "offered", "avoided", "referral")


def read_validity(fields: Fields, usual: Validity, problems: Problems) -> Validity:
    """Return how long answers count."""
    written = fields.text("valid", default=usual.words)
    match = WEEKS.fullmatch(written)
    if match:
        return Validity(int(match["weeks"]))
    if written in ("session", "always"):
        return ALWAYS if written == "always" else SESSION
    if written:
        message = f"`valid` cannot be {quoted(written)}"
        problems.add(Code.bad_word, fields.value_place("valid"), message, VALID)
    return usual


def read_declared(
    fields: Fields, question: Question, usual: Validity, problems: Problems
) -> Question:
    """Return a question with what it says about follow-ups; names are resolved later.

    What a topic says for all its questions does not count for urgent ones: those say it
    themselves.
    """
    derived = _derivation(fields, problems)
    own = SESSION if question.safety >= Level.SAME_DAY or derived is not None else usual
    valid = read_validity(fields, own, problems)
    return replace(question, valid=valid, derived=derived)


def _derivation(fields: Fields, problems: Problems) -> Derivation | None:
    inner = fields.mapping("derived")
    if inner is None:
        return None
    said = [key.value for key, _ in inner.node.entries if key.value in DERIVED]
    if len(said) != 1:
        keys = [key.value for key, _ in inner.node.entries]
        message = "`derived` says one thing: from what the answer is worked out"
        help_ = suggestion(keys[0] if keys else "", DERIVED)
        problems.add(Code.unknown_key, inner.node.at, message, help_)
        return None
    found = _one(inner, said[0])
    inner.done()
    return found


def _one(fields: Fields, what: str) -> Derivation:
    match what:
        case "change_of":
            return ChangeOf(
                fields.text("change_of"),
                fields.number("by", required=True),
                fields.number("or_percent"),
                since_first=fields.word("since", ("last", "first"), default="last") == "first",
            )
        case "offered":
            return WasOffered(fields.text("offered"))
        case "avoided":
            return WasAvoided(fields.text("avoided"))
        case _:
            word, derivation = PLAIN[what]
            fields.word(what, (word,))
            return derivation


@dataclass(frozen=True)
class Declared:
    """A name in one question that may stand for a question read later."""

    question: str
    fields: Fields

    def resolve(self, questions: MutableMapping[str, Question], problems: Problems) -> None:
        """Note a name of no question, and leave it out."""
        question = questions[self.question]
        if not isinstance(question.derived, ChangeOf) or question.derived.question in questions:
            return
        name = question.derived.question
        message, help_ = f"no question {quoted(name)}", suggestion(name, questions)
        problems.add(Code.dangling_question, self.fields.value_place("derived"), message, help_)
        questions[self.question] = replace(question, derived=None)


def check_follows(cases: Mapping[str, KnownCase], problems: Problems) -> None:
    """Note each case that follows no case of the library, or itself by way of others."""
    for case in cases.values():
        if case.follows and case.follows not in cases:
            message, help_ = f"no case {quoted(case.follows)}", suggestion(case.follows, cases)
            problems.add(Code.dangling_case, case.follows_at, message, help_)
        elif _in_circle(case, cases):
            message = f"the case follows itself, by way of {quoted(case.follows)}"
            help_ = "name the screening before this one"
            problems.add(Code.circular_follows, case.follows_at, message, help_)


def _in_circle(case: KnownCase, cases: Mapping[str, KnownCase]) -> bool:
    seen: set[str] = set()
    before = cases.get(case.follows)
    while before is not None and before.id not in seen:
        if before.id == case.id:
            return True
        seen.add(before.id)
        before = cases.get(before.follows)
    return False
