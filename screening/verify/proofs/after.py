"""Whether one more answer, or a worse one, never lowers the referral."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from screening.engines._z3 import Term, opposite
from screening.engines.solver.answers import NUMBER, Answers
from screening.engines.solver.changed import Afterwards
from screening.engines.solver.smallest import Smallest
from screening.engines.solver.world import World
from screening.model.circuit import Refers, Wire
from screening.model.question import Question
from screening.model.safety import After, Invariant
from screening.model.vocabularies import Level
from screening.verify.proofs.proof import Failure, Proof


class AfterProver:
    """Compares the referral of every client with that of the same client after one change."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._solver = world.solver
        self._levels: Mapping[Level, Wire] = {
            level: world.outputs[Refers(level)].when for level in Level if level > Level.NONE
        }

    @cached_property
    def _after(self) -> Afterwards:
        return Afterwards(self._world, tuple(self._levels.values()))

    def prove(self, invariant: Invariant) -> Proof:
        """Return whether the referral is never lower after the change an invariant names.

        An exception is one of referrals that can wait: those for today or now are never exempt.
        """
        exempt = {exemption.it for exemption in invariant.exempt}
        questions = [
            q
            for q in self._world.knowledge.questions.values()
            if self._may_change(q, invariant.after)
        ]
        failures, raised = [], False
        for question in questions:
            changed = self._changed(question, invariant.after)
            least = Level.SAME_DAY if question.id in exempt else Level.MONITOR
            lower, higher = self._compared(question.id, least)
            if self._solver.possible(changed, lower):
                failures.append(self._failure(question, changed, lower))
            raised = raised or self._solver.possible(changed, higher)
        return Proof(invariant, len(questions), tuple(failures), at_stake=raised)

    def _may_change(self, question: Question, after: After | None) -> bool:
        return after is After.LATER_ANSWER or question.safety > Level.NONE

    def _changed(self, question: Question, after: After | None) -> Term:
        """Return that an answer was given now, or a worse one than before."""
        now, then = self._world.answers, self._after.other
        if after is After.LATER_ANSWER:
            return self._solver.all_of(
                (self._world.open_to_ask(question.id), then.given(question.id))
            )
        harmless = (now.equals(question.id, question.harmless),)
        other = (then.given(question.id), opposite(then.equals(question.id, question.harmless)))
        ways = [self._solver.all_of((*harmless, *other))]
        for became in dict.fromkeys(question.how.worse.values()):
            before = (old for old, worse in question.how.worse.items() if worse == became)
            old, new = now.one_of(question.id, before), then.one_of(question.id, became)
            ways.append(self._solver.all_of((old, new)))
        return self._solver.any_of(ways)

    def _compared(self, question: str, least: Level) -> tuple[Term, Term]:
        """Return that a referral of some level or above is lower after a change, or higher."""
        says, then = self._world.says, self._after.change(question)
        pairs = [(says[wire], then[wire]) for at, wire in self._levels.items() if at >= least]
        lower = self._solver.any_of(self._solver.all_of((a, opposite(b))) for a, b in pairs)
        higher = self._solver.any_of(self._solver.all_of((opposite(a), b)) for a, b in pairs)
        return lower, higher

    def _failure(self, question: Question, changed: Term, lower: Term) -> Failure:
        smallest = Smallest(self._solver, self._world.answers)
        client = smallest.client(changed, lower)
        self._solver.possible(changed, lower, *self._exactly(client or {}))
        then = self._after.other.client(among=(question.id,))
        return Failure(question.id, "", client, (question.id, then[question.id]))

    def _exactly(self, client: Mapping[str, object]) -> Iterator[Term]:
        answers: Answers = self._world.answers
        for name in answers.asked:
            yield answers.given(name) if name in client else opposite(answers.given(name))
            if name in client:
                value = client[name]
                if isinstance(value, int):
                    yield answers.words(name)[NUMBER]
                yield answers.equals(name, value)  # type: ignore[arg-type]
