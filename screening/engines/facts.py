"""From answers to the facts every compiled engine is given, and the counts among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screening.model.case import AnswerFact, TallyFact
from screening.model.program import Program
from screening.model.question import Value
from screening.model.vocabularies import ASKED_UNKNOWN, Effect


def answer_facts(answers: Mapping[str, Value]) -> Iterator[AnswerFact]:
    """Yield a fact for each answer, in order of question id."""
    for question in sorted(answers):
        yield AnswerFact(question, answers[question])


def tally_facts(program: Program, answers: Mapping[str, Value]) -> Iterator[TallyFact]:
    """Yield how many movements of a group certainly, and how many possibly, have an effect.

    A movement not asked about, or not known, possibly has it.
    """
    members = dict(program.members)
    for group, effect in program.tallies:
        definite, possible = tally(members[group], effect, answers)
        yield TallyFact(group, effect, definite, possible)


def tally(
    movements: tuple[str, ...], effect: Effect, answers: Mapping[str, Value]
) -> tuple[int, int]:
    """Return the certain and the possible count.

    >>> tally(("a", "b", "c"), Effect.PROVOKE, {"a": "provokes", "b": "relieves"})
    (1, 2)
    """
    definite = possible = 0
    for name in movements:
        value = answers.get(name)
        if value in effect.answers:
            definite += 1
        elif value is None or value in ASKED_UNKNOWN:
            possible += 1
    return definite, definite + possible
