"""Which conditions of a rule its examples and cases show to decide, once true and once false.

A condition *decides* where the rule, read with this one condition certainly true and with it
certainly false, comes out differently. This is coverage of conditions with masking (a form of
MC/DC) in three values: an example counts for the value the condition really has in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from screening.model.expr import All, AnyOf, AtLeast, Expr, Leaf, Not, leaves
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Reading, Rule
from screening.model.vocabularies import Truth
from screening.mutation.case_results import CaseBook
from screening.mutation.operators.conditions import somewhere
from screening.mutation.operators.mutant import Changed
from screening.testing.fixtures import Sheet, example_sheets

TRUE, FALSE = All(()), AnyOf(())


@dataclass(frozen=True, slots=True)
class Covered:
    """One condition of a rule, and the first example or case in which each value decides."""

    rule: str
    leaf: Leaf
    when_true: str = ""
    when_false: str = ""

    @property
    def both(self) -> bool:
        """Whether each value decides somewhere."""
        return bool(self.when_true and self.when_false)


def coverage(knowledge: KnowledgeBase, cases: CaseBook, rule: Rule) -> tuple[Covered, ...]:
    """Return what is shown of each condition of a rule, in the order written."""
    sheets = (*example_sheets(knowledge, rule), *cases.sheets(rule))
    as_true, as_false = _read_as(rule.when, TRUE), _read_as(rule.when, FALSE)
    found = []
    for leaf, held, failed in zip(leaves(rule.when), as_true, as_false, strict=True):
        shown = {Truth.TRUE: "", Truth.FALSE: ""}
        for sheet in sheets:
            truth = _truth(knowledge, rule, sheet, leaf)
            if not shown.get(truth, "seen") and _truth(knowledge, rule, sheet, held) is not _truth(
                knowledge, rule, sheet, failed
            ):
                shown[truth] = sheet.name
        found.append(Covered(rule.id, leaf, shown[Truth.TRUE], shown[Truth.FALSE]))
    return tuple(found)


def _read_as(when: Expr, constant: Expr) -> tuple[Expr, ...]:
    """Return a condition with each of its leaves in turn read as a constant."""

    def constant_for(expr: Expr) -> Iterator[Changed]:
        if not isinstance(expr, All | AnyOf | AtLeast | Not):
            yield "", constant

    return tuple(expr for _, expr in somewhere(when, constant_for))


def _truth(knowledge: KnowledgeBase, rule: Rule, sheet: Sheet, expr: Expr) -> Truth:
    return sheet.truth(knowledge, expr, rule.reads_unknown_as(Reading.CERTAIN))
