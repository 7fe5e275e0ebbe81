"""The tables of docs/semantics.md, run row by row on every engine."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from engine_list import ENGINES
from strategies import CHOICE, FIXED, knowledge_base

from screening.diagnostics import Problems
from screening.load.entries import Reader
from screening.load.phrase import Vocabulary, read_condition
from screening.load.rules import read_answers
from screening.load.scores import read_scores
from screening.load.tree import Mapping, Node, parse
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
)
from screening.model.question import Question, Value
from screening.model.rule import (
    Conclusion,
    Find,
    Head,
    Keep,
    Reading,
    Refer,
    Rule,
    UnknownPolicy,
    Unsure,
)
from screening.model.terms import DeclaredScore, Finding, Group, Parameter
from screening.model.vocabularies import Grade, Kind, Level, Strength, Truth
from screening.schema.keys import Of

PAGE = Path(__file__).parents[2] / "docs" / "semantics.md"
RULE = "rule-of-the-row"

KINDS = {
    "cramp": Kind.YES_NO,
    "numb": Kind.RECENCY,
    "fall": Kind.CHOICE,
    "seen": Kind.YES_NO,
    "either": Kind.YES_NO,
    "tic": Kind.YES_NO,
    "pain": Kind.NUMBER,
    "bend": Kind.MOVEMENT,
    "sit": Kind.MOVEMENT,
    "arch": Kind.MOVEMENT,
}
ONLY_IF = {"seen": Is("fall", CHOICE[2].id), "tic": Is("either", "yes")}
GROUPS = {"bend": ("flexion",), "sit": ("flexion",), "arch": ("extension",)}
QUESTIONS = {
    name: Question(
        name,
        "t",
        name,
        name,
        kind,
        harmless="no_effect" if kind is Kind.MOVEMENT else "no",
        answers=FIXED.get(kind, ()),
        high=10 if kind is Kind.NUMBER else 0,
        unit="points",
        groups=GROUPS.get(name, ()),
        only_if=ONLY_IF.get(name),
        sums_up=("numb", "bend") if name == "either" else (),
    )
    for name, kind in KINDS.items()
}
FINDINGS = ("stiff", "tired")


def _node(text: str) -> Node:
    problems = Problems()
    node = parse(text, "semantics.md", problems)
    assert node is not None, problems.found
    return node


def _scores() -> typing.Mapping[str, DeclaredScore]:
    """Return the scores that the page says it uses."""
    (written,) = re.findall(r"```yaml\n(scores:.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    problems = Problems()
    reader = Reader(problems, known={Of.SOURCE: ("BOOK",)})
    found = read_scores(_node(written), reader, QUESTIONS, {}, problems)
    assert not problems.found
    return found


VOCABULARY = Vocabulary(
    QUESTIONS,
    {name: Finding(name, name) for name in FINDINGS},
    {name: Group(name, name) for name in ("flexion", "extension")},
    {"strong": Parameter("strong", 4, "points", "strong", "BOOK", Grade.DESIGN)},
    scores=_scores(),
)


class Row(NamedTuple):
    """One row: a rule, answers, and the truth of each of its readings."""

    line: int
    rule: Rule
    answers: dict[str, Value]
    truths: dict[Reading, Truth]


def _tables(text: str) -> Iterator[tuple[tuple[str, ...], int, tuple[str, ...]]]:
    """Yield each row of each table with its header and its line."""
    header: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("|"):
            header = ()
        elif not header:
            header = _cells(line)
        elif not set(line) <= set("|-"):
            yield header, number, _cells(line)


def _cells(line: str) -> tuple[str, ...]:
    return tuple(re.sub("^`|`$", "", cell.strip()) for cell in line.strip("|").split("|"))


def _condition(text: str) -> Expr:
    problems = Problems()
    condition = read_condition(_node(text), VOCABULARY, problems)
    assert not problems.found
    return condition


def _answers(text: str) -> dict[str, Value]:
    problems = Problems()
    node = _node(text)
    assert isinstance(node, Mapping)
    answers = read_answers(node, VOCABULARY, problems)
    assert not problems.found
    return answers


def _rule(when: str, then: Conclusion, *, policy: UnknownPolicy | None = None) -> Rule:
    return Rule(RULE, RULE, _condition(when), (then,), RULE, unknown=policy)


def _row(header: tuple[str, ...], line: int, cells: tuple[str, ...]) -> Row | None:
    match header:
        case ("condition", "answers", "truth"):
            condition, answers, truth = cells
            rule = _rule(condition, Keep())
            return Row(line, rule, _answers(answers), {Reading.CERTAIN: Truth(truth)})
        case ("unknown", "condition", "answers", "truth"):
            unknown, condition, answers, truth = cells
            rule = _rule(condition, Keep(), policy=UnknownPolicy(Unsure(unknown)))
            return Row(line, rule, _answers(answers), {Reading.CERTAIN: Truth(truth)})
        case ("condition", "answers", str(), str()):
            condition, answers, certain, possible = cells
            policy = UnknownPolicy(Unsure.NOT_MET, Level.SAME_DAY)
            rule = _rule(condition, Refer(Level.EMERGENCY, "hospital"), policy=policy)
            truths = {Reading.CERTAIN: Truth(certain), Reading.POSSIBLE: Truth(possible)}
            return Row(line, rule, _answers(answers), truths)
    return None


def _finders() -> list[Rule]:
    """Return the rules that the page says find something."""
    return [
        Rule(f"find-{line}", "", _condition(when), (Find(finding, Strength[word.upper()]),), "")
        for header, line, (finding, word, when, *_) in _tables(PAGE.read_text("utf-8"))
        if header == ("finding", "strength", "when")
    ]


ROWS = [
    row
    for header, line, cells in _tables(PAGE.read_text("utf-8"))
    if (row := _row(header, line, cells)) is not None
]
FINDERS = _finders()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"line {row.line}")
def test_every_row_of_the_semantics_page_holds(row: Row, engine: str) -> None:
    knowledge = knowledge_base(QUESTIONS, FINDINGS, [*FINDERS, row.rule])
    knowledge = replace(knowledge, scores=VOCABULARY.scores)
    (outcome,) = ENGINES[engine](knowledge)([row.answers])
    assert {r: outcome.heads[Head(RULE, r)] for r in row.truths} == row.truths


def _parts(expr: Expr, *, positive: bool = True) -> Iterator[tuple[type[Expr], bool]]:
    """Yield every kind of node in a condition with its sign."""
    yield type(expr), positive
    match expr:
        case Not(part):
            yield from _parts(part, positive=not positive)
        case All(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from _parts(part, positive=positive)


@pytest.mark.parametrize(
    "kind", [Is, Compare, IsUnknown, Found, Moves, Reaches, All, AnyOf, Not, AtLeast]
)
def test_page_shows_every_kind_of_condition_with_every_truth(kind: type[Expr]) -> None:
    shown = {row.truths[Reading.CERTAIN] for row in ROWS if isinstance(row.rule.when, kind)}
    assert shown == set(Truth)


@pytest.mark.parametrize(
    "kind", [Is, Compare, IsUnknown, Found, Moves, Reaches, All, AnyOf, AtLeast]
)
def test_page_shows_every_kind_of_condition_under_a_negation(kind: type[Expr]) -> None:
    assert any((kind, False) in _parts(row.rule.when) for row in ROWS)


@pytest.mark.parametrize("unsure", Unsure)
def test_page_shows_every_meaning_of_unknown(unsure: Unsure) -> None:
    assert any(row.rule.unknown is not None and row.rule.unsure is unsure for row in ROWS)


def test_page_says_what_its_questions_are() -> None:
    said = {
        name.strip("` "): kind
        for header, _, (names, kind, *_) in _tables(PAGE.read_text("utf-8"))
        if header == ("question", "kind", "answers")
        for name in names.split(",")
    }
    assert said == {name: kind.value for name, kind in KINDS.items()}
