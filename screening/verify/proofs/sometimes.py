"""Whether something is so for some client: rules that fire, answers that matter, rules needed."""

from __future__ import annotations

from collections.abc import Iterator

from screening.engines._z3 import Term, opposite
from screening.engines.solver.changed import Afterwards
from screening.engines.solver.statements import Statements
from screening.engines.solver.world import World
from screening.model.circuit import Avoids, Finds, Output, Wire
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question
from screening.model.rule import (
    AvoidCategory,
    AvoidDemand,
    AvoidExercise,
    Confirm,
    Head,
    Move,
    Rule,
)
from screening.model.safety import Invariant
from screening.model.vocabularies import Firmness
from screening.verify.proofs.proof import Failure, Proof

ANY_NUMBER = "any number"


def prove_fires(invariant: Invariant, world: World) -> Proof:
    """Return whether each rule fires for some client."""
    rules = _rules(invariant, world)
    failures = [
        Failure(rule.id, "no client meets its condition")
        for rule in rules
        if not world.solver.possible(world.fires(Head(rule.id)))
    ]
    return Proof(invariant, len(rules), tuple(failures), witnessed=True)


def prove_needed(invariant: Invariant, world: World) -> Proof:
    """Return whether each rule concludes something, for some client, that no other does."""
    alone = _Alone(world)
    rules = _rules(invariant, world)
    failures = [
        Failure(rule.id, "other rules conclude the same whenever it fires")
        for rule in rules
        if not _speaks_for_itself(rule)
        and not any(world.solver.possible(term) for term in alone.ways(rule.id))
    ]
    return Proof(invariant, len(rules), tuple(failures), witnessed=True)


def _rules(invariant: Invariant, world: World) -> list[Rule]:
    exempt = {exemption.it for exemption in invariant.exempt}
    return [rule for rule in world.knowledge.live_rules if rule.id not in exempt]


def _speaks_for_itself(rule: Rule) -> bool:
    """Tell whether a rule says something that only follow-ups show, or that is said by itself."""
    return any(isinstance(conclusion, Move | Confirm) for conclusion in rule.then)


class _Alone:
    """When a rule stands behind something that no other rule stands behind, in each way it may."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._stands: dict[Output, dict[str, Term]] = {}
        self._outputs: dict[str, list[Output]] = {}
        for output, concluded in world.outputs.items():
            for rule in dict.fromkeys(behind.rule for behind in concluded.rules):
                if stands_behind(world.knowledge.rules[rule], output, world.knowledge):
                    self._outputs.setdefault(rule, []).append(output)

    def ways(self, rule: str) -> Iterator[Term]:
        """Yield that a rule alone stands behind an output, for each output; easy ones first."""
        for output in self._outputs.get(rule, ()):
            yield self._standing(output)[rule]

    def _standing(self, output: Output) -> dict[str, Term]:
        """Return, by rule, that it alone stands behind an output; worked out when first needed."""
        if output not in self._stands:
            world, behind = self._world, dict[str, list[Term]]()
            for rule, when in world.outputs[output].rules:
                if output in self._outputs.get(rule, ()):
                    behind.setdefault(rule, []).append(world.says[when])
            stands = {rule: world.solver.any_of(terms) for rule, terms in behind.items()}
            only_one = opposite(world.solver.at_least(2, list(stands.values())))
            self._stands[output] = {
                rule: world.solver.all_of((term, only_one)) for rule, term in stands.items()
            }
        return self._stands[output]


def stands_behind(rule: Rule, output: Output, knowledge: KnowledgeBase) -> bool:
    """Tell whether a rule alone would do for a conclusion: firmly enough, surely enough."""
    match output:
        case Finds(finding, strength):
            return rule.id in knowledge.finders[finding, strength]
        case Avoids(_, _, Firmness.HARD):
            return any(
                c.firmness is Firmness.HARD or (isinstance(c, AvoidExercise) and bool(c.follows))
                for c in rule.then
                if isinstance(c, AvoidCategory | AvoidDemand | AvoidExercise)
            )
        case _:
            return True


def prove_matters(invariant: Invariant, world: World) -> Proof:
    """Return whether each answer to each question makes a difference to some client."""
    afterwards = Afterwards(world, [c.when for c in world.outputs.values()])
    by_question: dict[str, list[Output]] = {}
    for output, concluded in world.outputs.items():
        for name in afterwards.rests_on(concluded.when):
            by_question.setdefault(name, []).append(output)
    exempt = {exemption.it for exemption in invariant.exempt}
    failures, asked_of = [], 0
    for question in world.knowledge.questions.values():
        wires = [world.outputs[o].when for o in by_question.get(question.id, ())]
        wires.sort(key=lambda wire: len(afterwards.rests_on(wire)))  # the easiest to decide first
        then = afterwards.change(question.id)
        for words, now in _answers(question, world):
            if words in exempt or question.id in exempt:
                continue
            asked_of += 1
            if not _differs(now, wires, world, then):
                failures.append(Failure(words, "nothing that is concluded depends on it"))
    return Proof(invariant, asked_of, tuple(failures), witnessed=True)


def _answers(question: Question, world: World) -> Iterator[tuple[str, Term]]:
    """Yield each known answer to a question, in words; all numbers are one."""
    if question.is_number:
        number = world.answers.within(question.id, question.low, question.high)
        yield f"{question.id} is {ANY_NUMBER}", number
    for word in question.words:
        yield f"{question.id} is {word}", world.answers.one_of(question.id, (word,))


def _differs(now: Term, wires: list[Wire], world: World, then: Statements) -> bool:
    """Tell whether something can differ between this answer and another one, or none."""
    solver = world.solver
    for wire in wires:
        one, other = world.says[wire], then[wire]
        if one == other:
            continue
        for differs in ((one, opposite(other)), (opposite(one), other)):
            if solver.possible(now, *differs):
                return True
    return False
