"""Looking at a knowledge base: what is wrong with it, what it holds, and each thing in it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from screening.app.knowledge import checked, open_knowledge
from screening.app.printout import Printout
from screening.assess import Assessor
from screening.check import check
from screening.check.figures import check_figures
from screening.diagnostics import Diagnostic, Severity
from screening.render.case_page import case_page
from screening.render.knowledge_page import show_page
from screening.render.listing import list_page, listed
from screening.testing.run_cases import try_case


@dataclass(frozen=True, slots=True)
class Examined:
    """What checking found, and the knowledge in numbers; good without an error."""

    trouble: tuple[Diagnostic, ...]
    summary: str
    good: bool


def examined(directory: Path | None) -> Examined:
    """Return all that is wrong with a knowledge base at once."""
    base = open_knowledge(directory, library=True)
    today = datetime.datetime.now(tz=datetime.timezone.utc).date()
    found = (*check(base, today), *check_figures(base))
    errors = sum(d.severity is Severity.ERROR for d in found)
    unreviewed = sum(not rule.reviewed for rule in base.written_rules)
    summary = (
        f"{len(base.written_rules)} rules, {len(base.exercises)} exercises, "
        f"{len(base.questions)} questions, {len(base.cases)} cases: "
        f"{errors} errors, {len(found) - errors} warnings. "
        f"{unreviewed} rules await review by a clinician."
    )
    return Examined(found, summary, not errors)


def page_of(directory: Path | None, name: str) -> Printout:
    """Return the page of anything in a knowledge base; a case is concluded first."""
    base = open_knowledge(directory, library=True)
    if name not in base.cases:
        return Printout(show_page(base, name))
    return Printout(case_page(try_case(Assessor(checked(base)), base.cases[name]), base))


def list_of(directory: Path | None, what: str) -> Printout:
    """Return everything of a kind in a knowledge base."""
    base = open_knowledge(directory, library=what == "cases")
    return Printout(list_page(base, what), [*listed(base, what)])
