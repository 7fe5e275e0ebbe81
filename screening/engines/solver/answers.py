"""The answers a client may give, as statements: a legal one to each question, or none.

The smallest client in whom something holds has as few answers as can be, the plainest ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from screening.engines._z3 import FALSE, TRUE, Solver, Term, opposite
from screening.model.question import Question, Value
from screening.model.vocabularies import ASKED_UNKNOWN, UNKNOWNS, Unknown

NUMBER = "a number"


class OpenAnswers:
    """One client's answers, not fixed yet. Every partial intake is a world of theirs.

    `name` tells several clients of one solver apart. A number is known by which of the numbers
    that anybody compares it with it reaches, so that each interval between two of them is one
    answer.
    """

    def __init__(
        self,
        solver: Solver,
        questions: Mapping[str, Question],
        name: str = "",
    ) -> None:
        self._solver = solver
        self._questions = questions
        self._name = name
        self._words: dict[str, dict[str, Term]] = {}
        self._cuts: dict[str, dict[int, Term]] = {}

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions that anything is known to rest on, in asking order."""
        return tuple(name for name in self._questions if name in self._words)

    def words(self, question: str) -> Mapping[str, Term]:
        """Return that each answer was given; a number counts as one answer here."""
        if question not in self._words:
            asked = self._questions[question]
            known = (NUMBER,) if asked.is_number else asked.words
            unknown = (word.value for word in ASKED_UNKNOWN)
            legal = (*known, *unknown)
            found = {word: self._variable(f"{question} is {word}") for word in legal}
            for one, other in combinations(found.values(), 2):
                self._solver.require(opposite(one), opposite(other))
            self._words[question] = found
        return self._words[question]

    def given(self, question: str) -> Term:
        """Return that a question was answered at all."""
        return self._solver.any_of(self.words(question).values())

    def like(self, question: str, value: Value) -> Term:
        """Return that this answer was given; for a number, one that nothing so far tells from it.

        Unlike `equals`, it makes nothing tell numbers apart.
        """
        if not isinstance(value, int) or not self._questions[question].is_number:
            return self.one_of(
                question, (value.value if isinstance(value, Unknown) else str(value),)
            )
        cuts = self._cuts.get(question, {}).items()
        told = (term if cut <= value else opposite(term) for cut, term in cuts)
        return self._solver.all_of((self.words(question)[NUMBER], *told))

    def concerns(self, question: str) -> Term:
        """Return that another answer than one like the harmless one was given."""
        harmless = self.like(question, self._questions[question].harmless)
        return self._solver.all_of((self.given(question), opposite(harmless)))

    def one_of(self, question: str, words: Iterable[str]) -> Term:
        """Return that the answer is one of these words; those it does not take never are."""
        known = self.words(question)
        return self._solver.any_of(known[word] for word in sorted(words) if word in known)

    def within(self, question: str, low: int, high: int) -> Term:
        """Return that a number from `low` to `high` was answered."""
        too_high = opposite(self._reaches(question, high + 1))
        return self._solver.all_of((self._reaches(question, low), too_high))

    def equals(self, question: str, value: Value) -> Term:
        """Return that this answer was given; for a number, one that nothing tells from it."""
        if isinstance(value, int):
            return self.within(question, value, value)
        return self.one_of(question, (value.value if isinstance(value, Unknown) else value,))

    def client(self, among: Iterable[str] | None = None) -> dict[str, Value]:
        """Return the answers in the world the solver found last, in asking order.

        With `among`, only to those questions.
        """
        names = self.asked if among is None else tuple(among)
        return {name: value for name in names for value in self._answer(name)}

    def _answer(self, question: str) -> Iterator[Value]:
        """Yield the answer to one question, if there is one."""
        for word, term in self._words[question].items():
            if self._solver.holds(term):
                if word == NUMBER:
                    yield self._number(question)
                else:
                    yield UNKNOWNS.get(word, word)
                return

    def _number(self, question: str) -> int:
        """Return the number nearest to the harmless one that reaches what the world says."""
        asked, low, high = self._questions[question], *self._bounds(question)
        usual = asked.harmless if isinstance(asked.harmless, int) else asked.low
        return min(max(usual, low), high)

    def _bounds(self, question: str) -> tuple[int, int]:
        asked, cuts = self._questions[question], self._cuts.get(question, {})
        reached = [cut for cut, term in cuts.items() if self._solver.holds(term)]
        missed = [cut - 1 for cut in cuts if cut not in reached]
        return max((asked.low, *reached)), min((asked.high, *missed))

    def _reaches(self, question: str, number: int) -> Term:
        """Return that the number answered is this one or a higher one."""
        asked = self._questions[question]
        if not asked.is_number:  # two versions of it have no number in common
            return FALSE
        if number <= asked.low:
            return self.words(question)[NUMBER]
        if number > asked.high:
            return FALSE
        cuts = self._cuts.setdefault(question, {})
        if number not in cuts:
            cuts[number] = self._variable(f"{question} >= {number}")
            self._order(question, number)
        return cuts[number]

    def _order(self, question: str, new: int) -> None:
        """Require of a new number what makes it fit between those already compared with."""
        cuts = self._cuts[question]
        below = max((cut for cut in cuts if cut < new), default=None)
        above = min((cut for cut in cuts if cut > new), default=None)
        weaker = self.words(question)[NUMBER] if below is None else cuts[below]
        self._solver.require(opposite(cuts[new]), weaker)
        if above is not None:
            self._solver.require(opposite(cuts[above]), cuts[new])

    def _variable(self, name: str) -> Term:
        return self._solver.variable(f"{self._name}{name}")


class Smallest:
    """Finds the clients with the fewest answers; of those, the one asked about least early.

    With `concerning`, only answers other than the harmless ones count, and are told. The result
    rests on the statements alone, not on which client the solver happens to find.
    """

    def __init__(self, solver: Solver, answers: OpenAnswers, *, concerning: bool = False) -> None:
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
