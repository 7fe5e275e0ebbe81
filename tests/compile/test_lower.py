"""Lowering: linear in the knowledge, without negation, in an order that can be run once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from strategies import knowledge_base, knowledge_bases

from screening.compile import lower
from screening.model.expr import All, AnyOf, AtLeast, Expr, Is, Not, leaves
from screening.model.knowledge import KnowledgeBase
from screening.model.program import AtomTest, FindingAtom, NodeAtom, Program, RuleAtom
from screening.model.question import YES_NO, Question
from screening.model.rule import Head, Keep, Reading, Rule
from screening.model.vocabularies import Kind


def _nodes(expr: Expr) -> int:
    match expr:
        case Not(part):
            return 1 + _nodes(part)
        case All(parts) | AnyOf(parts) | AtLeast(_, parts):
            return 1 + sum(map(_nodes, parts))
        case _:
            return 1


def _size(program: Program) -> int:
    """Return the length of a program, in clauses and tests."""
    return sum(1 + len(clause.tests) for clause in program.clauses)


def _leaf(number: int) -> Is:
    return Is(f"q{number}", "yes")


def _asking(when: Expr) -> KnowledgeBase:
    names = {leaf.question for leaf in leaves(when)}  # type: ignore[union-attr]
    asked = {n: Question(n, "t", n, n, Kind.YES_NO, "no", YES_NO) for n in sorted(names)}
    return knowledge_base(asked, (), [Rule("r", "r", when, (Keep(),), "r")])


def _half(count: int) -> Expr:
    return AtLeast(count // 2, tuple(_leaf(i) for i in range(count)))


def _halves_of_choices(count: int) -> Expr:
    pairs = tuple(AnyOf((_leaf(2 * i), Not(_leaf(2 * i + 1)))) for i in range(count))
    return Not(AtLeast(count // 2, pairs))


def _chain(count: int) -> Expr:
    expr: Expr = _leaf(0)
    for i in range(1, count):
        expr = AtLeast(2, (Not(expr), _leaf(i), AnyOf((_leaf(i + 1), _leaf(i + 2)))))
    return expr


def _products(count: int) -> Expr:
    """Return a condition whose disjunctive normal form has 3 to the power of `count` parts."""
    return All(tuple(AnyOf(tuple(_leaf(3 * i + j) for j in range(3))) for i in range(count)))


@pytest.mark.parametrize("grow", [_half, _halves_of_choices, _chain, _products])
def test_program_grows_linearly_with_the_condition(grow: Callable[[int], Expr]) -> None:
    sizes = [_size(lower(_asking(grow(parts)))) for parts in (8, 16, 32, 64)]
    steps = [later - earlier for earlier, later in pairwise(sizes)]
    assert all(later <= 2 * earlier + 4 for earlier, later in pairwise(steps))


@given(knowledge_bases())
def test_program_is_linear_in_the_parts_of_all_conditions(knowledge: KnowledgeBase) -> None:
    parts = sum(_nodes(rule.when) * len(rule.readings) for rule in knowledge.live_rules)
    finders = sum(1 + len(rules) for rules in knowledge.finders.values())
    # on each of two sides a part is one test and at most one clause; so is a finder
    assert _size(lower(knowledge)) <= 4 * (parts + finders + len(knowledge.heads))


def test_shipped_program_is_linear_in_its_conditions(shipped: KnowledgeBase) -> None:
    parts = sum(_nodes(rule.when) * len(rule.readings) for rule in shipped.live_rules)
    finders = sum(1 + len(rules) for rules in shipped.finders.values())
    assert _size(lower(shipped)) <= 4 * (parts + finders + len(shipped.heads))


@given(knowledge_bases())
def test_each_clause_rests_only_on_atoms_concluded_before_it(knowledge: KnowledgeBase) -> None:
    clauses = lower(knowledge).clauses
    last = {clause.head: number for number, clause in enumerate(clauses)}
    for number, clause in enumerate(clauses):
        for test in clause.tests:
            if isinstance(test, AtomTest):
                assert last.get(test.atom, -1) < number


@given(knowledge_bases())
def test_every_clause_can_be_satisfied_by_its_tests(knowledge: KnowledgeBase) -> None:
    assert all(0 <= c.count <= len(c.tests) for c in lower(knowledge).clauses)


@given(knowledge_bases())
def test_every_reading_and_finding_has_both_sides_or_can_never_hold(
    knowledge: KnowledgeBase,
) -> None:
    program = lower(knowledge)
    concluded = {clause.head for clause in program.clauses}
    for head in program.heads:
        assert RuleAtom(head, truth=True) in concluded or RuleAtom(head, truth=False) in concluded
    for finding in program.findings:
        assert FindingAtom(*finding, truth=False) in concluded


def test_inner_nodes_are_atoms_of_their_own() -> None:
    program = lower(_asking(_products(2)))
    nodes = {c.head for c in program.clauses if isinstance(c.head, NodeAtom)}
    assert {node.side for node in nodes} == {True, False}
    assert {node.head for node in nodes} == {Head("r", Reading.CERTAIN)}
    assert len(nodes) == 4
