"""Whose referral differs between two knowledge bases, among given intakes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from screening.assess import Assessor
from screening.assess.difference import Change, difference
from screening.errors import BadInputError
from screening.load import load_intake
from screening.model.vocabularies import Level


@dataclass(frozen=True, slots=True)
class Moved:
    """An intake that is concluded otherwise: the level before and after, and all that changes."""

    intake: str
    before: Level
    after: Level
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class OnIntakes:
    """How many intakes were read, those concluded otherwise, and those that one cannot read."""

    read: int
    moved: tuple[Moved, ...]
    unread: tuple[str, ...]

    @property
    def newly_referred(self) -> tuple[Moved, ...]:
        """Those referred more urgently than before."""
        return tuple(one for one in self.moved if one.after > one.before)

    @property
    def newly_cleared(self) -> tuple[Moved, ...]:
        """Those referred less urgently than before, or no more."""
        return tuple(one for one in self.moved if one.after < one.before)


def on_intakes(old: Assessor, new: Assessor, paths: Iterable[Path]) -> OnIntakes:
    """Conclude intakes with both; one that follows another, or fits only one, is left out by name.

    Raises:
        DisagreementError: when the engines differ.

    """
    read, moved, unread = 0, [], []
    for path in paths:
        try:
            cases = [load_intake(path, one.knowledge) for one in (old, new)]
        except BadInputError:
            cases = []
        if not cases or cases[0].follows:
            unread.append(str(path))
            continue
        read += 1
        was, now = (one.conclude(c).assessment for one, c in zip((old, new), cases, strict=True))
        changes = difference(was, now, old.knowledge, new.knowledge)
        if changes:
            moved.append(Moved(str(path), was.referral.level, now.referral.level, changes))
    return OnIntakes(read, tuple(moved), tuple(unread))
