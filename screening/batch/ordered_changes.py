"""Changes put in order on the disk, so that a list of millions needs no memory."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO

from screening.batch.impact import ResultChange, ResultTurn
from screening.model.vocabularies import Level
from screening.storage.codec import from_tree, tree_of

Pile = tuple[ResultTurn, Level]


class Spool:
    """Changes in piles: by the way they went, the newly referred first, the most urgent first."""

    def __init__(self) -> None:
        self._piles: dict[Pile, IO[str]] = {}
        self.counts: Counter[ResultTurn] = Counter()

    def add(self, changes: Iterable[ResultChange]) -> None:
        """Put changes on their piles."""
        for one in changes:
            pile = self._piles.get((one.turn, one.after))
            if pile is None:
                pile = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - in `close`
                self._piles[one.turn, one.after] = pile
            pile.write(json.dumps(tree_of(one)) + "\n")
            self.counts[one.turn] += 1

    def changes(self) -> Iterator[ResultChange]:
        """Yield all changes in order; within a pile in the order they came."""
        turns = list(ResultTurn)
        for key in sorted(self._piles, key=lambda pile: (turns.index(pile[0]), -pile[1])):
            pile = self._piles[key]
            pile.seek(0)
            yield from (from_tree(ResultChange, json.loads(line)) for line in pile)

    def close(self) -> None:
        """Let go of the disk."""
        for pile in self._piles.values():
            pile.close()
