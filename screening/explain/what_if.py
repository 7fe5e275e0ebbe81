"""What other answers would change, and never which answer would take a safety flag away.

Ranges say how far a number may move before a conclusion changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from screening.assess.difference import difference
from screening.engines.applicable import asked_for
from screening.explain.evidence import Ground
from screening.explain.explanation import Position, Range, WhatIf, withheld_by
from screening.explain.standings import position
from screening.explain.subject import Subject
from screening.model.expr import Compare, Comparison, Reaches, asked_in, found_in, leaves
from screening.model.question import Question, Value
from screening.model.vocabularies import Level

# where the truth of a comparison changes: at the number, or just above it
STEP: dict[Comparison, int] = {">=": 0, "<": 0, ">": 1, "<=": 1}


def ranges(ground: Ground, target: Subject) -> tuple[Range, ...]:
    """Return the numbers that matter to a target, with how far each may move by itself.

    Re-evaluated at every number some rule compares with; all other answers stay. Numbers that
    make no difference are left out, and so are safety questions.
    """
    found = (_range(ground, target, q) for q in ground.knowledge.questions.values())
    return tuple(one for one in found if one is not None)


def _range(ground: Ground, target: Subject, question: Question) -> Range | None:
    value = ground.concluded.case.answers.get(question.id)
    if not question.is_number or question.safety > Level.NONE:
        return None
    if not isinstance(value, int):
        return None
    now = position(ground, target)
    segments = list(_segments(ground, question))
    here = next(i for i, (low, high) in enumerate(segments) if low <= value <= high)
    first = last = here
    while first > 0 and _same(ground, target, question.id, segments[first - 1][0], now):
        first -= 1
    while last < len(segments) - 1 and _same(
        ground, target, question.id, segments[last + 1][0], now
    ):
        last += 1
    low, high = segments[first][0], segments[last][1]
    if (low, high) == (question.low, question.high):
        return None
    return Range(question.id, value, low, high)


def _same(ground: Ground, target: Subject, question: str, number: int, now: Position) -> bool:
    """Tell whether a target stands the same with another number."""
    other = position(ground.with_number(question, number), target)
    return (other.standing, other.says) == (now.standing, now.says)


def _segments(ground: Ground, question: Question) -> Iterator[tuple[int, int]]:
    """Yield the stretches of numbers no rule tells apart, lowest first."""
    starts = {question.low}
    for _, condition in ground.knowledge.conditions():
        for leaf in leaves(condition):
            if isinstance(leaf, Compare) and leaf.question == question.id:
                starts.add(leaf.number + STEP[leaf.op])
            elif isinstance(leaf, Reaches):
                items = (item for item in leaf.score.items if item.question == question.id)
                starts.update(low for item in items for low, _, _ in item.ranges)
    ordered = sorted(s for s in starts if question.low <= s <= question.high)
    for start, after in zip(ordered, [*ordered[1:], question.high + 1], strict=True):
        yield start, after - 1


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
    before = {one.question for one in ground.assessment.open}
    opens = tuple(o.question for o in after.assessment.open if o.question not in before)
    return WhatIf(asked, changes, opens=opens)


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
    held = withheld_by(before, light=False) is not None
    freed = held and withheld_by(after, light=False) is None
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
