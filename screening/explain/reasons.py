"""From the firings of rules to reasons: the answers, the findings under them, the sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from screening.explain.evidence import Ground
from screening.explain.explanation import Cited, Fact, Reason, Rested
from screening.explain.words import PLURAL, Phrases, answered, said
from screening.model.case import AnswerFact, FindingFact, TallyFact
from screening.model.question import Question, Value
from screening.model.rule import Evidence, Find
from screening.model.vocabularies import Grade, Truth

GRADES = tuple(Grade)


def reasons(ground: Ground, rules: Iterable[str]) -> tuple[Reason, ...]:
    """Return the reasons of rules that fired, each followed by those for what it rests on."""
    found: dict[str, Reason] = {}
    waiting = list(rules)
    while waiting:
        rule = waiting.pop(0)
        if rule in found:
            continue
        found[rule] = reason(ground, rule)
        waiting += [
            finder
            for rested in found[rule].findings
            if rested.truth is Truth.TRUE
            for finder in _strongest_finder(ground, rested.finding)
        ]
    return tuple(found.values())


def reason(ground: Ground, name: str) -> Reason:
    """Return the reason of one rule; without facts when it did not fire."""
    rule = ground.knowledge.rules[name]
    firing = ground.firings.get(name)
    facts = () if firing is None else firing.facts
    return Reason(
        rule=name,
        title=rule.title,
        because=rule.because,
        conflict=rule.conflict or "",
        facts=tuple(_facts(ground, facts)),
        findings=tuple(_rested(ground, f) for f in facts if isinstance(f, FindingFact)),
        sources=cited(ground, rule.evidence),
    )


def cited(ground: Ground, evidence: tuple[Evidence, ...]) -> tuple[Cited, ...]:
    """Return evidence with its sources, strongest grade first."""
    ordered = sorted(evidence, key=lambda e: GRADES.index(e.grade))
    return tuple(Cited(e, ground.knowledge.sources[e.source]) for e in ordered)


def _strongest_finder(ground: Ground, finding: str) -> Iterator[str]:
    """Yield the fired rule that finds something at its highest strength."""
    found = next(f for f in ground.assessment.findings if f.id == finding)
    for name in found.rules:
        for conclusion in ground.knowledge.rules[name].then:
            if conclusion == Find(finding, found.strength):
                yield name
                return


def _facts(
    ground: Ground, facts: tuple[AnswerFact | TallyFact | FindingFact, ...]
) -> Iterator[Fact]:
    for fact in facts:
        if isinstance(fact, AnswerFact):
            question = ground.knowledge.questions[fact.question]
            words = answered(question, fact.value) + _last_time(ground, question, fact.value)
            yield Fact(words, ((fact.question, fact.value),))
        elif isinstance(fact, TallyFact):
            yield _tally(ground, fact)


def _last_time(ground: Ground, question: Question, value: Value) -> str:
    """Return what was answered last time where that differs, or that it is still that answer."""
    earlier = ground.concluded.case.earlier
    before = None if earlier is None else earlier.answers.get(question.id)
    if before is None or question.derived is not None:
        return ""
    if before != value:
        return f" (last time: {said(question, before)})"
    return "" if question.id in ground.concluded.case.answers else " (from an earlier screening)"


def _tally(ground: Ground, fact: TallyFact) -> Fact:
    """Return a count as a fact: the members that count, or all of them where none does."""
    members = ground.knowledge.members[fact.group]
    given = {name: ground.answers[name] for name in members if name in ground.answers}
    counted = tuple((n, v) for n, v in given.items() if v in fact.effect.answers)
    noun = Phrases(ground.knowledge).movements(fact.group, len(members))
    what = f"{noun} {PLURAL[fact.effect]}"
    if not counted:
        return Fact(f"none of the {what}", tuple(given.items()))
    shorts = ", ".join(ground.knowledge.questions[name].short for name, _ in counted)
    return Fact(f"{len(counted)} of {len(members)} {what}: {shorts}", counted)


def _rested(ground: Ground, fact: FindingFact) -> Rested:
    """Return a finding among the facts, at the strength it was found."""
    positive = fact.truth is Truth.TRUE
    found = next((f for f in ground.assessment.findings if f.id == fact.finding), None)
    strength = found.strength if positive and found is not None else fact.strength
    title = ground.knowledge.findings[fact.finding].title
    if positive:
        return Rested(fact.finding, strength, fact.truth, f"{title} ({strength.word})")
    words = Phrases(ground.knowledge).finding(fact.finding, strength, positive=False)
    return Rested(fact.finding, strength, fact.truth, words)
