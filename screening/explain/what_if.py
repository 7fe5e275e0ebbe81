"""What other answers would change, and never which answer would take a safety flag away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from screening.engines.applicable import asked_for
from screening.explain.explanation import Change, WhatIf
from screening.explain.ground import Ground
from screening.explain.position import withholding
from screening.explain.positions import amount
from screening.model.assessment import Planned
from screening.model.expr import asked_in, found_in
from screening.model.question import Value
from screening.model.words import Level, Verdict

State = Mapping[str, tuple[str, tuple[str, ...]]]


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
    return WhatIf(asked, tuple(_changes(_state(ground), _state(after))))


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


def _changes(before: State, after: State) -> Iterator[Change]:
    for target in dict.fromkeys((*before, *after)):
        (was, by), (would, then) = before.get(target, ("", ())), after.get(target, ("", ()))
        if was != would:
            yield Change(target, was, would, then or by)


def _state(ground: Ground) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return every target with what is concluded about it, in words, and by which rules."""
    return dict(_said(ground))


def _said(ground: Ground) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    found = ground.assessment
    yield "status", (found.status.value, ())
    level = found.referral.level
    yield "referral", (level.word if level > Level.NONE else "none", found.referral.decisive)
    if found.clearance is not None:
        yield "clearance", (found.clearance.id, found.clearance.rules)
    yield from _said_of_client(ground)
    yield from _said_of_exercise(ground)
    for advised in found.advice:
        yield advised.id, ("say", advised.rules)


def _said_of_client(ground: Ground) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    found, knowledge = ground.assessment, ground.knowledge
    for finding in found.findings:
        yield finding.id, (finding.strength.word, finding.rules)
    for staged in found.stage:
        yield f"{staged.axis} stage", (staged.id, staged.rules)
    for limited in found.limits:
        words = f"at most {amount(knowledge.limits[limited.id], limited.at_most)}"
        yield limited.id, (words, limited.rules)


def _said_of_exercise(ground: Ground) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    found = ground.assessment
    for avoided in found.avoid:
        yield avoided.target, (f"leave out ({avoided.firmness.word})", avoided.rules)
    for offered in found.recommend:
        yield offered.category, ("offer", offered.rules)
    for kept in found.withheld:
        yield kept.target, ("withheld", kept.by)
    for plan in found.programme:
        yield plan.exercise, (_verdict(ground, plan), plan.rules)
    for moved in found.moves:
        yield f"{moved.category} from last time", (moved.pace.word, moved.rules)


def _verdict(ground: Ground, plan: Planned) -> str:
    names = (ground.knowledge.exercises[e].name for e in plan.alternatives)
    instead = plan.instead or ", ".join(names)
    word = "leave out" if plan.verdict is Verdict.AVOID else plan.verdict.word
    return f"{word}: {instead}" if instead else word
