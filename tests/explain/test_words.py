"""Conditions in plain English."""

from __future__ import annotations

import pytest

from screening.explain.words import Phrases
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
)
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Effect, Strength

TWO = (Is("fever", "yes"), Is("walk", "provokes"))
SAID: list[tuple[Expr, str, str]] = [
    (Is("walk", "provokes"), "walking brings it on", "walking does not bring it on"),
    (Is("walk", "not_tried"), "walking was not tried", "walking was tried"),
    (Is("belly", "yes"), "New belly pain: Yes", "New belly pain: No"),
    (
        Is("saddle", "lifelong"),
        (
            "Numb or odd feeling where a bike saddle touches: "
            "since birth or childhood, long before this pain"
        ),
        (
            "Numb or odd feeling where a bike saddle touches: "
            "anything but “since birth or childhood, long before this pain”"
        ),
    ),
    (Compare("age", ">=", 50), "Age: 50 years or more", "Age: less than 50 years"),
    (Compare("age", "<=", 50), "Age: 50 years or less", "Age: more than 50 years"),
    (IsUnknown("age"), "Age: not known or not said", "Age: known"),
    (
        Found("flexion_sensitive", Strength.SUSPECTED),
        "bending/sitting-sensitive",
        "not bending/sitting-sensitive",
    ),
    (
        Found("flexion_sensitive", Strength.SUPPORTED),
        "bending/sitting-sensitive (supported or stronger)",
        "not bending/sitting-sensitive (supported or stronger)",
    ),
    (
        Moves("flexion", Effect.PROVOKE, 2),
        "at least 2 bending-type movements bring it on",
        "fewer than 2 bending-type movements bring it on",
    ),
    (
        Moves("", Effect.CHANGE, 1),
        "some movement changes it",
        "no movement changes it",
    ),
    (
        All(TWO),
        "Fever, chills or night sweats: Yes; and walking brings it on",
        "not all of: Fever, chills or night sweats: Yes; walking brings it on",
    ),
    (
        AnyOf(TWO),
        "any of: Fever, chills or night sweats: Yes; walking brings it on",
        "none of: Fever, chills or night sweats: Yes; walking brings it on",
    ),
    (
        AtLeast(2, TWO),
        "at least 2 of: Fever, chills or night sweats: Yes; walking brings it on",
        "fewer than 2 of: Fever, chills or night sweats: Yes; walking brings it on",
    ),
    (Not(Is("belly", "no")), "New belly pain: Yes", "New belly pain: No"),
]  # fmt: skip


@pytest.mark.parametrize(("expr", "holds", "fails"), SAID)
def test_condition_and_its_opposite_read_as_english(
    shipped: KnowledgeBase, expr: Expr, holds: str, fails: str
) -> None:
    assert Phrases(shipped).phrase(expr) == holds
    assert Phrases(shipped).phrase(Not(expr)) == fails


def test_every_condition_of_the_shipped_knowledge_can_be_said(shipped: KnowledgeBase) -> None:
    phrases = Phrases(shipped)
    for owner, condition in shipped.conditions():
        assert phrases.phrase(condition), owner
        assert all(line.strip() for line in phrases.tree(condition)), owner


def test_tree_indents_parts(shipped: KnowledgeBase) -> None:
    assert list(Phrases(shipped).tree(Not(AnyOf(TWO)))) == [
        "none of:",
        "  Fever, chills or night sweats: Yes",
        "  walking brings it on",
    ]
