"""From a rule to its mutants: the same rule with one small mistake in it."""

from screening.author.mutants.enumerate import mutants_of
from screening.author.mutants.mutant import Change, Mutant

__all__ = ["Change", "Mutant", "mutants_of"]
