"""Conditions and conclusions in the words of the rule file: what mutants are named after."""

from __future__ import annotations

from screening.errors import assert_never
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
from screening.model.rule import (
    UnknownPolicy,
)
from screening.model.vocabularies import Effect, Level, Strength

EFFECTS = {Effect.PROVOKE: "provoke", Effect.RELIEVE: "relieve", Effect.CHANGE: "change"}


def written(expr: Expr) -> str:  # noqa: C901, PLR0911 - one line for each kind
    """Return a condition in the words of a rule file, the parts of a long one cut short.

    >>> written(All((Compare("pain", ">=", 4), Not(Is("numb", "no")))))
    'all [pain >= 4, …]'
    """
    match expr:
        case Is(question, answer):
            return f"{question} is {answer}"
        case Compare(question, op, number, parameter):
            return f"{question} {op} {parameter or number}"
        case IsUnknown(question):
            return f"{question} is unknown"
        case Found(finding, strength):
            return finding if strength is Strength.SUSPECTED else f"{finding} is {strength.word}"
        case Moves():
            return _counted(expr)
        case Not(Is(question, answer)):
            return f"{question} is not {answer}"
        case Not(part):
            return f"not {written(part)}"
        case All(parts):
            return f"all {listed(parts)}"
        case AnyOf(parts):
            return f"any {listed(parts)}"
        case AtLeast(count, parts):
            return f"at least {count} of {listed(parts)}"
    assert_never(expr)


def listed(parts: tuple[Expr, ...]) -> str:
    """Return the first of several conditions in brackets, with dots for the rest."""
    first = "".join(written(part) for part in parts[:1])
    return f"[{first}, …]" if len(parts) > 1 else f"[{first}]"


def _counted(leaf: Moves) -> str:
    many = leaf.at_least > 1
    lead = f"at least {leaf.at_least}" if many else "any"
    noun = "movements" if many else "movement"
    group = f"{leaf.group} " if leaf.group else ""
    effect = EFFECTS[leaf.effect] + ("" if many else "s")
    return f"{lead} {group}{noun} {effect}{' it' if leaf.effect is Effect.CHANGE else ''}"


def policy_word(policy: UnknownPolicy | None) -> str:
    """Return what unknown answers mean, in one word of the rule file."""
    if policy is None:
        return "undecided"
    return policy.level.word if policy.level > Level.NONE else policy.unsure.value
