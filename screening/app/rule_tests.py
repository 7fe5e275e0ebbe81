"""Testing rules: their examples, the case library, and what would slip past both."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from screening import app
from screening.app.extras import have, installed_by
from screening.app.knowledge import open_checked_knowledge
from screening.app.ports import Tell
from screening.app.printout import Printout
from screening.app.result_cache import remembered
from screening.diagnostics import Diagnostic, quoted, suggestion
from screening.errors import UnknownTargetError
from screening.model.knowledge import KnowledgeBase
from screening.mutation.knowledge_tests import Watch, run_tests
from screening.mutation.verdicts import Apart, Judge
from screening.render.knowledge_test_report import (
    tests_form,
    tests_page,
)


@dataclass(frozen=True, slots=True)
class TestsWanted:
    """Which rules and cases to test, all without any, and what to look for beside failures."""

    names: tuple[str, ...]
    mutants: bool
    coverage: bool


@dataclass(frozen=True, slots=True)
class RulesTested:
    """What the tests found, and what is said of each failure and of waivers that waive nothing."""

    shown: Printout
    trouble: tuple[Diagnostic, ...]


def tested(directory: Path | None, wanted: TestsWanted, watch: Watch, tell: Tell) -> RulesTested:
    """Return what the examples and cases come to, and the mutants if asked for.

    Raises:
        BadInputError: when the knowledge cannot be used.
        UnknownTargetError: when a name is neither a rule's nor a case's.

    """
    base = open_checked_knowledge(directory, library=True)
    legal = (*base.rules, *base.cases)
    for name in wanted.names:
        if name not in legal:
            message = f"no rule or case {quoted(name)}; {suggestion(name, legal)}"
            raise UnknownTargetError(message)
    memory = remembered()
    judge = Judge(base, told_apart(base, tell) if wanted.mutants else None, memory)
    found = run_tests(judge, wanted.names, watch, mutants=wanted.mutants, covering=wanted.coverage)
    memory.save()
    shown = Printout(tests_page(base, found), tests_form(base, found), found.passed)
    return RulesTested(shown, (*found.failed, *found.warnings))


def told_apart(base: KnowledgeBase, tell: Tell) -> Apart | None:
    """Return what tells two versions of a rule apart; None without the extra, which is said."""
    if not have("z3"):
        tell(f"without z3 nothing is proved: {installed_by('prove')}")
        return None
    return app.proofs.teller(base)
