"""Closed unions are decided by a match the type checker guards, each kind in its one place."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import screening
from screening.interview.reply import LETTERS
from screening.model.conclusion_forms import FORMS
from screening.model.kinds import how
from screening.model.rule import Conclusion
from screening.model.vocabularies import Kind

PACKAGE = Path(screening.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
KINDS = {kind.__name__ for kind in get_args(Conclusion)}


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for path in SOURCES:
        yield str(path.relative_to(PACKAGE)), ast.parse(path.read_text(encoding="utf-8"))


def _names_a_kind(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Kind"
        and node.attr.isupper()
    )


def _kinds_in(pattern: ast.pattern) -> set[str]:
    classes = (n.cls for n in ast.walk(pattern) if isinstance(n, ast.MatchClass))
    return {cls.id for cls in classes if isinstance(cls, ast.Name)} & KINDS


def _open_ended(match: ast.Match) -> bool:
    """Tell whether a match on conclusions takes any other kind silently."""
    if not any(_kinds_in(case.pattern) for case in match.cases):
        return False
    last = match.cases[-1]
    bare = isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None
    guarded = any(isinstance(n, ast.Name) and n.id == "assert_never" for n in ast.walk(last))
    return bare and not guarded


def test_answer_kinds_are_compared_nowhere_but_in_their_table() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in _trees()
        if name != "model/kinds.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare) and any(map(_names_a_kind, ast.walk(node)))  # type: ignore[arg-type]
    ]
    assert found == []


def test_no_match_on_conclusions_takes_another_kind_silently() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Match) and _open_ended(node)
    ]
    assert found == []


def test_every_kind_of_conclusion_can_be_written() -> None:
    assert {form.kind for form in FORMS.values()} == set(get_args(Conclusion))


def test_no_key_of_an_answer_is_a_command_in_short() -> None:
    keys = {key for kind in Kind for key in how(kind).keys or ()}
    assert not keys & LETTERS.keys()


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("match c:\n case Find(): x\n case _: y", True),
        ("match c:\n case Find(): x\n case _ as never: assert_never(never)", False),
        ("match c:\n case Find() | Refer(): x", False),
        ("match c:\n case 1: x\n case _: y", False),
    ],
)
def test_the_guard_knows_an_open_end(text: str, *, silent: bool) -> None:
    (match,) = ast.parse(text).body
    assert isinstance(match, ast.Match)
    assert _open_ended(match) is silent
