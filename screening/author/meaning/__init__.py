"""What two knowledge bases mean to clients, compared: stricter, looser or the same."""

from screening.author.meaning.accept import accept, acceptance
from screening.author.meaning.compare import Comparison, Difference, Shown, compare
from screening.author.meaning.on_intakes import Moved, OnIntakes, on_intakes
from screening.author.meaning.rules import Fate, RuleChange, rule_changes
from screening.author.meaning.words import aspect_words

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
