"""The truth of one condition in strong Kleene logic: the definition all engines must meet.

Every leaf is read together with its sign, because what an unknown answer means to a rule
(`met`, `not_met`) is said about the condition as it stands in the rule, negated or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeAlias

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
    Reaches,
)
from screening.model.question import Value
from screening.model.rule import Unsure
from screening.model.score import ScoreItem
from screening.model.vocabularies import ASKED_UNKNOWN, Effect, Strength, Truth, Unknown

Findings: TypeAlias = "Mapping[tuple[str, Strength], Truth] | Mapping[tuple[str, Strength], Sides]"
Members: TypeAlias = Mapping[str, tuple[str, ...]]
Answers: TypeAlias = Mapping[str, Value]


class ReadAnswers(dict[str, Value]):
    """Answers as read: those given, and what follows for questions without one.

    `beside` holds what else a question reads as where an answer was given all the same: that it
    does not apply, or that its parts say yes. Both count, so that an answer only ever adds.
    """

    def __init__(self, answers: Mapping[str, Value]) -> None:
        super().__init__(answers)
        self.beside: dict[str, tuple[Value, ...]] = {}

    def reads(self, question: str, value: Value) -> None:
        """Let a question read as a value, beside an answer that was given."""
        if self.setdefault(question, value) != value:
            self.beside[question] = (*self.beside.get(question, ()), value)


def values(answers: Answers, question: str) -> tuple[Value, ...]:
    """Return all that a question reads as; nothing while it is not asked."""
    if question not in answers:
        return ()
    beside = answers.beside if isinstance(answers, ReadAnswers) else {}
    return (answers[question], *beside.get(question, ()))


class Sides(NamedTuple):
    """Whether something is certainly true, and whether it is certainly false.

    Both where a question reads as two things: then it counts as true, and what rests on its being
    false stays. So neither side is ever lost by one more answer.
    """

    true: bool
    false: bool

    @property
    def truth(self) -> Truth:
        """The two sides as one truth."""
        return T if self.true else F if self.false else U

    def turned(self) -> Sides:
        """Return the sides of the opposite."""
        return BOTH[self.false, self.true]


T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNDECIDED
BOTH = {(true, false): Sides(true, false) for true in (True, False) for false in (True, False)}
SIDES = {T: BOTH[True, False], F: BOTH[False, True], U: BOTH[False, False]}
_UNKNOWN_COUNTS = {Unsure.MET: SIDES[T], Unsure.NOT_MET: SIDES[F], Unsure.UNDECIDED: SIDES[U]}


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
    return sides(expr, answers, findings, members, unsure, positive=positive).truth


def sides(  # noqa: PLR0913 - as `holds`
    expr: Expr,
    answers: Answers,
    findings: Findings,
    members: Members,
    unsure: Unsure = Unsure.UNDECIDED,
    *,
    positive: bool = True,
) -> Sides:
    """Return both sides of a condition, or of its opposite; see `holds`."""
    return _signed(expr, _Reader(answers, findings, members, unsure), positive=positive)


def counted(parts: Iterable[Sides], at_least: int) -> Sides:
    """Return whether at least so many hold, however the undecided ones turn out.

    >>> counted([SIDES[Truth.TRUE], SIDES[Truth.UNDECIDED], SIDES[Truth.FALSE]], 2).truth.name
    'UNDECIDED'
    """
    true = possible = 0
    for part in parts:
        true += part[0]
        possible += not part[1]
    return BOTH[true >= at_least, possible < at_least]


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
        self.beside = answers.beside if isinstance(answers, ReadAnswers) else {}
        self.findings = findings
        self.members = members
        self.unsure = unsure

    def leaf(self, leaf: Leaf, *, positive: bool) -> Sides:
        """Return both sides of a leaf, or of its opposite."""
        match leaf:
            case Found(finding, strength):
                found = self.findings[finding, strength]
                return _turned(SIDES[found] if isinstance(found, Truth) else found, positive)
            case Moves(group, effect, at_least):
                moved = (self.moved(name, effect) for name in self.members[group])
                return _turned(counted(moved, at_least), positive)
            case Reaches(score, points):
                spans = [self.span(item, positive=positive) for item in score.items]
                least, most = (sum(ends) for ends in zip(*spans, strict=True))
                return _turned(BOTH[least >= points, most < points], positive)
            case IsUnknown(question):
                return self.value(question, lambda _: False, positive=positive, unknown=SIDES[T])
            case Is(question, answer):
                return self.value(question, lambda value: value == answer, positive=positive)
            case Compare(question, op, number):
                return self.value(
                    question,
                    lambda value: isinstance(value, int) and compare(value, op, number),
                    positive=positive,
                )
        assert_never(leaf)

    def value(
        self,
        question: str,
        test: Callable[[Value], bool],
        *,
        positive: bool,
        unknown: Sides | None = None,
    ) -> Sides:
        """Return whether an answer passes a test, or the opposite.

        What an unknown one means is said about the condition as it stands, whatever its sign.
        """

        def one(value: Value) -> Sides:
            if value in ASKED_UNKNOWN:
                if unknown is None:
                    return _UNKNOWN_COUNTS[self.unsure]
                return _turned(unknown, positive)
            passed = value is not Unknown.NOT_APPLICABLE and test(value)
            return SIDES[T if passed is positive else F]

        return self._each(question, one)

    def moved(self, question: str, effect: Effect) -> Sides:
        """Return whether a movement has an effect; an unknown answer leaves it open."""

        def one(value: Value) -> Sides:
            return SIDES[U if value in ASKED_UNKNOWN else T if value in effect.answers else F]

        return self._each(question, one)

    def span(self, item: ScoreItem, *, positive: bool) -> tuple[int, int]:
        """Return the fewest points an item certainly gives, and the most it still can.

        One that is not asked may give anything. So may one that is not known, unless the rule says
        what that means: then it counts as what helps the condition as it stands, or hinders it.
        Where a question reads as several things, the higher one is certain and the lower one too.
        """
        value = self.answers.get(item.question)
        if value is None:
            return item.least, item.most
        if item.question not in self.beside:
            return self._ends(item, item.gives(value), positive=positive)
        read = values(self.answers, item.question)
        ends = [self._ends(item, item.gives(value), positive=positive) for value in read]
        return max(least for least, _ in ends), min(most for _, most in ends)

    def _ends(self, item: ScoreItem, gives: int | None, *, positive: bool) -> tuple[int, int]:
        if gives is not None:
            return gives, gives
        if self.unsure is Unsure.UNDECIDED:
            return item.least, item.most
        counts = item.most if (self.unsure is Unsure.MET) is positive else item.least
        return counts, counts

    def _each(self, question: str, one: Callable[[Value], Sides]) -> Sides:
        """Return what a question says; where it reads as several things, all of it."""
        value = self.answers.get(question)
        if value is None:
            return SIDES[U]
        if question not in self.beside:
            return one(value)
        found = [one(value) for value in (value, *self.beside[question])]
        return BOTH[any(each.true for each in found), any(each.false for each in found)]


def _turned(found: Sides, positive: bool) -> Sides:  # noqa: FBT001 - a sign
    return found if positive else found.turned()


def _signed(expr: Expr, reader: _Reader, *, positive: bool) -> Sides:
    """Return both sides of a condition, or of its opposite."""
    match expr:
        case Not(part):
            return _signed(part, reader, positive=not positive)
        case All(parts):
            needed = len(parts) if positive else 1
        case AnyOf(parts):
            needed = 1 if positive else len(parts)
        case AtLeast(count, parts):
            needed = count if positive else len(parts) - count + 1
        case _:
            return reader.leaf(expr, positive=positive)
    return counted((_signed(part, reader, positive=positive) for part in parts), needed)
