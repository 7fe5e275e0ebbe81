"""A circuit worked gate by gate for one client, and an assessment in the same form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screening.assess import ConcludedCase
from screening.assess.conflict_resolution import Combination
from screening.assess.fired_conclusions import Effects
from screening.engines.kleene import ReadAnswers
from screening.errors import assert_never
from screening.model.assessment import Assessment
from screening.model.case import Outcome
from screening.model.circuit import (
    Advises,
    AnswerGate,
    Avoids,
    Blocks,
    Circuit,
    Clears,
    Enough,
    Every,
    Finds,
    Gate,
    InRange,
    IsAsked,
    IsOneOf,
    LeavesLight,
    Limits,
    Offers,
    Opposite,
    Output,
    Plans,
    Refers,
    Replaces,
    Some,
    Stages,
    Withholds,
)
from screening.model.knowledge import KnowledgeBase
from screening.model.program import FindingAtom, RuleAtom
from screening.model.question import Value
from screening.model.rule import Recommend
from screening.model.vocabularies import Firmness, Level, Strength, Truth, Unknown

Shown = dict[Output, tuple[str, ...]]
Answers = Mapping[str, Value]


def worked(circuit: Circuit, answers: Answers) -> list[bool]:
    """Return which gates are on for these answers."""
    on: list[bool] = []
    for gate in circuit.gates:
        on.append(_is_on(gate, on, answers))
    return on


def _is_on(gate: Gate, on: list[bool], answers: Answers) -> bool:
    match gate:
        case IsAsked() | IsOneOf() | InRange():
            return passed(gate, answers.get(gate.question))
        case Every(parts):
            return all(on[part] for part in parts)
        case Some(parts):
            return any(on[part] for part in parts)
        case Opposite(part):
            return not on[part]
        case Enough(needed, parts):
            return sum(on[part] for part in parts) >= needed
    assert_never(gate)


def passed(gate: AnswerGate, value: Value | None) -> bool:
    """Tell whether an answer passes a test; None is not asked."""
    match gate:
        case IsAsked():
            return value is not None
        case IsOneOf(_, words):
            return (value.value if isinstance(value, Unknown) else value) in words
        case InRange(_, low, high):
            return isinstance(value, int) and low <= value <= high
    assert_never(gate)


def read(circuit: Circuit, answers: Answers) -> dict[str, Value]:
    """Return the answers as a circuit reads them."""
    on = worked(circuit, answers)
    filled = [
        (q, value) for q, fills in circuit.fills.items() for value, when in fills if on[when]
    ]
    found = ReadAnswers(answers)
    for question, value in filled:
        found.reads(question, value)
    return found


def outcome(circuit: Circuit, answers: Answers, knowledge: KnowledgeBase) -> Outcome:
    """Return the truth of every rule and finding by a circuit."""
    on = worked(circuit, answers)

    def truth(true: RuleAtom | FindingAtom, false: RuleAtom | FindingAtom) -> Truth:
        holds, fails = on[circuit.truths[true]], on[circuit.truths[false]]
        return Truth.TRUE if holds else Truth.FALSE if fails else Truth.UNDECIDED

    return Outcome(
        {h: truth(RuleAtom(h, True), RuleAtom(h, False)) for h in knowledge.heads},
        {f: truth(FindingAtom(*f, True), FindingAtom(*f, False)) for f in knowledge.finders},
    )


def by_circuit(circuit: Circuit, answers: Answers) -> Shown:
    """Return what a circuit concludes, with the rules behind it."""
    on = worked(circuit, answers)
    for output, (when, rules) in circuit.outputs.items():
        assert on[when] or not any(on[b.when] for b in rules), f"rules but no {output}"
    return {
        output: tuple(dict.fromkeys(b.rule for b in rules if on[b.when]))
        for output, (when, rules) in circuit.outputs.items()
        if on[when]
    }


def by_assessment(knowledge: KnowledgeBase, concluded: ConcludedCase) -> Shown:
    """Return what an assessment says, as outputs; its programme must hold every exercise."""
    effects = Effects(knowledge, concluded.outcome)
    combined = Combination(effects, concluded.answers, concluded.case)
    said = concluded.assessment
    return dict([*_safety(effects, combined, said), *_ladders(said), *_exercise(effects, said)])


def _safety(
    effects: Effects, combined: Combination, said: Assessment
) -> Iterator[tuple[Output, tuple[str, ...]]]:
    for level in Level:
        if Level.NONE < level <= said.referral.level:
            rules = (rule.id for at, rule, _ in effects.referrals if at >= level)
            yield Refers(level), tuple(dict.fromkeys(rules))
    if combined.blocked is not None:
        yield Blocks(), tuple(dict.fromkeys(combined.blocked))
    if combined.only_light:
        yield LeavesLight(), combined.only_light
    if said.clearance is not None:
        yield Clears(said.clearance.id), said.clearance.rules


def _ladders(said: Assessment) -> Iterator[tuple[Output, tuple[str, ...]]]:
    """Yield what is concluded at a strength or firmness, and so at every weaker one."""
    for found in said.findings:
        for strength in Strength:
            if strength <= found.strength:
                yield Finds(found.id, strength), found.rules
    for avoided in said.avoid:
        for firmness in Firmness:
            if firmness <= avoided.firmness:
                yield Avoids(avoided.kind, avoided.target, firmness), avoided.rules


def _exercise(effects: Effects, said: Assessment) -> Iterator[tuple[Output, tuple[str, ...]]]:
    yield from ((Stages(staged.id), staged.rules) for staged in said.stage)
    yield from ((Limits(limit.id, limit.at_most), limit.rules) for limit in said.limits)
    yield from ((Offers(offered.category), offered.rules) for offered in said.recommend)
    withheld = len(effects.rules_for(Recommend)) - len(said.recommend)
    for kept_back in said.withheld[:withheld]:  # categories come first
        yield Withholds(kept_back.target), tuple(dict.fromkeys(kept_back.by))
    yield from ((Plans(plan.exercise, plan.verdict), plan.rules) for plan in said.programme)
    yield from ((Advises(advice.id), advice.rules) for advice in said.advice)


def alternatives(concluded: ConcludedCase) -> set[Replaces]:
    """Return what an assessment offers instead."""
    plans = concluded.assessment.programme
    return {Replaces(plan.exercise, other) for plan in plans for other in plan.alternatives}
