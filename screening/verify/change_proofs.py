"""Whether something is so for no client after one more answer, or another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from screening.engines._z3 import Term, opposite
from screening.engines.solver.answers import NUMBER, OpenAnswers, Smallest
from screening.engines.solver.world import Afterwards, Statements, World
from screening.model.circuit import Output, Refers, Wire
from screening.model.conclusions import AVOIDS, avoided_in
from screening.model.program import RuleAtom
from screening.model.question import Question
from screening.model.rule import Head, Modify, Recommend, Rule
from screening.model.safety import After, Invariant, Phrase
from screening.model.vocabularies import Level
from screening.verify.proof import Failure, Proof

Target = tuple[str, str]
HURTS = "provokes"


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
