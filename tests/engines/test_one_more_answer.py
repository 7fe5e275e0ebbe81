"""One more answer takes nothing back, whatever applies: on drawn knowledge and the shipped one."""

from __future__ import annotations

import itertools

from strategies import knowledge_base

from screening.assess import Assessor
from screening.engines.applicable import with_harmless_rest, with_inapplicable
from screening.engines.reference import evaluate
from screening.model.case import Case
from screening.model.expr import All, Is, IsUnknown, Moves, Not
from screening.model.knowledge import KnowledgeBase
from screening.model.question import MOVEMENT, YES_NO, Question
from screening.model.rule import Refer, Rule
from screening.model.vocabularies import Effect, Kind, Level, Truth, Unknown


def plain(question: Question) -> bool:
    """Tell whether a question's answer follows from no others: those can be known before."""
    return question.derived is None and not question.sums_up


def small() -> KnowledgeBase:
    """Return questions that hang on each other, a sum of them, and rules on each side of each."""
    asked = {
        name: Question(name, "t", name, name, Kind.YES_NO, "no", YES_NO, only_if=only_if)
        for name, only_if in (
            ("gate", None),
            ("hangs", Is("gate", "yes")),
            ("further", Is("hangs", "yes")),
            ("unless", Not(Is("hangs", "yes"))),
        )
    }
    move = Question(
        "move", "t", "move", "move", Kind.MOVEMENT, "no_effect", MOVEMENT,
        only_if=Is("gate", "yes"), groups=("flexion",),
    )  # fmt: skip
    leaves = [Is(name, "yes") for name in asked] + [IsUnknown(name) for name in asked]
    sides = [*leaves, *map(Not, leaves), Not(Moves("flexion", Effect.CHANGE, 1))]
    pairs = [All(pair) for pair in itertools.combinations(sides, 2)]
    rules = [
        Rule(f"r{number:03}", "r", when, (Refer(Level.WITHIN_DAYS, "doctor"),), "r")
        for number, when in enumerate((*sides, *pairs))
    ]
    return knowledge_base({**asked, "move": move}, (), rules)


def test_what_was_true_stays_true_in_every_small_intake() -> None:
    knowledge = small()
    legal = [(q.id, (None, *q.words, Unknown.DONT_KNOW)) for q in knowledge.questions.values()]
    every = [
        {name: value for (name, _), value in zip(legal, values_, strict=True) if value is not None}
        for values_ in itertools.product(*(words for _, words in legal))
    ]
    fired = {
        tuple(sheet.items()): {
            head for head, truth in evaluate(knowledge, sheet).heads.items() if truth is Truth.TRUE
        }
        for sheet in every
    }
    for sheet in every:
        for name in sheet:
            fewer = tuple((one, value) for one, value in sheet.items() if one != name)
            assert fired[fewer] <= fired[tuple(sheet.items())], (sheet, name)


def test_what_does_not_apply_lowers_no_referral(
    shipped: KnowledgeBase, assessor: Assessor
) -> None:
    """Each answer to each question that does not apply, for clients whom little sets apart."""
    for said in ({"constant": Unknown.DONT_KNOW}, {"constant": "yes"}, {"pain_worst": 9}):
        before = with_harmless_rest(shipped, said)
        then = assessor.preview(Case(before)).assessment.referral.level
        read = with_inapplicable(shipped, before)
        for question in shipped.questions.values():
            if read.get(question.id) is Unknown.NOT_APPLICABLE and plain(question):
                for value in (question.words or (question.low, question.high))[:4]:
                    after = {**before, question.id: value}
                    now = assessor.preview(Case(after)).assessment.referral.level
                    assert now >= then, (said, question.id, value)
