"""What differs between two results of one client: from what, to what, and through which rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from screening.model.vocabularies import LEVELS, Level

COMPARED = (
    "referral", "clearance", "findings", "stage", "limits",
    "recommend", "avoid", "avoid_exercises", "withheld",
)  # fmt: skip


class Turn(Enum):
    """Which way a result went, the most pressing first."""

    REFERRED = "newly referred, or sooner"
    CLEARED = "no longer referred, or later"
    OTHER = "otherwise changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One column says something else; `rules` are those that make the difference."""

    column: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A client whose result differs; `row` is the table's, 0 in the records."""

    client: str
    row: int
    before: Level
    after: Level
    differences: tuple[Difference, ...]

    @property
    def turn(self) -> Turn:
        """Which way it went."""
        if self.after > self.before:
            return Turn.REFERRED
        return Turn.CLEARED if self.after < self.before else Turn.OTHER


def change(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Difference, ...]:
    """Return what differs between two rows of OUT; other rules for the same thing do not."""
    found = [_referral(before, after)]
    found += [difference(name, before[name], after[name]) for name in COMPARED[1:]]
    return tuple(one for one in found if one is not None)


def _referral(before: Mapping[str, str], after: Mapping[str, str]) -> Difference | None:
    """Return a change of level, with the rules that decide the more urgent one."""
    was, is_ = before["referral"], after["referral"]
    if was == is_:
        return None
    higher = after if LEVELS[is_] > LEVELS[was] else before
    rules = tuple(higher["referral_by"].split(", "))
    return Difference("referral", (was,), (is_,), rules)


@lru_cache(maxsize=1 << 14)
def difference(column: str, before: str, after: str) -> Difference | None:
    """Return what a column says differently, or None.

    >>> difference("recommend", "walk: a; carry: b", "carry: c; hinge_squat: d")
    Difference(column='recommend', before=('walk',), after=('hinge_squat',), rules=('a', 'd'))
    """
    was, is_ = _entries(before), _entries(after)
    gone = {said: rules for said, rules in was.items() if said not in is_}
    new = {said: rules for said, rules in is_.items() if said not in was}
    if not gone and not new:
        return None
    rules = dict.fromkeys(rule for one in (*gone.values(), *new.values()) for rule in one)
    return Difference(column, tuple(gone), tuple(new), tuple(rules))


def _entries(text: str) -> dict[str, tuple[str, ...]]:
    """Return the rules behind each thing that a column says."""
    found = {}
    for entry in filter(None, text.split("; ")):
        said, _, rules = entry.partition(": ")
        found[said] = tuple(filter(None, rules.split(", ")))
    return found
