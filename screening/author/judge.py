"""What becomes of each mutant of a rule: killed, waived, or alive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from screening.author.case_book import CaseBook
from screening.author.mutants import Change, Mutant, mutants_of
from screening.author.sheets import Sheet, example_sheets
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Rule


class Fate(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    EQUIVALENT = "equivalent"
    WAIVED = "waived"
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A mutant's fate; `by` is the example or case that kills it."""

    mutant: Mutant
    fate: Fate
    by: str = ""


class Judge:
    """Judges the mutants of one knowledge base, rule by rule."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self.cases = CaseBook(knowledge)

    def of_rule(self, rule: Rule) -> tuple[Verdict, ...]:
        """Return what becomes of each mutant of a rule, in order of place."""
        sheets = (*example_sheets(self.knowledge, rule), *self.cases.sheets(rule))
        return tuple(self._verdicts(rule, sheets))

    def _verdicts(self, rule: Rule, sheets: tuple[Sheet, ...]) -> Iterator[Verdict]:
        for mutant in mutants_of(rule, self.knowledge):
            by = self._killer(mutant, sheets)
            yield Verdict(mutant, Fate.KILLED if by else Fate.SURVIVED, by)

    def _killer(self, mutant: Mutant, sheets: tuple[Sheet, ...]) -> str:
        """Return the name of an example or case that tells a mutant from the rule."""
        for sheet in sheets:
            if not sheet.fits(self.knowledge, mutant.mutated):
                return sheet.name
        return "" if mutant.change is Change.WHEN else self.cases.killer(mutant)
