"""Whether something is so for no client, for some client, or after one more answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from screening.check.overruled import overruling
from screening.engines._z3 import FALSE, TRUE, Term, opposite
from screening.engines.solver.answers import NUMBER, OpenAnswers, Smallest
from screening.engines.solver.world import Afterwards, Statements, World
from screening.model.circuit import (
    Avoids,
    Finds,
    Output,
    Refers,
    Wire,
)
from screening.model.conclusions import AVOIDS, avoided_in, target_of
from screening.model.expr import Expr
from screening.model.implied import fires_with
from screening.model.knowledge import KnowledgeBase
from screening.model.program import RuleAtom
from screening.model.question import Question
from screening.model.rule import (
    AvoidCategory,
    AvoidDemand,
    AvoidExercise,
    Confirm,
    Head,
    Modify,
    Move,
    Recommend,
    Refer,
    Rule,
)
from screening.model.safety import After, Each, Flag, Invariant, Phrase
from screening.model.vocabularies import Firmness, Level
from screening.verify.invariant_phrases import InvariantPhrases
from screening.verify.proof import Failure, Proof

Item = tuple[str, Flag | None]
Target = tuple[str, str]


def prove_never(
    invariant: Invariant, plain: InvariantPhrases, switched: InvariantPhrases
) -> Proof:
    """Return whether no client meets all that an invariant says, for each thing it speaks about.

    `switched` is the same knowledge with rules that can be taken out of force.
    """
    items = list(plain.items(invariant))
    world = plain.world
    said = {it: _said(invariant, plain, (it, flag)) for it, flag in items}
    stake = (plain.together(invariant.at_stake, it, flag) for it, flag in items)
    at_stake = bool(invariant.at_stake) and world.solver.possible(world.solver.any_of(stake))
    failures = list(_absent(invariant, items, world))
    if world.solver.possible(world.solver.any_of(said.values())):
        failures += _failures(items, said, world)
    needs, rests_on = ((), ()) if failures else _needed(invariant, items, switched)
    return Proof(invariant, len(items), tuple(failures), needs, rests_on, at_stake=at_stake)


def smt_question(invariant: Invariant, phrases: InvariantPhrases) -> str:
    """Return, as SMT-LIB 2, whether some client meets all that must never be."""
    solver = phrases.world.solver
    said = [_said(invariant, phrases, item) for item in phrases.items(invariant)]
    return solver.smt2(solver.any_of(said))


def _said(invariant: Invariant, phrases: InvariantPhrases, item: Item) -> Term:
    world = phrases.world
    complete = world.complete if invariant.each is Each.COMPLETE_CLIENT else TRUE
    return world.solver.all_of((phrases.together(invariant.said, *item), complete))


def _absent(invariant: Invariant, items: Iterable[Item], world: World) -> Iterator[Failure]:
    """Yield the flags whose rules are not there; nobody sees to them then."""
    live = {rule.id for rule in world.knowledge.live_rules}
    for it, flag in items:
        if flag is not None and invariant.each is Each.FLAG:
            for rule in flag.by:
                if rule not in live:
                    yield Failure(it, f"the rule `{rule}`, which is to see to it, is gone")
                elif astray := _astray(world.knowledge, flag, rule):
                    yield Failure(it, astray)


def _astray(knowledge: KnowledgeBase, flag: Flag, rule: str) -> str:
    """Return whom a rule sends to who is not whom the flag says; nothing where all is well."""
    to = flag.to or knowledge.levels[flag.level].to
    for conclusion in knowledge.rules[rule].then if flag.level >= Level.SAME_DAY else ():
        if isinstance(conclusion, Refer) and conclusion.level >= flag.level:
            own = {to, knowledge.levels[conclusion.level].to}
            if conclusion.to not in own:
                return f"the rule `{rule}` sends to `{conclusion.to}`, and not to `{to}`"
    return ""


def _failures(items: Iterable[Item], said: dict[str, Term], world: World) -> Iterator[Failure]:
    smallest = Smallest(world.solver, world.answers)
    for it, flag in items:
        client = smallest.client(said[it])
        if client is not None:
            yield Failure(it, _words(flag, world), client)


def _words(flag: Flag | None, world: World) -> str:
    """Return which rules were to see to it, when any are named and there."""
    live = {rule.id for rule in world.knowledge.live_rules}
    named = [] if flag is None else [f"`{rule}`" for rule in flag.by if rule in live]
    if not named:
        return "" if flag is None or not flag.by else "no rule sees to it"
    return f"{' and '.join(named)} {'does' if len(named) == 1 else 'do'} not see to it"


def _needed(
    invariant: Invariant, items: Iterable[Item], switched: InvariantPhrases
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the rules each of which the proof would fail without, and some that are enough."""
    world = switched.world
    wrong = world.solver.any_of([_said(invariant, switched, item) for item in items])
    in_force = {term: name for name, term in world.in_force.items()}
    if world.solver.possible(wrong, *in_force):
        raise AssertionError(invariant.id)  # it was proved of the same rules
    enough = [term for term in world.solver.clash(wrong, *in_force) if term in in_force]
    needs = [
        term
        for term in enough
        if world.solver.possible(wrong, opposite(term), *(t for t in in_force if t != term))
    ]
    if not needs:
        for term in tuple(enough):
            left = [t for t in enough if t != term]
            enough = enough if world.solver.possible(wrong, *left) else left
    return tuple(in_force[t] for t in needs), tuple(in_force[t] for t in enough)


