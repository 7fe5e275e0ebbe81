"""The only door to z3: statements that are true or false, and whether some can hold together.

Statements are numbers, and the opposite of one is its negative, so that most of the work is done
without z3's slow Python objects. Only what SMT-LIB's core theory has is used, so that an exported
problem can be given to any solver. There is no time limit and the seed is fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NewType

import z3

Term = NewType("Term", int)
"""A statement of one solver; its negative is the opposite."""

TRUE, FALSE = Term(1), Term(-1)
SEED = 0


class UndecidedError(Exception):
    """z3 gave no answer; without a limit it always has."""


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
        self._solver = z3.SolverFor("QF_FD")  # the fastest to answer, the slowest to show a world
        self._shower = z3.SimpleSolver()
        self._shower.set("phase_selection", 0)  # the worlds it finds first say little
        for solver in (self._solver, self._shower):
            solver.set("random_seed", SEED)
            solver.set("ctrl_c", False)  # else no prompt hears Ctrl-C once z3 has run
        self._shown = 0  # how many of the requirements the shower knows
        self._required: list[z3.BoolRef] = []
        self._assumed: list[z3.BoolRef] = []
        truth = z3.BoolVal(val=True)
        self._kept: list[z3.BoolRef] = [truth, truth]  # z3's own objects, by number
        self._opposites: dict[Term, z3.BoolRef] = {}
        self._sort = z3.BoolSort().ast
        self._all: dict[tuple[Term, ...], Term] = {}
        self._model: z3.ModelRef | None = None

    def variable(self, name: str) -> Term:
        """Return a new statement, free to be true or false."""
        symbol = z3.Z3_mk_string_symbol(self._ref, name)
        self._kept.append(self._known(z3.Z3_mk_const(self._ref, symbol, self._sort)))
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
            parts = (z3.Ast * len(kept))(*(self._object(term).ast for term in kept))
            meaning = self._known(z3.Z3_mk_and(self._ref, len(kept), parts))
            self._let(self._known(z3.Z3_mk_eq(self._ref, self._object(found).ast, meaning.ast)))
            self._all[kept] = found
        return self._all[kept]

    def any_of(self, terms: Iterable[Term]) -> Term:
        """Return that some statement holds; false for none."""
        return opposite(self.all_of(opposite(term) for term in terms))

    def at_least(self, count: int, terms: Sequence[Term]) -> Term:
        """Return that at least so many hold, by a table of counts over the terms.

        A term that is listed several times, side by side, counts as often and has one row.
        """
        if count <= 0 or count > len(terms):
            return TRUE if count <= 0 else FALSE
        if count > len(terms) // 2 + 1:  # fewer rows: not too many of the opposites
            too_few = self.at_least(len(terms) - count + 1, [opposite(t) for t in terms])
            return opposite(too_few)
        row = [TRUE] + [FALSE] * count  # row[n]: at least n of the terms seen so far
        for term, listed in groupby(terms):
            times = len(list(listed))
            more = (self.all_of((term, row[max(0, n - times)])) for n in range(1, count + 1))
            row = [TRUE, *(self.any_of((row[n], m)) for n, m in enumerate(more, 1))]
        return row[count]

    def require(self, *either: Term) -> None:
        """Let at least one of these statements hold from now on."""
        self._let(z3.Or([self._object(term) for term in either]))

    def possible(self, *assumed: Term) -> bool:
        """Tell whether statements can hold together.

        Raises:
            UndecidedError: when z3 gives up.

        """
        if FALSE in assumed:
            return False
        self._assumed = [self._object(term) for term in assumed if term != TRUE]
        self._model = None
        return self._answer(self._solver)

    def holds(self, term: Term) -> bool:
        """Tell whether a statement holds in the world found last; false where it may be either."""
        if term in (TRUE, FALSE):
            return term == TRUE
        if self._model is None:
            self._shower.add(*self._required[self._shown :])
            self._shown = len(self._required)
            self._answer(self._shower)
            self._model = self._shower.model()
        name = self._kept[abs(term)].decl().ast
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
        asked.add(*self._required)
        asked.add(*(self._object(term) for term in assumed))
        return str(asked.to_smt2())

    def _answer(self, solver: z3.Solver) -> bool:
        answer = solver.check(*self._assumed)
        if answer == z3.unknown:
            raise UndecidedError(solver.reason_unknown())
        return bool(answer == z3.sat)

    def _let(self, required: z3.BoolRef) -> None:
        self._solver.add(required)
        self._required.append(required)

    def _object(self, term: Term) -> z3.BoolRef:
        if term > 0:
            return self._kept[term]
        if term not in self._opposites:
            kept = self._kept[-term].ast
            self._opposites[term] = self._known(z3.Z3_mk_not(self._ref, kept))
        return self._opposites[term]

    def _known(self, made: z3.Ast) -> z3.BoolRef:
        """Return what z3 made as an object that keeps it alive."""
        return z3.BoolRef(made, self._context)
