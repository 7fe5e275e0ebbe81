"""What two knowledge bases mean to clients, compared: stricter, looser or the same."""

from screening.verify.semantic_diff.accept import accept, acceptance
from screening.verify.semantic_diff.compare import Comparison, Difference, Shown, compare
from screening.verify.semantic_diff.on_intakes import Moved, OnIntakes, on_intakes
from screening.verify.semantic_diff.rules import Fate, RuleChange, rule_changes
from screening.verify.semantic_diff.words import aspect_words

__all__ = [
    "Comparison",
    "Difference",
    "Fate",
    "Moved",
    "OnIntakes",
    "RuleChange",
    "Shown",
    "accept",
    "acceptance",
    "aspect_words",
    "compare",
    "on_intakes",
    "rule_changes",
]
