"""From `session.yaml` to what sessions are built from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from screening.diagnostics import Code, Problems, Span, quoted, suggestion
from screening.load.entries import Hand, Reader
from screening.load.mapping_reader import Fields
from screening.load.phrase import Vocabulary, read_condition
from screening.load.tree import Node
from screening.model.catalogue import Exercise
from screening.model.expr import Expr
from screening.model.session import Minutes, Phase, SessionGate, SessionKnowledge, SessionStage
from screening.schema.keys import Of
from screening.schema.session import GATE, MINUTES, SESSION, STAGE

EASIEST = 1  # the most the first rung of a ladder may load any direction


def read_session(  # noqa: PLR0913, PLR0917 - what a file names is of many kinds
    node: Node | None,
    known: Mapping[Of, Collection[str]],
    exercises: Mapping[str, Exercise],
    concluded: Collection[str],
    vocabulary: Vocabulary,
    problems: Problems,
) -> SessionKnowledge | None:
    """Return what sessions are built from; `concluded` are the ids of findings and stages."""
    if node is None:
        return None

    def gate(fields: Fields, read: SessionGate) -> SessionGate:
        return replace(read, when=_condition(fields, "when", vocabulary, problems))

    def stage(fields: Fields, read: SessionStage) -> SessionStage:
        for text in (*fields.quiet.texts("every"), *fields.quiet.texts("some")):
            _named(text.value, concluded, "finding or stage", text.at, problems)
        return read

    def session(fields: Fields, read: SessionKnowledge) -> SessionKnowledge:
        for one in read.stages:
            for name in (*one.control, *one.main):
                _named(name, read.slots, "slot", one.at, problems)
        _begins_easy(read, exercises, problems)
        _stages_of_rungs(read, exercises, problems)
        return replace(read, trained=_condition(fields, "trained", vocabulary, problems))

    hands: Mapping[str, Hand] = {
        GATE.what: gate,
        STAGE.what: stage,
        MINUTES.what: lambda fields, read: _added_up(fields, read, problems),
        SESSION.what: session,
    }
    return Reader(problems, hands, known).file(node, SESSION)


def _condition(
    fields: Fields, key: str, vocabulary: Vocabulary, problems: Problems
) -> Expr | None:
    said = fields.get(key)
    return None if said is None else read_condition(said, vocabulary, problems)


def _begins_easy(
    read: SessionKnowledge, exercises: Mapping[str, Exercise], problems: Problems
) -> None:
    """Note ladders whose first rung is none of the easiest."""
    for ladder in read.ladders:
        first = exercises.get(ladder.rungs[0].exercise) if ladder.rungs else None
        if first is None:
            continue
        most = first.loads
        if first.rung and most > EASIEST:
            message = (
                f"the ladder {quoted(ladder.id)} begins with {first.name}, which loads {most}"
            )
            help_ = f"begin with an exercise of rung 0, or that loads at most {EASIEST}"
            problems.add(Code.bad_number, ladder.at, message, help_)


def _stages_of_rungs(
    read: SessionKnowledge, exercises: Mapping[str, Exercise], problems: Problems
) -> None:
    """Note rungs of no stage, of one in which nothing may load so much, and of an easier one."""
    demands = {stage.id: stage.demand for stage in read.stages}
    for ladder in read.ladders:
        before = 0
        for rung in ladder.rungs:
            _named(rung.stage, demands, "stage of sessions", ladder.at, problems)
            exercise, most = exercises.get(rung.exercise), demands.get(rung.stage)
            if exercise is None or most is None:
                continue
            if exercise.loads > most:
                message = (
                    f"the ladder {quoted(ladder.id)} has {exercise.name} from "
                    f"{quoted(rung.stage)} on, in which nothing may load more than {most}: "
                    f"it loads {exercise.loads}"
                )
                problems.add(Code.bad_number, ladder.at, message)
            if most < before:
                message = (
                    f"the ladder {quoted(ladder.id)} has {exercise.name} earlier than a rung below"
                )
                problems.add(Code.bad_number, ladder.at, message)
            before = max(before, most)


def _added_up(fields: Fields, read: Minutes, problems: Problems) -> Minutes:
    """Return a length, noting minutes that are none, or do not add up to it."""
    numbers = [int(one) for one in read.phases if one.isdecimal()]
    if len(numbers) != len(Phase) or sum(numbers) != read.length:
        message = (
            f"`phases` must be {len(Phase)} numbers of minutes that make {read.length}, "
            f"found {quoted(' '.join(read.phases))}"
        )
        problems.add(Code.bad_number, fields.value_place("phases"), message)
    return read


def _named(name: str, legal: Collection[str], what: str, at: Span, problems: Problems) -> None:
    if name not in legal:
        message = f"no {what} {quoted(name)}"
        problems.add(Code.dangling_target, at, message, suggestion(name, legal))
