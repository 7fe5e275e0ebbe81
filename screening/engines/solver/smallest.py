"""The smallest client in whom something holds: as few answers as can be, the plainest ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from screening.engines._z3 import FALSE, TRUE, Solver, Term, opposite
from screening.engines.solver.answers import Answers
from screening.model.question import Value


class Smallest:
    """Finds the clients with the fewest answers; of those, the one asked about least early.

    With `concerning`, only answers other than the harmless ones count, and are told. The result
    rests on the statements alone, not on which client the solver happens to find.
    """

    def __init__(self, solver: Solver, answers: Answers, *, concerning: bool = False) -> None:
        self._solver = solver
        self._answers = answers
        self._counts = answers.concerns if concerning else answers.given
        self._counted: dict[str, Term] = {}  # by question: its answer counts
        self._rows: list[list[Term]] = []  # [n][i]: more than n of the first i questions count

    def client(self, *assumed: Term) -> Mapping[str, Value] | None:
        """Return the smallest client for whom the statements hold; None when there is none."""
        self._count()
        if not self._solver.possible(*assumed):
            return None
        client = self._fewer(assumed)
        while client:
            fewer = opposite(self._more_than(len(client) - 1))
            if not self._solver.possible(*assumed, fewer):
                break
            client = self._told()
        return self._plainest(client, [*assumed, opposite(self._more_than(len(client)))])

    def _count(self) -> None:
        """Learn which questions there are by now, and when the answer to each counts."""
        counted = {name: self._counts(name) for name in self._answers.asked}
        if counted != self._counted:
            self._counted, self._rows = counted, []

    def _told(self, among: Iterable[str] | None = None) -> Mapping[str, Value]:
        """Return the answers that count in the world the solver found last."""
        names = self._counted if among is None else among
        return self._answers.client([n for n in names if self._solver.holds(self._counted[n])])

    def _fewer(self, assumed: tuple[Term, ...]) -> Mapping[str, Value]:
        """Return a client none of whose answers can be left out, found by leaving out each."""
        client = self._told()
        absent = [opposite(term) for q, term in self._counted.items() if q not in client]
        for name in tuple(client):
            if name in client:
                without = opposite(self._counted[name])
                if self._solver.possible(*assumed, *absent, without):
                    left = self._told(among=client)
                    absent += [opposite(self._counted[q]) for q in client if q not in left]
                    client = left
        return client

    def _plainest(self, client: Mapping[str, Value], held: list[Term]) -> Mapping[str, Value]:
        """Return the client of this size with the latest questions and the first answers."""
        for name, counts in self._counted.items():
            if name in client and self._solver.possible(*held, opposite(counts)):
                client = self._told()
            if name not in client:
                held.append(opposite(counts))
                continue
            held.append(counts)
            for term in self._answers.words(name).values():
                if self._solver.possible(*held, term):
                    held.append(term)
                    client = self._told()
                    break
        return client

    def _more_than(self, count: int) -> Term:
        """Return that more than so many answers count."""
        for n in range(len(self._rows), count + 1):
            self._rows.append(self._row(n))
        return self._rows[count][-1]

    def _row(self, count: int) -> list[Term]:
        fewer = self._rows[count - 1] if count else [TRUE] * (len(self._counted) + 1)
        row = [FALSE]
        for i, counts in enumerate(self._counted.values()):
            here = self._solver.all_of((counts, fewer[i]))
            row.append(self._solver.any_of((row[i], here)))
        return row
