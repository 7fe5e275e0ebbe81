"""From a rule to its mutants: the same rule with one small mistake in it."""

from screening.mutation.operators.enumerate import mutants_of
from screening.mutation.operators.mutant import Change, Mutant

__all__ = ["Change", "Mutant", "mutants_of"]
