"""A mutant: a rule with one small mistake in it, under a name that lasts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from screening.model.expr import Expr
from screening.model.rule import Conclusion, Rule

Changed = tuple[str, Expr]
"""A condition with one place changed, and the name of the change."""

Concluded = tuple[str, tuple[Conclusion, ...]]
"""The conclusions that stand in the place of one, and the name of the change."""


class Change(Enum):
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
    change: Change
    mutated: Rule | None

    @property
    def full_name(self) -> str:
        """The rule and the name, as reports show them."""
        return f"{self.rule}: {self.name}"
