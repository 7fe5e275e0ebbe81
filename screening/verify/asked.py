"""Whether every urgent question is asked of every client, in first screenings and follow-ups.

Or one that sums it up was asked and denied, or as urgent a referral is given without it.
"""

from __future__ import annotations

from collections.abc import Iterator

from screening.engines._z3 import Term, opposite
from screening.engines.solver.answers import Smallest
from screening.engines.solver.world import World
from screening.model.circuit import Refers
from screening.model.knowledge import KnowledgeBase
from screening.model.question import SESSION, Question
from screening.model.safety import Invariant, Phrase
from screening.model.vocabularies import Level
from screening.verify.proof import Failure, Proof


def prove_asked(invariant: Invariant, world: World) -> Proof:
    """Return whether no answer hides an urgent question, or none is carried, as is said."""
    exempt = {exemption.it for exemption in invariant.exempt}
    asked = [q for q in urgent_questions(world.knowledge) if q.id not in exempt]
    if Phrase.CARRIED in invariant.said:
        failures = tuple(_carried(world.knowledge, asked))
    else:
        failures = tuple(_hidden(world, asked))
    return Proof(invariant, len(asked), failures, witnessed=True)


def urgent_questions(knowledge: KnowledgeBase) -> Iterator[Question]:
    """Yield the questions an answer to which can refer for today or now, sums left out."""
    for question in knowledge.questions.values():
        worked_out = question.derived is not None or question.sums_up
        if question.safety >= Level.SAME_DAY and not worked_out:
            yield question


def _carried(knowledge: KnowledgeBase, asked: list[Question]) -> Iterator[Failure]:
    for question in asked:
        if question.valid != SESSION and not knowledge.asks_emergency(question):
            words = "in follow-ups an older answer counts, and it is not asked again"
            yield Failure(question.id, words)


def _hidden(world: World, asked: list[Question]) -> Iterator[Failure]:
    smallest = Smallest(world.solver, world.answers)
    for question in asked:
        hidden = _hides(world, question)
        if world.solver.possible(hidden):
            words = "it is not asked of this client, and nothing that sums it up was denied"
            yield Failure(question.id, words, smallest.client(hidden))


def _hides(world: World, question: Question) -> Term:
    """Return that a question does not apply to a client who denied nothing that sums it up."""
    read, solver = world.read, world.solver
    denied = (
        world.says[read.one_of(whole.id, frozenset({str(whole.harmless)}))]
        for whole in world.knowledge.summing_questions
        if question.id in whole.sums_up
    )
    referred = world.concludes(Refers(question.safety))
    return solver.all_of(
        (
            world.says[read.applies(question, truth=False)],
            opposite(world.answers.given(question.id)),
            opposite(referred),
            *map(opposite, denied),
        )
    )
