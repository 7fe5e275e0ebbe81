"""From a `Circuit` to what a form needs of it: which question is due, and when to stop.

Nothing is decided here: the wires are those of the compiled circuit, as lists that JSON takes, so
that a form has no logic of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from screening.engines.applicable import parents, with_inapplicable
from screening.errors import assert_never
from screening.interview.planner import Planner
from screening.model.circuit import (
    Circuit,
    Enough,
    Every,
    Gate,
    InRange,
    IsAsked,
    IsOneOf,
    Opposite,
    Refers,
    Some,
    Wire,
)
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question
from screening.model.rule import Refer
from screening.model.vocabularies import Level, Unknown
from screening.storage.codec import Tree

Row = list[Tree]
"""A gate: what it is, then what it tests or rests on."""


@dataclass(frozen=True, slots=True)
class FormGates:
    """The gates a form works, in order; all else are the numbers of gates among them.

    A question without an answer is read as something while one of its `reads` is on, and ruled out
    while one of `ruled_out` is. One of the `questions` is due when it is neither answered nor
    read, and each of its `parents` is. The form stops when `emergency` is on; who helps then are
    the targets of `helpers`, each while one of its gates is on. It is over while one of `ends` is
    on, each with the rule it is of: then only the questions that are `first` are due.
    """

    gates: tuple[Row, ...]
    questions: tuple[Question, ...]
    parents: Mapping[str, tuple[str, ...]]
    reads: Mapping[str, tuple[int, ...]]
    ruled_out: Mapping[str, tuple[int, ...]]
    emergency: int
    helpers: Mapping[str, tuple[int, ...]]
    ends: tuple[tuple[str, int], ...]
    first: frozenset[str]


def form_gates(knowledge: KnowledgeBase, circuit: Circuit) -> FormGates:
    """Return what a form of a full screening needs: no conclusion but that of an emergency."""
    questions = client_questions(knowledge)
    above = {one.id: parents(knowledge, one.id) for one in questions}
    named = dict.fromkeys((*above, *(name for each in above.values() for name in each)))
    fills = {name: circuit.fills.get(name, ()) for name in named}
    stopping = circuit.outputs[Refers(Level.EMERGENCY)]
    referring = circuit.outputs[Refers(Level.MONITOR)].rules
    ending = [one for one in referring if knowledge.rules[one.rule].ends]
    behind = [rule.when for rule in (*stopping.rules, *ending)]
    filled = (one.when for each in fills.values() for one in each)
    needed = circuit.needed((stopping.when, *behind, *filled))
    place = {wire: number for number, wire in enumerate(needed)}
    moot = Unknown.NOT_APPLICABLE
    return FormGates(
        tuple(_row(circuit.gates[wire], place) for wire in needed),
        questions,
        above,
        {name: tuple(place[one.when] for one in each) for name, each in fills.items()},
        {
            name: tuple(place[one.when] for one in each if one.value is moot)
            for name, each in fills.items()
        },
        place[stopping.when],
        _helpers(knowledge, [(one.rule, place[one.when]) for one in stopping.rules]),
        tuple((one.rule, place[one.when]) for one in ending),
        Planner(knowledge).emergency,
    )


def _helpers(
    knowledge: KnowledgeBase, behind: Iterable[tuple[str, int]]
) -> dict[str, tuple[int, ...]]:
    """Return whom the rules behind an emergency send to, each with the gates of its rules."""
    usual = knowledge.levels[Level.EMERGENCY].to
    found: dict[str, tuple[int, ...]] = {}
    for rule, wire in behind:
        for said in knowledge.rules[rule].then:
            if isinstance(said, Refer) and said.level is Level.EMERGENCY:
                to = said.to or usual
                found[to] = (*found.get(to, ()), wire)
    return found


def client_questions(knowledge: KnowledgeBase) -> tuple[Question, ...]:
    """Return what a client can be asked in a full screening, in the order of an interview.

    Emergency questions come first; then all in file order, as an interview in fixed order has it.
    A question whose numbers are not written as digits is left to the trainer.
    """
    first = Planner(knowledge).first
    after_an_earlier_one = with_inapplicable(knowledge, {})
    return tuple(
        knowledge.questions[name]
        for name in dict.fromkeys((*first, *knowledge.questions))
        if knowledge.questions[name].derived is None
        and not knowledge.questions[name].for_trainer
        and knowledge.questions[name].scale.digits
        and name not in after_an_earlier_one
    )


def _row(gate: Gate, place: dict[Wire, int]) -> Row:  # noqa: PLR0911 - one for each gate
    """Return a gate as a list; what it rests on stands before it."""

    def placed(parts: Iterable[Wire]) -> list[Tree]:
        return [place[part] for part in parts]

    match gate:
        case IsAsked(question):
            return ["asked", question]
        case IsOneOf(question, words):
            return ["word", question, [*sorted(words)]]
        case InRange(question, low, high):
            return ["range", question, low, high]
        case Every(parts):
            return ["every", placed(parts)]
        case Some(parts):
            return ["some", placed(parts)]
        case Opposite(part):
            return ["not", place[part]]
        case Enough(needed, parts):
            return ["enough", needed, placed(parts)]
    assert_never(gate)
