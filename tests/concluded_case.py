"""A case for any small knowledge base: it expects all that is concluded today."""

from __future__ import annotations

from collections.abc import Mapping

from strategies import EXERCISES

from screening.assess import Assessor
from screening.model.case import Case
from screening.model.case_library import Claim, Expected, KnownCase, Named, Origin, Verb
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Head
from screening.model.vocabularies import Truth


def as_concluded(knowledge: KnowledgeBase, answers: Mapping[str, Value]) -> KnownCase:
    """Return a case that expects all that is concluded today and can be said in a case."""
    made = Assessor(knowledge).preview(Case(answers, programme=EXERCISES))
    plan = made.assessment
    claims = [Claim(Verb.RECOMMEND, given.category) for given in plan.recommend]
    claims += [
        Claim(Verb.AVOID, a.target, a.firmness) for a in plan.avoid if a.kind != "direction"
    ]
    claims += [Claim(Verb(p.verdict.word), p.exercise) for p in plan.programme if p.rules]
    claims += [Claim(Verb.FIND, found.id, found.strength) for found in plan.findings]
    claims += [Claim(Verb.ADVISE, advised.id) for advised in plan.advice]
    claims += [Claim(Verb.STAGE, staged.id) for staged in plan.stage]
    claims += [Claim(Verb.LIMIT, limit.id, number=limit.at_most) for limit in plan.limits]
    fired = [n for n in knowledge.rules if made.outcome.heads.get(Head(n)) is Truth.TRUE]
    expect = Expected(
        plan.referral.level,
        plan.referral.level,
        must=tuple(claims),
        rules=tuple(map(Named, fired)),
    )
    return KnownCase("all", "All", Origin.SYNTHETIC, answers, {}, expect, programme=EXERCISES)
