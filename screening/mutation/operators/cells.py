"""Mistakes in the exercise catalogue: a verdict lost, or another one.

The condition of a cell's rule is written by the loader, not by a person, so it is not changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from screening.errors import assert_never
from screening.model.conclusions import brief, target_of
from screening.model.rule import AvoidExercise, Conclusion, Keep, Modify, Rule
from screening.model.vocabularies import Firmness
from screening.mutation.operators.mutant import Change

CELL = (Keep, Modify, AvoidExercise)
SOME_TEXT = "Less of it."  # what a verdict says instead is prose, and not what is tested


def cell_mutants(rule: Rule) -> Iterator[tuple[str, Change, Rule | None]]:
    """Yield the rule of a catalogue cell with the other verdicts, and no rule."""
    yield "no rule", Change.RULE, None
    for conclusion in rule.then:
        if not isinstance(conclusion, CELL):
            continue
        for other in _other_verdicts(conclusion):
            name = f"{brief(other)} for {brief(conclusion)}"
            yield name, Change.THEN, replace(rule, then=(other,))


def _other_verdicts(conclusion: Keep | Modify | AvoidExercise) -> Iterator[Conclusion]:
    exercise = target_of(conclusion)
    match conclusion:
        case Keep():
            yield Modify(exercise, SOME_TEXT)
            yield AvoidExercise(exercise, Firmness.SOFT)
        case Modify():
            yield Keep(exercise)
            yield AvoidExercise(exercise, Firmness.SOFT)
        case AvoidExercise(_, firmness, _, follows):
            yield Keep(exercise)
            yield Modify(exercise, SOME_TEXT)
            if not follows:
                yield from (replace(conclusion, firmness=f) for f in Firmness if f is not firmness)
        case _ as never:
            assert_never(never)
