"""The truth of one condition in strong Kleene logic: the definition all engines must meet.

Every leaf is read together with its sign, because what an unknown answer means to a rule
(`met`, `not_met`) is said about the condition as it stands in the rule, negated or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from screening.errors import assert_never
from screening.model.expr import (
    All,
    AnyOf,
    AtLeast,
    Compare,
    Comparison,
    Expr,
    Found,
    Is,
    IsUnknown,
    Leaf,
    Moves,
    Not,
)
from screening.model.question import Value
from screening.model.rule import Unsure
from screening.model.vocabularies import ASKED_UNKNOWN, Effect, Strength, Truth, Unknown

Findings: TypeAlias = Mapping[tuple[str, Strength], Truth]
Members: TypeAlias = Mapping[str, tuple[str, ...]]
Answers: TypeAlias = Mapping[str, Value]

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNDECIDED
_UNKNOWN_COUNTS = {Unsure.MET: T, Unsure.NOT_MET: F, Unsure.UNDECIDED: U}


def holds(  # noqa: PLR0913 - the five things truth depends on, and a sign
    expr: Expr,
    answers: Answers,
    findings: Findings,
    members: Members,
    unsure: Unsure = Unsure.UNDECIDED,
    *,
    positive: bool = True,
) -> Truth:
    """Return the truth of a condition, or of its opposite where `positive` is false.

    Args:
        expr: the condition.
        answers: by question; a question that is absent was not asked.
        findings: the truth of every finding the condition names.
        members: movement questions by group; the empty group has all.
        unsure: what `dont_know` and `declined` mean to the rule.
        positive: the sign under which the condition stands in its rule.

    >>> holds(Not(Is("a", "yes")), {"a": "no"}, {}, {}).name
    'TRUE'
    >>> holds(Not(Is("a", "yes")), {}, {}, {}).name
    'UNDECIDED'

    """
    return _signed(expr, _Reader(answers, findings, members, unsure), positive=positive)


def conjunction(truths: Iterable[Truth]) -> Truth:
    """Return strong Kleene *and*: false beats undecided beats true."""
    seen = set(truths)
    return F if F in seen else U if U in seen else T


def disjunction(truths: Iterable[Truth]) -> Truth:
    """Return strong Kleene *or*: true beats undecided beats false."""
    seen = set(truths)
    return T if T in seen else U if U in seen else F


def counted(truths: Iterable[Truth], at_least: int) -> Truth:
    """Return whether at least so many hold, however the undecided ones turn out.

    >>> counted([Truth.TRUE, Truth.UNDECIDED, Truth.FALSE], 2).name
    'UNDECIDED'
    """
    seen = list(truths)
    if seen.count(T) >= at_least:
        return T
    return F if len(seen) - seen.count(F) < at_least else U


def compare(left: int, op: Comparison, right: int) -> bool:
    """Return whether a comparison of two numbers of the same unit holds."""
    match op:
        case ">=":
            return left >= right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case "<":
            return left < right
    assert_never(op)


class _Reader:
    """Reads the truth of single leaves."""

    def __init__(
        self, answers: Answers, findings: Findings, members: Members, unsure: Unsure
    ) -> None:
        self.answers = answers
        self.findings = findings
        self.members = members
        self.unsure = unsure

    def leaf(self, leaf: Leaf) -> Truth | None:
        """Return a leaf's truth, or None where the answer is known to be unknown."""
        match leaf:
            case Found(finding, strength):
                return self.findings[finding, strength]
            case Moves(group, effect, at_least):
                return counted(
                    (self.moved(name, effect) for name in self.members[group]), at_least
                )
            case IsUnknown(question):
                value = self.answers.get(question)
                return U if value is None else T if value in ASKED_UNKNOWN else F
            case Is(question, answer):
                return self.value(question, lambda value: value == answer)
            case Compare(question, op, number):
                return self.value(
                    question, lambda value: isinstance(value, int) and compare(value, op, number)
                )
        assert_never(leaf)

    def value(self, question: str, test: Callable[[Value], bool]) -> Truth | None:
        """Return whether an answer passes a test."""
        value = self.answers.get(question)
        if value is None:
            return U
        if value in ASKED_UNKNOWN:
            return None
        return T if value is not Unknown.NOT_APPLICABLE and test(value) else F

    def moved(self, question: str, effect: Effect) -> Truth:
        """Return whether a movement has an effect; an unknown answer leaves it open."""
        value = self.answers.get(question)
        if value is None or value in ASKED_UNKNOWN:
            return U
        return T if value in effect.answers else F


def _signed(expr: Expr, reader: _Reader, *, positive: bool) -> Truth:
    """Return the truth of a condition, or of its opposite."""
    match expr:
        case Not(part):
            return _signed(part, reader, positive=not positive)
        case All(parts):
            truths = (_signed(part, reader, positive=positive) for part in parts)
            return conjunction(truths) if positive else disjunction(truths)
        case AnyOf(parts):
            truths = (_signed(part, reader, positive=positive) for part in parts)
            return disjunction(truths) if positive else conjunction(truths)
        case AtLeast(count, parts):
            truths = (_signed(part, reader, positive=positive) for part in parts)
            return counted(truths, count if positive else len(parts) - count + 1)
        case _:
            truth = reader.leaf(expr)
            if truth is None:
                return _UNKNOWN_COUNTS[reader.unsure]
            return truth if positive else truth.negated()
