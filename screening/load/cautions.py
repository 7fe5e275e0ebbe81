"""From `cautions.yaml` to cautions, and from those to rules on the exercises that name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from screening.diagnostics import Code, Problems
from screening.load.entries import Reader
from screening.load.mapping_reader import Fields
from screening.load.phrase import Vocabulary, read_condition
from screening.load.tree import Node
from screening.model.catalogue import Caution, Exercise
from screening.model.expr import Expr
from screening.model.rule import AvoidExercise, Conclusion, Modify, Rule, UnknownPolicy, Unsure
from screening.model.vocabularies import Firmness
from screening.schema.keys import Of
from screening.schema.questions import CAUTION, CAUTIONS

UNKNOWN = UnknownPolicy(Unsure.NOT_MET)
"""An unknown answer brings no caution by itself; a condition can name it (`X is unknown`)."""


def read_cautions(
    node: Node | None, reader: Reader, vocabulary: Vocabulary, problems: Problems
) -> Mapping[str, Caution]:
    """Return the cautions by id; one that says neither when nor what it waits for is noted."""
    if node is None:
        return {}

    def condition(fields: Fields, key: str) -> Expr | None:
        said = fields.get(key)
        return None if said is None else read_condition(said, vocabulary, problems)

    def hand(fields: Fields, caution: Caution) -> Caution:
        leave_out, change = (condition(fields, key) for key in ("leave_out", "change"))
        asked = leave_out is not None or change is not None
        if asked is bool(caution.waits_for):
            message = "a caution says `leave_out` or `change`, or else what it `waits_for`"
            problems.add(Code.wrong_shape, fields.node.at, message)
        return replace(caution, leave_out=leave_out, change=change)

    sources = {Of.SOURCE: reader.known[Of.SOURCE]}
    return Reader(problems, {CAUTION.what: hand}, sources).file(node, CAUTIONS)


def caution_rules(
    cautions: Mapping[str, Caution],
    exercises: Mapping[str, Exercise],
    instead: Mapping[str, tuple[str, ...]],
) -> Iterator[Rule]:
    """Yield the rules of the cautions some exercise names; `instead` are its alternatives."""
    for caution in cautions.values():
        named = [e for e in exercises.values() if caution.id in e.cautions]
        carrying = {e.id for e in named}
        out = (_left_out(e, instead[e.id], carrying) for e in named)
        changed = (Modify(e.id, caution.say) for e in named)
        for when, how, then in (
            (caution.leave_out, "leave_out", tuple(out)),
            (caution.change, "change", tuple(changed)),
        ):
            if when is not None and named:
                yield _rule(caution, how, when, then)


def _left_out(exercise: Exercise, instead: tuple[str, ...], carrying: set[str]) -> AvoidExercise:
    """Return what leaves an exercise out; instead what the same caution does not leave out."""
    offered = dict.fromkeys((*instead, *exercise.easier))
    free = tuple(name for name in offered if name not in carrying)
    return AvoidExercise(exercise.id, Firmness.HARD, free)


def _rule(caution: Caution, how: str, when: Expr, then: tuple[Conclusion, ...]) -> Rule:
    return Rule(
        id=f"{caution.id}.{how}",
        title=caution.title,
        when=when,
        then=then,
        because=caution.because,
        topic="exercises",
        evidence=caution.evidence,
        unknown=UNKNOWN,
        cell=True,
        at=caution.at,
    )
