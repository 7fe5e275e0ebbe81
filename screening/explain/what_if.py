"""What other answers would change, and never which answer would take a safety flag away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from screening.assess.difference import difference
from screening.engines.applicable import asked_for
from screening.explain.evidence import Ground
from screening.explain.explanation import WhatIf
from screening.explain.standing import withholding
from screening.model.expr import asked_in, found_in
from screening.model.question import Value


def what_if(ground: Ground, answers: Mapping[str, Value]) -> WhatIf:
    """Return what changes with other answers.

    Refused, with nothing of the result, for every question that a referral rests on, whatever the
    value, so that trying values shows nothing; and where a referral would fall away or become less
    urgent, or what is withheld until the screening is done would be given.
    """
    asked = tuple(answers.items())
    if set(answers) & set(_asked_by_referrals(ground)):
        return WhatIf(asked, refused=True)
    case = ground.concluded.case
    changed = replace(case, answers={**case.answers, **answers})
    after = Ground(ground.assessor, ground.assessor.conclude(changed))
    if _lifts(ground, after):
        return WhatIf(asked, refused=True)
    changes = difference(ground.assessment, after.assessment, ground.knowledge)
    return WhatIf(asked, changes)


def _asked_by_referrals(ground: Ground) -> Iterator[str]:
    """Yield the questions that the rules that refer, and the findings they rest on, ask about.

    So too those of a clearance that leaves light activity only.
    """
    waiting = [*ground.assessment.referral.rules, *ground.combination.only_light]
    seen = set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            when = ground.knowledge.rules[name].when
            for question in asked_in(when, ground.knowledge.members):
                yield from (question, *asked_for(ground.knowledge, question))
            for leaf in found_in(when):
                waiting += ground.knowledge.finders[leaf.finding, leaf.strength]


def _lifts(before: Ground, after: Ground) -> bool:
    """Tell whether a referral or what it withholds would fall away."""
    lost = set(before.assessment.referral.rules) - set(after.assessment.referral.rules)
    lower = after.assessment.referral.level < before.assessment.referral.level
    held = withholding(before, light=False) is not None
    freed = held and withholding(after, light=False) is None
    return bool(lost) or lower or freed or _milder(before, after)


def _milder(before: Ground, after: Ground) -> bool:
    """Tell whether a clearance would be less strict, or asked for no more."""
    kinds, was, would = (
        before.knowledge.clearances,
        before.effects.clearance,
        after.effects.clearance,
    )
    if was is None:
        return False
    return would is None or kinds[would.id].rank > kinds[was.id].rank
