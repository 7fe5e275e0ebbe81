"""From `KnowledgeBase` to `Program`: signs pushed to the leaves, each side compiled apart.

Every reading of every rule becomes two sides, *certainly true* and *certainly false*. Pushing the
sign down turns `all` into `any` (and a count of k of n into n - k + 1 of n) on the other side, so
no side holds a negation and the program is monotone. A signed leaf becomes the test that makes it
certainly true or certainly false; an inner node becomes an atom of its own, so
a side has at most one clause for each part of its condition: the program is linear in the
knowledge (after Tseitin 1968; Dowling and Gallier 1984 for monotone ground clauses).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from screening.errors import assert_never
from screening.model.expr import (
    OPPOSITE,
    All,
    AnyOf,
    AtLeast,
    Compare,
    Expr,
    Found,
    Is,
    IsUnknown,
    Leaf,
    Moves,
    Not,
    Reaches,
    leaves,
)
from screening.model.knowledge import KnowledgeBase
from screening.model.program import (
    AnswerTest,
    Atom,
    AtomTest,
    Clause,
    EnoughTest,
    FallsShortTest,
    FindingAtom,
    NodeAtom,
    NumberTest,
    Program,
    ReachesTest,
    RuleAtom,
    Test,
    TooFewTest,
)
from screening.model.question import Question
from screening.model.rule import Head, Rule, Unsure
from screening.model.score import Score
from screening.model.vocabularies import ASKED_UNKNOWN, Effect, Strength, Unknown

UNKNOWN = frozenset(word.value for word in ASKED_UNKNOWN)
INAPPLICABLE = frozenset({Unknown.NOT_APPLICABLE.value})


def certain_test(  # noqa: PLR0911 - one case a kind of leaf
    leaf: Leaf,
    *,
    positive: bool,
    truth: bool,
    unsure: Unsure,
    questions: Mapping[str, Question],
) -> Test:
    """Return the test under which a signed leaf is certainly `truth`.

    `positive` is the leaf's sign in the rule. The words a test accepts decide what an unknown
    answer means: it makes the signed leaf true when it counts as met, false when as not met.
    """
    wanted = positive is truth
    settles = Unsure.MET if truth else Unsure.NOT_MET
    extra = UNKNOWN if unsure is settles else frozenset()
    match leaf:
        case Found(finding, strength):
            return AtomTest(FindingAtom(finding, strength, wanted))
        case Moves(group, effect, at_least):
            kind = EnoughTest if wanted else TooFewTest
            return kind(group, effect, at_least)
        case Is(name, answer):
            words = frozenset({answer})
            others = frozenset(questions[name].words) - words | INAPPLICABLE
            return AnswerTest(name, (words if wanted else others) | extra)
        case Compare(name, op, number):
            if wanted:
                return NumberTest(name, op, number, extra)
            return NumberTest(name, OPPOSITE[op], number, INAPPLICABLE | extra)
        case Reaches(score, points):
            sums = ReachesTest if wanted else FallsShortTest
            return sums(score, points, bool(extra))
        case IsUnknown(name):
            return _unknown_test(questions[name], wanted=wanted)
    assert_never(leaf)


def _unknown_test(question: Question, *, wanted: bool) -> Test:
    """Return the test that a question was asked and not known, or was not so."""
    if wanted:
        return AnswerTest(question.id, UNKNOWN)
    if question.is_number:
        return NumberTest(question.id, ">=", question.low, INAPPLICABLE)
    return AnswerTest(question.id, frozenset(question.words) | INAPPLICABLE)


def lower(knowledge: KnowledgeBase) -> Program:
    """Return the program of a knowledge base that passed `check`.

    Raises:
        CircularFindingsError: when findings depend on each other.

    """
    clauses: list[Clause] = []
    for step in knowledge.dependency_order:
        if isinstance(step, Rule):
            for reading in step.readings:
                clauses += rule_clauses(step, Head(step.id, reading), knowledge)
        else:
            clauses += finding_clauses(step, knowledge.finders[step])
    return Program(
        clauses=tuple(clauses),
        tallies=_tallies(knowledge),
        heads=knowledge.heads,
        findings=tuple(knowledge.finders),
        members=tuple(knowledge.members.items()),
        movements=frozenset(q.id for q in knowledge.questions.values() if q.is_movement),
        scores=_scores(knowledge),
    )


def _scores(knowledge: KnowledgeBase) -> tuple[Score, ...]:
    """Return the sums that conditions ask for, in order of first use."""
    if not knowledge.scores:
        return ()
    asked = (leaf for rule in knowledge.live_rules for leaf in leaves(rule.when))
    return tuple(dict.fromkeys(leaf.score for leaf in asked if isinstance(leaf, Reaches)))


def _tallies(knowledge: KnowledgeBase) -> tuple[tuple[str, Effect], ...]:
    """Return the counts that conditions ask for, in order of first use."""
    asked = (
        (leaf.group, leaf.effect)
        for rule in knowledge.live_rules
        for leaf in leaves(rule.when)
        if isinstance(leaf, Moves)
    )
    return tuple(dict.fromkeys(asked))


def finding_clauses(finding: tuple[str, Strength], finders: tuple[str, ...]) -> Iterator[Clause]:
    """Yield what makes a finding certain: one finder fires, or all are certainly false."""
    for name in finders:
        test = AtomTest(RuleAtom(Head(name), truth=True))
        yield Clause(FindingAtom(*finding, truth=True), (test,), 1)
    refuted = tuple(AtomTest(RuleAtom(Head(name), truth=False)) for name in finders)
    yield Clause(FindingAtom(*finding, truth=False), refuted, len(refuted))


def rule_clauses(rule: Rule, head: Head, knowledge: KnowledgeBase) -> Iterator[Clause]:
    """Yield both sides of one reading of a rule, each clause after those it rests on."""
    unsure = rule.reads_unknown_as(head.reading)
    for truth in (True, False):
        side = _Side(head, truth, unsure, knowledge.questions)
        yield from side.clauses(rule.when)


@dataclass
class _Side:
    """Compiles one side of one reading: when it is certainly `truth`."""

    head: Head
    truth: bool
    unsure: Unsure
    questions: Mapping[str, Question]
    nodes: int = 0
    inner: list[Clause] = field(default_factory=list)

    def clauses(self, when: Expr) -> list[Clause]:
        """Return the clauses of the side, inner nodes first."""
        outer = self._define(RuleAtom(self.head, self.truth), when, positive=True)
        return [*self.inner, *outer]

    def _define(self, atom: Atom, expr: Expr, *, positive: bool) -> list[Clause]:
        """Return the clauses that conclude an atom from a signed condition."""
        match expr:
            case Not(part):
                return self._define(atom, part, positive=not positive)
            case All(parts):
                return self._counted(atom, parts, len(parts), positive=positive)
            case AnyOf(parts):
                return self._counted(atom, parts, 1, positive=positive)
            case AtLeast(count, parts):
                return self._counted(atom, parts, count, positive=positive)
            case _:
                return [Clause(atom, (self._test(expr, positive=positive),), 1)]

    def _counted(
        self, atom: Atom, parts: tuple[Expr, ...], count: int, *, positive: bool
    ) -> list[Clause]:
        """Return the clauses for `count` of the parts, or on the false side for too few.

        `self.truth` and `positive` decide together whether the parts or their opposites count.
        """
        needed = count if positive is self.truth else len(parts) - count + 1
        tests = tuple(self._test(part, positive=positive) for part in parts)
        if needed == 1:
            return [Clause(atom, (test,), 1) for test in tests]
        return [Clause(atom, tests, needed)]

    def _test(self, expr: Expr, *, positive: bool) -> Test:
        """Return a test for a signed condition; an inner node gets an atom of its own."""
        match expr:
            case Not(part):
                return self._test(part, positive=not positive)
            case All() | AnyOf() | AtLeast():
                self.nodes += 1
                atom = NodeAtom(self.head, self.truth, self.nodes)
                self.inner += self._define(atom, expr, positive=positive)
                return AtomTest(atom)
            case _:
                return certain_test(
                    expr,
                    positive=positive,
                    truth=self.truth,
                    unsure=self.unsure,
                    questions=self.questions,
                )
