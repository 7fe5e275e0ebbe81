"""All that `knowledge test` finds out about some rules and cases, or about all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from screening.diagnostics import Code, Diagnostic, Severity
from screening.model.case_library import Waiver
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Rule
from screening.mutation.coverage import Covered, coverage
from screening.mutation.verdicts import Fate, Judge, Verdict
from screening.testing.run_cases import run_cases
from screening.testing.run_examples import Tested, run_examples

Watch = Callable[[tuple[Rule, ...]], Iterable[Rule]]


@dataclass(frozen=True)
class Tests:
    """What ran, what failed, and what became of the mutants that were asked for."""

    examples: Tested
    cases: Tested
    verdicts: tuple[Verdict, ...] = ()
    covered: tuple[Covered, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> tuple[Diagnostic, ...]:
        """The examples and cases that came out otherwise than expected."""
        return (*self.examples.failed, *self.cases.failed)

    @property
    def alive(self) -> tuple[Verdict, ...]:
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
    knowledge: KnowledgeBase, rules: Iterable[Rule], verdicts: Iterable[Verdict]
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
