"""A mutant: a rule with one small mistake in it, under a name that lasts.

Names put conditions and conclusions in the words of the rule file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from screening.errors import assert_never
from screening.load.conclusions import reached
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
    findings_of,
)
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import (
    AvoidDemand,
    Conclusion,
    Rule,
    UnknownPolicy,
)
from screening.model.vocabularies import Effect, Level, Strength

MutatedExpr = tuple[str, Expr]
"""A condition with one place changed, and the name of the change."""


class MutatedPart(Enum):
    """Which part of a rule a mutant changes."""

    WHEN = "when"
    UNKNOWN = "unknown"
    THEN = "then"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule with one mistake: `mutated` is None where the rule is gone.

    `name` says what was changed into what, in the words of the rule file. It stays the same as
    long as that place of the rule does, and is unique within the rule.
    """

    rule: str
    name: str
    change: MutatedPart
    mutated: Rule | None


EFFECTS = {Effect.PROVOKE: "provoke", Effect.RELIEVE: "relieve", Effect.CHANGE: "change"}


def written_condition(expr: Expr) -> str:  # noqa: C901, PLR0911 - one line for each kind
    """Return a condition in the words of a rule file, the parts of a long one cut short.

    >>> written_condition(All((Compare("pain", ">=", 4), Not(Is("numb", "no")))))
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
        case Reaches(score, points, parameter):
            return f"{score.id} >= {parameter or points}"
        case Not(Is(question, answer)):
            return f"{question} is not {answer}"
        case Not(part):
            return f"not {written_condition(part)}"
        case All(parts):
            return f"all {written_parts(parts)}"
        case AnyOf(parts):
            return f"any {written_parts(parts)}"
        case AtLeast(count, parts):
            return f"at least {count} of {written_parts(parts)}"
    assert_never(expr)


def written_parts(parts: tuple[Expr, ...]) -> str:
    """Return the first of several conditions in brackets, with dots for the rest."""
    first = "".join(written_condition(part) for part in parts[:1])
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


def planted(knowledge: KnowledgeBase, mutant: Mutant) -> KnowledgeBase:
    """Return the knowledge with a mutant in it.

    Without a cell of the catalogue, the directions that are avoided reach its exercise as well.
    """
    rules = {name: rule for name, rule in knowledge.rules.items() if name != mutant.rule}
    if mutant.mutated is None and knowledge.rules[mutant.rule].cell:
        return replace(knowledge, rules=_aimed(knowledge, rules))
    if mutant.mutated is not None:
        rules[mutant.rule] = mutant.mutated
    return replace(knowledge, rules=rules)


def _aimed(knowledge: KnowledgeBase, rules: Mapping[str, Rule]) -> Mapping[str, Rule]:
    verdicts = {
        exercise: {finding for finding, (rule, _) in own.items() if rule.id in rules}
        for exercise, own in knowledge.verdicts.items()
    }

    def aim(rule: Rule, conclusion: Conclusion) -> Conclusion:
        if not isinstance(conclusion, AvoidDemand):
            return conclusion
        findings = findings_of(rule.when)
        hit = reached(knowledge.exercises, verdicts, conclusion.direction, findings)
        return replace(conclusion, exercises=hit)

    return {
        name: replace(rule, then=tuple(aim(rule, said) for said in rule.then))
        for name, rule in rules.items()
    }
