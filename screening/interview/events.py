"""What happens in an interview, one thing at a time: never changed, only added to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from screening.model.question import Value
from screening.model.words import Unknown


class Order(Enum):
    """How questions after the emergency ones are chosen."""

    ADAPTIVE = "adaptive"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Answered:
    """A question was answered; a later answer to the same question replaces it."""

    question: str
    value: Value


@dataclass(frozen=True, slots=True)
class Unsure:
    """An emergency question got no value the first time; it is asked again with the card."""

    question: str
    value: Unknown


@dataclass(frozen=True, slots=True)
class Skipped:
    """A question was put off; the second time it is left open."""

    question: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The current programme so far: exercise ids, and names the catalogue lacks.

    `more` while further names are asked for.
    """

    programme: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """Answers that do not fit together were looked at and kept; named by the rule."""

    rule: str


@dataclass(frozen=True, slots=True)
class Undone:
    """The last thing said was taken back."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """All said to a question no longer counts: it does not apply, or is asked differently now."""

    question: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """The interview went on later: whatever was skipped may be asked again, in this order."""

    order: Order


Entry = Answered | Unsure | Skipped | Listed | Kept
"""What can be said, and taken back."""

Event = Entry | Undone | Withdrawn | Resumed
"""All that can happen."""
