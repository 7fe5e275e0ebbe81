"""What is different from one kind of answer to the next: an entry a kind, and no other place.

`how` is the only match on `Kind`: a new member is named there by the type checker, and the entry
it asks for holds whatever the interview, the checks, the engines and the pages do differently.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from screening.errors import assert_never
from screening.model.vocabularies import Kind

WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")


class Scale(Protocol):
    """How whole numbers stand for answers: engines compare the numbers, people see the text."""

    digits: bool
    """Whether digits in a file or a table are the number itself."""
    one: str
    """A number of the scale, in words."""
    first: int
    """The number that stands for one that could not be read."""
    pattern: str
    """A regular expression of what may be written."""

    def read(self, written: str) -> int | None:
        """Return the number a text stands for; None where it stands for none."""

    def write(self, number: int) -> str:
        """Return the text of a number, without its unit."""

    def takes(self, low: int, high: int, unit: str) -> str:
        """Return what may be given, in words."""

    def asks(self, low: int, high: int, unit: str) -> str:
        """Return what may be typed, in words for the one who asks."""

    def schema(self, low: int, high: int) -> Mapping[str, str | int]:
        """Return the JSON schema of what may be written."""


class WholeNumbers:
    """Whole numbers in the unit of the question, written as digits."""

    digits = True
    one = "a whole number"
    first = 0
    pattern = WHOLE_NUMBER.pattern

    def read(self, written: str) -> int | None:
        """Return the number that digits are; at most nine of them."""
        return int(written) if WHOLE_NUMBER.fullmatch(written) else None

    def write(self, number: int) -> str:
        """Return a number in digits."""
        return str(number)

    def takes(self, low: int, high: int, unit: str) -> str:
        """Return what may be given, in words."""
        return f"a whole number of {unit}, {low} to {high}"

    def asks(self, low: int, high: int, unit: str) -> str:
        """Return what may be typed, in words for the one who asks."""
        return f"a whole number from {low} to {high} ({unit})"

    def schema(self, low: int, high: int) -> Mapping[str, str | int]:
        """Return the JSON schema of a whole number within bounds."""
        return {"type": "integer", "minimum": low, "maximum": high}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerKind:
    """All that is different about one kind of answer.

    `answers` are those that every question of the kind takes, in words; None where each lists its
    own, and none at all where the answers are numbers of a `scale`. `harmless` is the answer that
    usually raises no concern; `quiet` ones say nothing either. `keys` are typed for answers and
    shown on one line; None counts the answers through. `also` are other plain words for answers. A
    `movement` is tried out: what it does is counted in groups, asked for by single keys, and
    stands on its own whatever was answered before. `ticked` is what a tick in a list stands for;
    None where a list cannot hold such questions. `negated` says the opposite of an answer by
    another one. `lead` is left out where an answer follows a colon. Answers in `worse` became
    those they name. Authors choose kinds by `meaning`, in the order of `offered`.
    """

    meaning: str
    offered: int
    answers: Mapping[str, str] | None
    harmless: str | None = None
    scale: Scale | None = None
    quiet: tuple[str, ...] = ()
    keys: Mapping[str, str] | None = None
    also: Mapping[str, str] = field(default_factory=dict)
    movement: bool = False
    ticked: str | None = None
    negated: Mapping[str, str] = field(default_factory=dict)
    lead: str = ""
    worse: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


YES_NO = AnswerKind(
    meaning="yes or no",
    offered=1,
    answers={"yes": "Yes", "no": "No"},
    harmless="no",
    keys={"y": "yes", "n": "no"},
    ticked="yes",
    negated={"yes": "no", "no": "yes"},
)
RECENCY = AnswerKind(
    meaning="no, newly, for long, lifelong",
    offered=5,
    answers={
        "no": "No",
        "new_or_worse": "Yes: in the last 14 days, or getting worse",
        "older_stable": "Yes: for longer, and not getting worse",
        "lifelong": "Yes: since birth or childhood",
    },
    harmless="no",
    lead="Yes: ",
    worse={"older_stable": ("new_or_worse",), "lifelong": ("new_or_worse",)},
)
MOVEMENT = AnswerKind(
    meaning="a movement: brings it on, eases it, no effect",
    offered=4,
    answers={
        "provokes": "brings it on",
        "relieves": "eases it",
        "no_effect": "no effect",
        "not_tried": "not tried",
    },
    harmless="no_effect",
    quiet=("not_tried",),
    keys={"p": "provokes", "r": "relieves", "n": "no_effect", "t": "not_tried"},
    also={
        "pain": "provokes",
        "hurts": "provokes",
        "it hurts": "provokes",
        "painful": "provokes",
        "worse": "provokes",
        "better": "relieves",
        "helps": "relieves",
        "neither": "no_effect",
        "no pain": "no_effect",
        "nothing": "no_effect",
        "no change": "no_effect",
        "no difference": "no_effect",
        "fine": "no_effect",
        "ok": "no_effect",
        "doesn't hurt": "no_effect",
        "does not hurt": "no_effect",
        "never tried": "not_tried",
        "did not try": "not_tried",
        "didn't try": "not_tried",
        "haven't tried": "not_tried",
    },
    movement=True,
    ticked="provokes",
)
CHOICE = AnswerKind(meaning="one of some answers", offered=2, answers=None)
NUMBER = AnswerKind(meaning="a whole number", offered=3, answers={}, scale=WholeNumbers())


def _how(kind: Kind) -> AnswerKind:
    match kind:
        case Kind.YES_NO:
            return YES_NO
        case Kind.RECENCY:
            return RECENCY
        case Kind.MOVEMENT:
            return MOVEMENT
        case Kind.CHOICE:
            return CHOICE
        case Kind.NUMBER:
            return NUMBER
    assert_never(kind)


_ENTRIES = {kind: _how(kind) for kind in Kind}


def how(kind: Kind) -> AnswerKind:
    """Return what is different about a kind of answer.

    >>> how(Kind.YES_NO).harmless
    'no'
    """
    return _ENTRIES[kind]
