"""From the firings of rules to reasons, and why other rules did not fire.

Reasons are the answers, the findings under them and the sources; the conditions of a rule that
did not fire have failed, or wait for an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from screening.engines.kleene import holds
from screening.explain.evidence import Ground
from screening.explain.explanation import AnsweredFact, Cited, Obstacle, Reason, Rested, State
from screening.explain.words import PLURAL, Phrases, answer_words, answered, gave, summed
from screening.model.case import AnswerFact, Fact, FindingFact, PointsFact, TallyFact
from screening.model.expr import (
    All,
    AnyOf,
    AtLeast,
    Compare,
    Expr,
    Found,
    Is,
    IsUnknown,
    Moves,
    Not,
    Reaches,
    found_in,
    leaves,
    named_questions,
)
from screening.model.question import Question, Value
from screening.model.rule import Evidence, Find, Rule
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


def _facts(ground: Ground, facts: tuple[Fact, ...]) -> Iterator[AnsweredFact]:
    for fact in facts:
        if isinstance(fact, AnswerFact):
            question = ground.knowledge.questions[fact.question]
            words = answered(question, fact.value) + _last_time(ground, question, fact.value)
            yield AnsweredFact(words, ((fact.question, fact.value),))
        elif isinstance(fact, TallyFact):
            yield _tally(ground, fact)
        elif isinstance(fact, PointsFact):
            yield _sum(ground, fact)


def _last_time(ground: Ground, question: Question, value: Value) -> str:
    """Return what was answered last time where that differs, or that it is still that answer."""
    earlier = ground.concluded.case.earlier
    before = None if earlier is None else earlier.answers.get(question.id)
    if before is None or question.derived is not None:
        return ""
    if before != value:
        return f" (last time: {answer_words(question, before)})"
    return "" if question.id in ground.concluded.case.answers else " (from an earlier screening)"


def _tally(ground: Ground, fact: TallyFact) -> AnsweredFact:
    """Return a count as a fact: the members that count, or all of them where none does."""
    members = ground.knowledge.members[fact.group]
    given = {name: ground.answers[name] for name in members if name in ground.answers}
    counted = tuple((n, v) for n, v in given.items() if v in fact.effect.answers)
    noun = Phrases(ground.knowledge).movements(fact.group, len(members))
    what = f"{noun} {PLURAL[fact.effect]}"
    if not counted:
        return AnsweredFact(f"none of the {what}", tuple(given.items()))
    shorts = ", ".join(ground.knowledge.questions[name].short for name, _ in counted)
    return AnsweredFact(f"{len(counted)} of {len(members)} {what}: {shorts}", counted)


def _sum(ground: Ground, fact: PointsFact) -> AnsweredFact:
    """Return a sum as a fact: the points, the band, and what each answer gives."""
    score = ground.knowledge.scores[fact.score].score
    given = {
        item: ground.answers[item.question]
        for item in score.items
        if item.question in ground.answers
    }
    parts = (gave(ground.knowledge, item, item.gives(value)) for item, value in given.items())
    words = f"{score.title}: {summed(score, fact.least, fact.most)}"
    shown = "; ".join(parts)
    answers = tuple((item.question, value) for item, value in given.items())
    return AnsweredFact(f"{words} ({shown})" if shown else words, answers)


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


def blocks(ground: Ground, rules: tuple[str, ...]) -> tuple[Obstacle, ...]:
    """Return what stands in the way of each rule that did not fire, in order."""
    return tuple(
        block
        for name in rules
        if ground.truth(name) is not Truth.TRUE
        for block in _Blocks(ground, ground.knowledge.rules[name]).of_rule()
    )


def overriding(ground: Ground, rules: tuple[str, ...]) -> tuple[Obstacle, ...]:
    """Return the rules that win over what was reached, or that a trainer overrode."""
    by = {
        rule: f"overridden by {one.override.who}"
        for one in ground.assessment.overrides
        for rule in one.lifts
    }
    phrases = Phrases(ground.knowledge)
    return tuple(
        Obstacle(name, phrases.phrase(rule.when), State.OVERRIDDEN, said=by.get(name, ""))
        for name in rules
        if (rule := ground.knowledge.rules[name])
    )


@dataclass(frozen=True)
class _Blocks:
    """Finds what stands in the way of one rule."""

    ground: Ground
    rule: Rule

    def of_rule(self) -> Iterator[Obstacle]:
        """Yield the conditions that keep the rule from firing."""
        yield from self._of(self.rule.when, positive=True)

    def _truth(self, expr: Expr, *, positive: bool) -> Truth:
        return holds(
            expr,
            self.ground.answers,
            self.ground.concluded.outcome.findings,
            self.ground.knowledge.members,
            self.rule.unsure,
            positive=positive,
        )

    def _of(self, expr: Expr, *, positive: bool) -> Iterator[Obstacle]:
        """Yield the blocking parts of a signed condition: where parts are failed, only those."""
        truth = self._truth(expr, positive=positive)
        if truth is Truth.TRUE:
            return
        match expr:
            case Not(part):
                yield from self._of(part, positive=not positive)
            case All(parts) | AnyOf(parts) if len(parts) == 1 or isinstance(expr, All) is positive:
                for part in parts:
                    if self._truth(part, positive=positive) is truth:
                        yield from self._of(part, positive=positive)
            case All() | AnyOf() | AtLeast():
                yield self._block(expr, positive=positive, truth=truth)
            case _:
                yield self._leaf(expr, positive=positive, truth=truth)

    def _block(self, expr: Expr, *, positive: bool, truth: Truth) -> Obstacle:
        state = State.FAILED
        if truth is Truth.UNDECIDED and not self._all_asked(expr):
            state = State.NOT_ASKED
        condition = Phrases(self.ground.knowledge).phrase(expr, positive=positive)
        answers = {q: self.ground.answers.get(q) for q in named_questions(expr)}
        given = {q: value for q, value in answers.items() if value is not None}
        if len(answers) == len(given) == 1 and not found_in(expr):
            ((name, value),) = given.items()
            question = self.ground.knowledge.questions[name]
            shown = question.written(value) if isinstance(value, int) else value
            return Obstacle(self.rule.id, condition, state, shown, answer_words(question, value))
        unknown = truth is Truth.UNDECIDED and state is State.FAILED
        return Obstacle(self.rule.id, condition, state, said="an answer is not known" * unknown)

    def _leaf(self, leaf: Expr, *, positive: bool, truth: Truth) -> Obstacle:
        block = self._block(leaf, positive=positive, truth=truth)
        match leaf:
            case Moves(group, effect):
                members = self.ground.knowledge.members[group]
                asked = [m for m in members if m in self.ground.answers]
                counted = [m for m in asked if self.ground.answers[m] in effect.answers]
                shorts = ", ".join(self.ground.knowledge.questions[m].short for m in counted)
                count = f"{len(counted)} of the {len(asked)} asked about"
                words = f"{count}: {shorts}" if shorts else count
                return Obstacle(block.rule, block.condition, block.state, said=words)
            case Reaches(score):
                said = summed(score, *score.span(self.ground.answers))
                return Obstacle(block.rule, block.condition, block.state, said=said)
            case _:
                return block

    def _all_asked(self, expr: Expr) -> bool:
        """Tell whether every question under a condition was asked, those of findings included."""
        knowledge = self.ground.knowledge
        waiting, seen = [expr], set[str]()
        while waiting:
            for leaf in leaves(waiting.pop()):
                match leaf:
                    case Is(name) | Compare(name) | IsUnknown(name):
                        names: tuple[str, ...] = (name,)
                    case Reaches(score):
                        names = tuple(item.question for item in score.items)
                    case Moves(group):
                        names = knowledge.members[group]
                    case Found(finding, strength):
                        names = ()
                        rules = set(knowledge.finders[finding, strength]) - seen
                        seen |= rules
                        waiting += [knowledge.rules[rule].when for rule in sorted(rules)]
                if any(name not in self.ground.answers for name in names):
                    return False
        return True
