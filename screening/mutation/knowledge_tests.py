"""All that `knowledge test` finds out about some rules and cases, or about all of them.

A condition *decides* where the rule, read with this one condition certainly true and with it
certainly false, comes out differently. This is coverage of conditions with masking (a form of
MC/DC) in three values: an example counts for the value the condition really has in it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from screening.diagnostics import Code, Diagnostic, Severity
from screening.model.case_library import Waiver
from screening.model.expr import All, AnyOf, AtLeast, Expr, Leaf, Not, leaves
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Reading, Rule
from screening.model.vocabularies import Truth
from screening.mutation.case_results import CaseBook
from screening.mutation.mutant import MutatedExpr
from screening.mutation.operators import somewhere
from screening.mutation.verdicts import Fate, Judge, MutantVerdict
from screening.testing.fixtures import AnswerSheet, example_sheets
from screening.testing.run_cases import run_cases
from screening.testing.run_examples import Tested, run_examples

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

    def constant_for(expr: Expr) -> Iterator[MutatedExpr]:
        if not isinstance(expr, All | AnyOf | AtLeast | Not):
            yield "", constant

    return tuple(expr for _, expr in somewhere(when, constant_for))


def _truth(knowledge: KnowledgeBase, rule: Rule, sheet: AnswerSheet, expr: Expr) -> Truth:
    return sheet.truth(knowledge, expr, rule.reads_unknown_as(Reading.CERTAIN))


Watch = Callable[[tuple[Rule, ...]], Iterable[Rule]]


@dataclass(frozen=True)
class Tests:
    """What ran, what failed, and what became of the mutants that were asked for."""

    examples: Tested
    cases: Tested
    verdicts: tuple[MutantVerdict, ...] = ()
    covered: tuple[Covered, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> tuple[Diagnostic, ...]:
        """The examples and cases that came out otherwise than expected."""
        return (*self.examples.failed, *self.cases.failed)

    @property
    def alive(self) -> tuple[MutantVerdict, ...]:
        """The mutants nothing kills, proves equivalent or waives."""
        return tuple(v for v in self.verdicts if v.fate is Fate.SURVIVED)

    @property
    def passed(self) -> bool:
        """Whether something ran, nothing failed and no mutant is alive."""
        return bool(self.examples.run + self.cases.run) and not self.failed and not self.alive


def run_tests(
    judge: Judge, only: Collection[str], watch: Watch, *, mutants: bool, covering: bool
) -> Tests:
    """Return the tests of the rules and cases named, or of all; mutants only where all pass.

    A mutant of a rule whose own tests fail says nothing. `watch` is told of the rules judged.

    Raises:
        DisagreementError: when the engines differ.

    """
    knowledge = judge.knowledge
    named = tuple(name for name in only if name in knowledge.rules or name in knowledge.cases)
    examples = run_examples(knowledge, named, judge.memory)
    cases = run_cases(knowledge, named, judge.memory)
    judge = replace(judge, concluded=cases.concluded)
    rules = tuple(r for r in knowledge.live_rules if not only or r.id in only)
    covered = [
        c for r in rules if covering and not r.cell for c in coverage(knowledge, judge.cases, r)
    ]
    passed = mutants and not examples.failed and not cases.failed
    verdicts = [v for rule in watch(rules) for v in judge.of_rule(rule)] if passed else []
    unused = unused_waivers(knowledge, rules, verdicts) if passed else ()
    return Tests(examples, cases, tuple(verdicts), tuple(covered), tuple(unused))


def unused_waivers(
    knowledge: KnowledgeBase, rules: Iterable[Rule], verdicts: Iterable[MutantVerdict]
) -> Iterable[Diagnostic]:
    """Yield a warning for each waiver of these rules that waives nothing."""
    used = {(v.mutant.rule, v.mutant.name) for v in verdicts if v.fate is Fate.WAIVED}
    judged = {rule.id for rule in rules}
    for waiver in knowledge.waivers:
        if waiver.rule in judged and (waiver.rule, waiver.mutant) not in used:
            yield _unused(waiver)


def _unused(waiver: Waiver) -> Diagnostic:
    message = f"no live mutant of `{waiver.rule}` is called `{waiver.mutant}`"
    help_ = "it is killed, proved equivalent, or gone: remove the waiver"
    return Diagnostic(Code.unused_waiver, message, waiver.at, help_, Severity.WARNING)