ANY_NUMBER = "any number"
HURTS = "provokes"


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


class AfterProver:
    """Compares what is concluded of every client with what is after a change of one answer."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._solver = world.solver

    @cached_property
    def _after(self) -> Afterwards:
        outputs = self._world.outputs.items()
        wires = [one.when for output, one in outputs if isinstance(output, Refers)]
        rules = {rule.id: rule for _, together in self._alike for rule in together[:1]}
        rules |= {rule.id: rule for offering in self._offering.values() for rule in offering}
        wires += [wire for rule in rules.values() for wire in self._truths(rule)]
        return Afterwards(self._world, [*wires, self._world.fits])

    def prove(self, invariant: Invariant) -> Proof:
        """Return whether what an invariant says is never so after the change it names.

        An exception is one of referrals that can wait: those for today or now are never exempt.
        """
        questions = [
            q
            for q in self._world.knowledge.questions.values()
            if self._may_change(q, invariant.after)
        ]
        failures, at_stake = [], False
        for question in questions:
            then = self._after.change(question.id)
            changed = self._changed(question, invariant.after, then)
            wrong, right = self._compared(question, invariant, changed, then)
            if self._solver.possible(changed, wrong):
                failures.append(self._failure(question, changed, wrong))
            at_stake = at_stake or self._solver.possible(changed, right)
        return Proof(invariant, len(questions), tuple(failures), at_stake=at_stake)

    def _may_change(self, question: Question, after: After | None) -> bool:
        if after is After.NOW_HURTS:
            return question.is_movement
        return after is After.LATER_ANSWER or question.safety > Level.NONE

    def _changed(self, question: Question, after: After | None, says: Statements) -> Term:
        """Return that an answer was given now, or a worse one than before."""
        now, then = self._world.answers, self._after.other
        if after is After.LATER_ANSWER:
            open_ = opposite(now.given(question.id))
            if question.derived is not None:  # it is worked out, and was not known till now
                open_ = self._world.open_to_ask(question.id)
            return self._solver.all_of((open_, then.given(question.id)))
        if after is After.NOW_HURTS:  # to somebody who was asked what applies, and no more
            bearable = now.one_of(question.id, (word for word in question.words if word != HURTS))
            hurts = then.one_of(question.id, (HURTS,))
            fits = self._world.fits
            asked = (self._world.says[fits], says[fits])
            return self._solver.all_of((*asked, bearable, hurts))
        harmless = (now.equals(question.id, question.harmless),)
        other = (then.given(question.id), opposite(then.equals(question.id, question.harmless)))
        ways = [self._solver.all_of((*harmless, *other))]
        for became in dict.fromkeys(question.how.worse.values()):
            before = (old for old, worse in question.how.worse.items() if worse == became)
            old, new = now.one_of(question.id, before), then.one_of(question.id, became)
            ways.append(self._solver.all_of((old, new)))
        return self._solver.any_of(ways)

    def _compared(
        self, question: Question, invariant: Invariant, changed: Term, then: Statements
    ) -> tuple[Term, Term]:
        """Return that what must never be is so after a change, and that the opposite is."""
        exempt = question.id in {exemption.it for exemption in invariant.exempt}
        if Phrase.LOWER in invariant.said:
            least = Level.SAME_DAY if exempt else Level.MONITOR
            return self._came_and_went([Refers(at) for at in Level if at >= least], then)
        if Phrase.LOOSER in invariant.said:
            return self._loosened(changed, then)
        groups = self._world.knowledge.groups
        trained = dict.fromkeys(c for g in question.groups for c in groups[g].trained_by)
        pairs = [self._fired(rule, then) for c in trained for rule in self._offering.get(c, ())]
        ended = self._solver.any_of(stops for stops, _ in pairs)
        return self._solver.any_of(begins for _, begins in pairs), ended

    def _came_and_went(self, outputs: Iterable[Output], then: Statements) -> tuple[Term, Term]:
        """Return that one of these is gone after a change, and that one is new."""
        says = self._world.says
        pairs = [
            (says[self._world.outputs[o].when], then[self._world.outputs[o].when]) for o in outputs
        ]
        went = self._solver.any_of(self._solver.all_of((a, opposite(b))) for a, b in pairs)
        return went, self._solver.any_of(self._solver.all_of((opposite(a), b)) for a, b in pairs)

    def _loosened(self, changed: Term, then: Statements) -> tuple[Term, Term]:
        """Return that a rule no longer leaves out or changes something, and that one newly does.

        What other rules leave out or change after the change is not given back.
        """
        gone: list[Term] = []
        new: list[Term] = []
        for targets, rules in self._alike:
            ended, begins = self._fired(rules[0], then)
            if self._solver.possible(changed, ended):
                still = self._solver.all_of(self._restricted(t, then) for t in targets)
                ended = self._solver.all_of((ended, opposite(still)))
            gone.append(ended)
            new.append(begins)
        return self._solver.any_of(gone), self._solver.any_of(new)

    def _fired(self, rule: Rule, then: Statements) -> tuple[Term, Term]:
        """Return that a rule fires and does not after a change, and that it does but could not.

        What only waited for an answer before is not new.
        """
        fires, refuted = self._truths(rule)
        says, all_of = self._world.says, self._solver.all_of
        return all_of((says[fires], opposite(then[fires]))), all_of((says[refuted], then[fires]))

    def _restricted(self, target: Target, then: Statements) -> Term:
        """Return that some rule leaves a thing out or changes it after a change."""
        firing = dict.fromkeys(self._truths(rule)[0] for rule in self._restricting[target])
        return self._solver.any_of(then[fires] for fires in firing)

    def _truths(self, rule: Rule) -> tuple[Wire, Wire]:
        """Return the gates that a rule certainly fires, and that it certainly does not."""
        world, head = self._world, Head(rule.id)
        fires = world.truths.get(RuleAtom(head, truth=True), world.gates.OFF)
        return fires, world.truths.get(RuleAtom(head, truth=False), world.gates.ON)

    @cached_property
    def _restricting(self) -> Mapping[Target, tuple[Rule, ...]]:
        """The rules that leave a thing out or change it, by kind and id."""
        found: dict[Target, tuple[Rule, ...]] = {}
        members = self._world.knowledge.exercises_in
        for rule in self._world.knowledge.live_rules:
            for conclusion in rule.then:
                targets: Iterable[Target] = ()
                if isinstance(conclusion, Modify):
                    targets = [("exercise", conclusion.exercise)]
                elif isinstance(conclusion, AVOIDS):
                    targets = avoided_in(conclusion, members)
                for target in targets:
                    found[target] = (*found.get(target, ()), rule)
        return found

    @cached_property
    def _alike(self) -> tuple[tuple[tuple[Target, ...], tuple[Rule, ...]], ...]:
        """What rules with one condition leave out or change, and those rules."""
        found: dict[tuple[object, object], tuple[dict[Target, None], dict[str, Rule]]] = {}
        for target, rules in self._restricting.items():
            for rule in rules:
                targets, alike = found.setdefault((rule.when, rule.unknown), ({}, {}))
                targets[target] = None
                alike[rule.id] = rule
        return tuple((tuple(targets), tuple(alike.values())) for targets, alike in found.values())

    @cached_property
    def _offering(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules that offer a category that trains just such movements as a group's."""
        groups = self._world.knowledge.groups.values()
        found: dict[str, tuple[Rule, ...]] = {c: () for g in groups for c in g.trained_by}
        for rule in self._world.knowledge.live_rules:
            for conclusion in rule.then:
                if isinstance(conclusion, Recommend) and conclusion.category in found:
                    found[conclusion.category] = (*found[conclusion.category], rule)
        return found

    def _failure(self, question: Question, changed: Term, lower: Term) -> Failure:
        smallest = Smallest(self._solver, self._world.answers)
        client = smallest.client(changed, lower)
        self._solver.possible(changed, lower, *self._exactly(client or {}))
        then = self._after.other.client(among=(question.id,))
        return Failure(question.id, "", client, (question.id, then[question.id]))

    def _exactly(self, client: Mapping[str, object]) -> Iterator[Term]:
        answers: OpenAnswers = self._world.answers
        for name in answers.asked:
            yield answers.given(name) if name in client else opposite(answers.given(name))
            if name in client:
                value = client[name]
                if isinstance(value, int):
                    yield answers.words(name)[NUMBER]
                yield answers.equals(name, value)  # type: ignore[arg-type]
