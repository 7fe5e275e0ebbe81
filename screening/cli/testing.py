"""`screening knowledge test`: the examples, the cases, and what would slip past both."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli.common import (
    FINDINGS,
    complain,
    exits,
    format_option,
    installed_by,
    knowledge_option,
    open_checked_knowledge,
)
from screening.diagnostics import quoted, suggestion
from screening.errors import UnknownTargetError

if TYPE_CHECKING:
    from screening.model.knowledge import KnowledgeBase
    from screening.model.question import Value
    from screening.model.rule import Rule
    from screening.mutation.verdicts import Apart

EPILOG = """\b
Examples:
  screening knowledge test
  screening knowledge test hinge-and-squat
  screening knowledge test k05-day-10
  screening knowledge test --mutants
  screening knowledge test hinge-and-squat --mutants --coverage
"""


@click.command(epilog=EPILOG)
@click.argument("names", metavar="[RULE|CASE]...", nargs=-1)
@click.option("--mutants", is_flag=True, help="Also plant each small mistake, and say which live.")
@click.option("--coverage", is_flag=True, help="Also list conditions never shown to decide.")
@format_option("table", "json")
@knowledge_option
def test(
    names: tuple[str, ...], form: str, knowledge_dir: Path | None, *, mutants: bool, coverage: bool
) -> None:
    """Run the examples inside the rules and the case library, or some RULEs or CASEs.

    Both engines conclude each. A case passes when all it expects is concluded. What passed before
    and rests on nothing that changed since is not run again.
    """
    from screening.app.result_cache import remembered  # noqa: PLC0415
    from screening.cli.intake import page_width  # noqa: PLC0415
    from screening.mutation.knowledge_tests import run_tests  # noqa: PLC0415
    from screening.mutation.verdicts import Judge  # noqa: PLC0415 - slow imports
    from screening.render.formats import output  # noqa: PLC0415
    from screening.render.knowledge_test_report import tests_form, tests_page  # noqa: PLC0415

    with exits():
        base = open_checked_knowledge(knowledge_dir, library=True)
        _known(names, base)
        memory = remembered()
        judge = Judge(base, teller(base) if mutants else None, memory)
        tests = run_tests(judge, names, _watched, mutants=mutants, covering=coverage)
        memory.save()
    complain((*tests.failed, *tests.warnings))
    click.echo(
        output(tests_page(base, tests), tests_form(base, tests), form, width=page_width()),
        nl=False,
    )
    sys.exit(0 if tests.passed else FINDINGS)


def _known(names: tuple[str, ...], base: KnowledgeBase) -> None:
    legal = (*base.rules, *base.cases)
    for name in names:
        if name not in legal:
            message = f"no rule or case {quoted(name)}; {suggestion(name, legal)}"
            raise UnknownTargetError(message)


def teller(base: KnowledgeBase) -> Apart | None:
    """Return what tells two versions of a rule apart; None without the extra."""
    if importlib.util.find_spec("z3") is None:
        click.echo(f"without z3 nothing is proved: {installed_by('prove')}", err=True)
        return None
    from screening.engines.solver.difference import Differences  # noqa: PLC0415 - a slow import

    differences = Differences(base)

    def apart(old: Rule, new: Rule) -> Mapping[str, Value] | None:
        found = differences.between(old, new)
        return None if found is None else found.answers

    return apart


def _watched(rules: tuple[Rule, ...]) -> Iterable[Rule]:
    """Yield the rules, with the progress on stderr where somebody looks."""
    if not sys.stderr.isatty():
        yield from rules
        return
    with click.progressbar(rules, label="Planting mistakes", file=sys.stderr) as watched:
        yield from watched
