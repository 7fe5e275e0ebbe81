"""Whether each rule, and each answer, makes a difference to some client."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screening.check.overruled import overruling
from screening.engines._z3 import FALSE, Term, opposite
from screening.engines.solver.world import Afterwards, Statements, World
from screening.model.circuit import Avoids, Finds, Output, Wire
from screening.model.conclusions import target_of
from screening.model.expr import Expr
from screening.model.implied import fires_with
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
from screening.verify.change_proofs import HURTS
from screening.verify.proof import Failure, Proof

ANY_NUMBER = "any number"


def prove_fires(invariant: Invariant, world: World) -> Proof:
    """Return whether each rule fires for some client who answers only what applies."""
    rules = _rules(invariant, world)
    fires = {rule.id: world.fires(Head(rule.id)) for rule in rules}
    fits = world.says[world.fits]
    ever = {term: world.solver.possible(term, fits) for term in dict.fromkeys(fires.values())}
    failures = [
        Failure(rule.id, "no client meets its condition")
        for rule in rules
        if not ever[fires[rule.id]]
    ]
    return Proof(invariant, len(rules), tuple(failures), witnessed=True)


def prove_needed(invariant: Invariant, world: World) -> Proof:
    """Return whether each rule concludes something, for some client, that no other does."""
    alone = _Alone(world)
    rules = [rule for rule in _rules(invariant, world) if not _of_itself(world.knowledge, rule)]
    same: dict[Expr, list[Rule]] = {}
    for rule in rules:
        if not _speaks_for_itself(rule):
            same.setdefault(rule.when, []).append(rule)
    needless = {r.id for together in same.values() for r in _needless(together, alone, world)}
    failures = [
        Failure(rule.id, _needless_words(world.knowledge, rule))
        for rule in rules
        if rule.id in needless
    ]
    return Proof(invariant, len(rules), tuple(failures), witnessed=True)


def _of_itself(knowledge: KnowledgeBase, rule: Rule) -> bool:
    """Tell whether a rule comes with an exercise by itself, so that nobody wrote it."""
    exercise, _, why = rule.id.partition(".")
    return rule.cell and why == HURTS and exercise in knowledge.exercises


def _needless_words(knowledge: KnowledgeBase, rule: Rule) -> str:
    """Return why a rule concludes nothing alone: which rule wins over it, or says the same."""
    beaten = overruling(knowledge, rule)
    if beaten:
        return f"it never has an effect: `{beaten[0].winner}` {beaten[0].words} whenever it fires"
    own = {(type(c), target_of(c)) for c in rule.then}
    for other in sorted(knowledge.live_rules, key=lambda one: one.cell):
        theirs = {(type(c), target_of(c)) for c in other.then}
        if other.id != rule.id and own <= theirs and fires_with(rule, other):
            return f"`{other.id}` concludes the same whenever it fires"
    return "other rules conclude the same whenever it fires"


def _needless(rules: Sequence[Rule], alone: _Alone, world: World) -> Iterator[Rule]:
    """Yield those of some rules with one condition that conclude nothing alone.

    One client often shows it of all of them, as of a catalogue's verdicts for one finding; where
    none does, each half is asked about.
    """
    if world.solver.possible(*(next(alone.ways(rule.id), FALSE) for rule in rules)):
        return
    if len(rules) > 1:
        middle = len(rules) // 2
        yield from _needless(rules[:middle], alone, world)
        yield from _needless(rules[middle:], alone, world)
    elif not any(world.solver.possible(term) for term in alone.ways(rules[0].id)):
        yield rules[0]


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
        wires = list({world.outputs[o].when: None for o in by_question.get(question.id, ())})
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
