"""Parts of a rule as somebody saw them: their digests, and what has changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from screening.diagnostics import Span

LOGIC = "logic"
"""What a part is called that concludes; all others are texts."""


class SeenPart(NamedTuple):
    """One thing a reviewer saw: of what, which part, and its text or, of logic, its digest."""

    about: str
    what: str
    says: str

    @property
    def named(self) -> str:
        """The part as a person is told of it."""
        return f"{self.about}: {self.what}"


@dataclass(frozen=True, slots=True)
class SeenRule:
    """All that the last reviewer of a rule saw."""

    rule: str
    saw: tuple[SeenPart, ...]
    at: Span = field(default=Span(""), compare=False, repr=False)


class Digests(NamedTuple):
    """What a review is a review of."""

    logic: str
    words: str


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A part that is not as it was seen; None where it was not there, or is there no longer."""

    about: str
    what: str
    before: str | None
    after: str | None

    @property
    def named(self) -> str:
        """The change in a few words."""
        new, gone = self.before is None, self.after is None
        return f"{self.about}: {self.what}{' (new)' if new else ' (gone)' if gone else ''}"

    @property
    def of_logic(self) -> bool:
        """Whether it concludes, and is no text."""
        return self.what == LOGIC


def digests(parts: Iterable[SeenPart]) -> Digests:
    """Return the two digests of what was seen; the order of the parts says nothing.

    >>> digests([SeenPart("rule a", "title", "A")]).logic == digests([]).logic
    True
    """
    every = sorted({(one.about, one.what, plain(one.says)) for one in parts})
    sides = ([one for one in every if (one[1] == LOGIC) is logic] for logic in (True, False))
    logic, words = (hashlib.sha256(json.dumps(side).encode()).hexdigest()[:16] for side in sides)
    return Digests(logic, words)


def plain(text: str) -> str:
    """Return a text as it is compared: line breaks and double blanks say nothing."""
    return " ".join(text.split())


def changed_parts(
    before: Iterable[SeenPart], after: Iterable[SeenPart]
) -> tuple[ChangedPart, ...]:
    """Return what is not as it was seen, in the order of what is there now, then what is gone."""
    old = {(one.about, one.what): plain(one.says) for one in before}
    new = {(one.about, one.what): plain(one.says) for one in after}
    return tuple(
        ChangedPart(*key, old.get(key), new.get(key))
        for key in dict.fromkeys((*new, *old))
        if old.get(key) != new.get(key)
    )
