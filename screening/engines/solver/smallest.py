"""The smallest client in whom something holds: as few answers as can be, the plainest ones."""

from __future__ import annotations

from collections.abc import Mapping

from screening.engines._z3 import FALSE, TRUE, Solver, Term, opposite
from screening.engines.solver.answers import Answers
from screening.model.question import Value


class Smallest:
    """Finds the clients with the fewest answers; of those, the one asked about least early.

    The result rests on the statements alone, not on which client the solver happens to find.
    """

    def __init__(self, solver: Solver, answers: Answers) -> None:
        self._solver = solver
        self._answers = answers
        self._given: list[Term] = []
        self._rows: list[list[Term]] = []  # [n][i]: more than n of the first i questions are given

    def client(self, *assumed: Term) -> Mapping[str, Value] | None:
        """Return the smallest client for whom the statements hold; None when there is none."""
        if not self._solver.possible(*assumed):
            return None
        client = self._fewer(assumed)
        while client:
            fewer = opposite(self._more_than(len(client) - 1))
            if not self._solver.possible(*assumed, fewer):
                break
            client = self._answers.client()
        return self._plainest(client, [*assumed, opposite(self._more_than(len(client)))])

    def _fewer(self, assumed: tuple[Term, ...]) -> Mapping[str, Value]:
        """Return a client none of whose answers can be left out, found by leaving out each."""
        client = self._answers.client()
        absent = [opposite(self._answers.given(q)) for q in self._answers.asked if q not in client]
        for name in tuple(client):
            if name in client:
                without = opposite(self._answers.given(name))
                if self._solver.possible(*assumed, *absent, without):
                    left = self._answers.client(among=client)
                    absent += [opposite(self._answers.given(q)) for q in client if q not in left]
                    client = left
        return client

    def _plainest(self, client: Mapping[str, Value], held: list[Term]) -> Mapping[str, Value]:
        """Return the client of this size with the latest questions and the first answers."""
        for name in self._answers.asked:
            if name in client:
                absent = opposite(self._answers.given(name))
                if self._solver.possible(*held, absent):
                    client = self._answers.client()
            if name not in client:
                held.append(opposite(self._answers.given(name)))
                continue
            for term in self._answers.words(name).values():
                if self._solver.possible(*held, term):
                    held.append(term)
                    client = self._answers.client()
                    break
        return client

    def _more_than(self, count: int) -> Term:
        """Return that more than so many questions were answered."""
        given = [self._answers.given(name) for name in self._answers.asked]
        if len(given) != len(self._given):
            self._given, self._rows = given, []
        for n in range(len(self._rows), count + 1):
            self._rows.append(self._row(n))
        return self._rows[count][-1]

    def _row(self, count: int) -> list[Term]:
        fewer = self._rows[count - 1] if count else [TRUE] * (len(self._given) + 1)
        row = [FALSE]
        for i, given in enumerate(self._given):
            here = self._solver.all_of((given, fewer[i]))
            row.append(self._solver.any_of((row[i], here)))
        return row
