"""Changes put in order on the disk, so that a list of millions needs no memory."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO

from screening.batch.change import Change, Difference, Turn
from screening.model.vocabularies import Level

Pile = tuple[Turn, Level]


class Spool:
    """Changes in piles: by the way they went, the newly referred first, the most urgent first."""

    def __init__(self) -> None:
        self._piles: dict[Pile, IO[str]] = {}
        self.counts: Counter[Turn] = Counter()

    def add(self, changes: Iterable[Change]) -> None:
        """Put changes on their piles."""
        for one in changes:
            pile = self._piles.get((one.turn, one.after))
            if pile is None:
                pile = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - in `close`
                self._piles[one.turn, one.after] = pile
            pile.write(_line(one))
            self.counts[one.turn] += 1

    def changes(self) -> Iterator[Change]:
        """Yield all changes in order; within a pile in the order they came."""
        turns = list(Turn)
        for key in sorted(self._piles, key=lambda pile: (turns.index(pile[0]), -pile[1])):
            pile = self._piles[key]
            pile.seek(0)
            yield from map(_read, pile)

    def close(self) -> None:
        """Let go of the disk."""
        for pile in self._piles.values():
            pile.close()


def _line(one: Change) -> str:
    told = [[d.column, d.before, d.after, d.rules] for d in one.differences]
    return json.dumps([one.client, one.row, one.before, one.after, told]) + "\n"


def _read(line: str) -> Change:
    client, row, before, after, told = json.loads(line)
    differences = tuple(Difference(c, tuple(b), tuple(a), tuple(r)) for c, b, a, r in told)
    return Change(client, row, Level(before), Level(after), differences)
