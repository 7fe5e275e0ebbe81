"""Why a rule did not fire: the conditions that failed, and those that wait for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from screening.engines.kleene import holds
from screening.explain.evidence import Ground
from screening.explain.explanation import Block, State
from screening.explain.words import Phrases, said
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
    found_in,
    leaves,
    named_questions,
)
from screening.model.rule import Rule
from screening.model.vocabularies import Truth


def blocks(ground: Ground, rules: tuple[str, ...]) -> tuple[Block, ...]:
    """Return what stands in the way of each rule that did not fire, in order."""
    return tuple(
        block
        for name in rules
        if ground.truth(name) is not Truth.TRUE
        for block in _Blocks(ground, ground.knowledge.rules[name]).of_rule()
    )


def overriding(ground: Ground, rules: tuple[str, ...]) -> tuple[Block, ...]:
    """Return the rules that win over what was reached, or that a trainer overrode."""
    by = {
        rule: f"overridden by {one.override.who}"
        for one in ground.assessment.overrides
        for rule in one.lifts
    }
    phrases = Phrases(ground.knowledge)
    return tuple(
        Block(name, phrases.phrase(rule.when), State.OVERRIDDEN, said=by.get(name, ""))
        for name in rules
        if (rule := ground.knowledge.rules[name])
    )


@dataclass(frozen=True)
class _Blocks:
    """Finds what stands in the way of one rule."""

    ground: Ground
    rule: Rule

    def of_rule(self) -> Iterator[Block]:
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

    def _of(self, expr: Expr, *, positive: bool) -> Iterator[Block]:
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

    def _block(self, expr: Expr, *, positive: bool, truth: Truth) -> Block:
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
            return Block(self.rule.id, condition, state, shown, said(question, value))
        unknown = truth is Truth.UNDECIDED and state is State.FAILED
        return Block(self.rule.id, condition, state, said="an answer is not known" * unknown)

    def _leaf(self, leaf: Expr, *, positive: bool, truth: Truth) -> Block:
        block = self._block(leaf, positive=positive, truth=truth)
        match leaf:
            case Moves(group, effect):
                members = self.ground.knowledge.members[group]
                asked = [m for m in members if m in self.ground.answers]
                counted = [m for m in asked if self.ground.answers[m] in effect.answers]
                shorts = ", ".join(self.ground.knowledge.questions[m].short for m in counted)
                count = f"{len(counted)} of the {len(asked)} asked about"
                words = f"{count}: {shorts}" if shorts else count
                return Block(block.rule, block.condition, block.state, said=words)
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
