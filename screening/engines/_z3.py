"""The only door to z3: statements that are true or false, and whether some can hold together.

Statements are numbers, and the opposite of one is its negative, so that most of the work is done
without z3's slow Python objects. Only what SMT-LIB's core theory has is used, so that an exported
problem can be given to any solver. There is no time limit and the seed is fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NewType

import z3

Term = NewType("Term", int)
"""A statement of one solver; its negative is the opposite."""

TRUE, FALSE = Term(1), Term(-1)
SEED = 0


class UndecidedError(Exception):
    """The solver was interrupted; it never gives up by itself."""


def opposite(term: Term) -> Term:
    """Return that a statement is false.

    >>> opposite(TRUE) == FALSE
    True
    """
    return Term(-term)


class Solver:
    """Answers whether statements can hold together, given all that was required before."""

    def __init__(self) -> None:
        self._context = z3.main_ctx()
        self._ref = self._context.ref()
        self._solver = z3.SimpleSolver()
        self._solver.set("random_seed", SEED)
        self._solver.set("phase_selection", 0)  # the worlds it finds first say little
        truth = z3.BoolVal(val=True)
        self._kept = [truth, truth]  # z3's own objects, by number
        self._opposites = [z3.Not(truth)] * 2
        self._names = [truth.decl().ast] * 2
        self._all: dict[tuple[Term, ...], Term] = {}
        self._model: z3.ModelRef | None = None

    def variable(self, name: str) -> Term:
        """Return a new statement, free to be true or false."""
        self._kept.append(z3.Bool(name, self._context))
        self._opposites.append(z3.Not(self._kept[-1]))
        self._names.append(self._kept[-1].decl().ast)
        return Term(len(self._kept) - 1)

    def all_of(self, terms: Iterable[Term]) -> Term:
        """Return that every statement holds; true for none. Equal ones are one statement.

        >>> solver = Solver()
        >>> a = solver.variable("a")
        >>> solver.all_of([a, TRUE]) == a, solver.all_of([a, opposite(a)]) == FALSE
        (True, True)
        """
        kept = tuple(sorted(set(terms) - {TRUE}))
        if FALSE in kept or any(-term in kept for term in kept if term < 0):
            return FALSE
        if len(kept) < 2:  # noqa: PLR2004 - one or none
            return kept[0] if kept else TRUE
        if kept not in self._all:
            found = self.variable(f"all {len(self._all)}")
            meaning = z3.And([self._object(term) for term in kept])
            self._solver.add(self._object(found) == meaning)
            self._all[kept] = found
        return self._all[kept]

    def any_of(self, terms: Iterable[Term]) -> Term:
        """Return that some statement holds; false for none."""
        return opposite(self.all_of(opposite(term) for term in terms))

    def at_least(self, count: int, terms: Sequence[Term]) -> Term:
        """Return that at least so many hold, by a table of counts over the terms."""
        if count <= 0 or count > len(terms):
            return TRUE if count <= 0 else FALSE
        if count > len(terms) // 2 + 1:  # fewer rows: not too many of the opposites
            too_few = self.at_least(len(terms) - count + 1, [opposite(t) for t in terms])
            return opposite(too_few)
        row = [TRUE] + [FALSE] * count  # row[n]: at least n of the terms seen so far
        for term in terms:
            more = (self.all_of((term, row[n - 1])) for n in range(1, count + 1))
            row = [TRUE, *(self.any_of((row[n], m)) for n, m in enumerate(more, 1))]
        return row[count]

    def require(self, *either: Term) -> None:
        """Let at least one of these statements hold from now on."""
        self._solver.add(z3.Or([self._object(term) for term in either]))

    def possible(self, *assumed: Term) -> bool:
        """Tell whether statements can hold together.

        Raises:
            UndecidedError: when somebody interrupted it.

        """
        if FALSE in assumed:
            return False
        objects = [self._object(term) for term in assumed if term != TRUE]
        answer = self._solver.check(*objects)
        if answer == z3.unknown:
            raise UndecidedError(self._solver.reason_unknown())
        self._model = None
        return bool(answer == z3.sat)

    def holds(self, term: Term) -> bool:
        """Tell whether a statement holds in the world found last; false where it may be either."""
        if term in (TRUE, FALSE):
            return term == TRUE
        if self._model is None:
            self._model = self._solver.model()  # taken when it is looked at: it takes a while
        name = self._names[abs(term)]
        found = z3.Z3_model_get_const_interp(self._ref, self._model.model, name)
        true = bool(found.value) and z3.Z3_get_bool_value(self._ref, found) == z3.Z3_L_TRUE
        return true if term > 0 else not true

    def clash(self, *assumed: Term) -> tuple[Term, ...]:
        """Return those of the assumptions that z3 used, after `possible` said no to them."""
        used = {term.get_id() for term in self._solver.unsat_core()}
        return tuple(term for term in assumed if self._object(term).get_id() in used)

    def smt2(self, *assumed: Term) -> str:
        """Return the question as SMT-LIB 2: satisfiable when the statements can hold together."""
        asked = z3.Solver()
        asked.add(self._solver.assertions())
        asked.add(*(self._object(term) for term in assumed))
        return str(asked.to_smt2())

    def _object(self, term: Term) -> z3.BoolRef:
        return self._kept[term] if term > 0 else self._opposites[-term]
