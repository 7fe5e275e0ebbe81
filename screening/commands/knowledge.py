"""`screening knowledge`: look at the knowledge, check it and run its examples."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from screening.commands.common import (
    FINDINGS,
    complain,
    exits,
    format_option,
    knowledge_option,
    open_checked_knowledge,
    open_knowledge,
)
from screening.diagnostics import Severity

LISTS = ("questions", "findings", "categories", "exercises", "rules", "parameters")
CHECK_EPILOG = """\b
Examples:
  screening knowledge check
  screening knowledge check --knowledge my-knowledge
"""
SHOW_EPILOG = """\b
Examples:
  screening knowledge show hinge-and-squat
  screening knowledge show deadlift.flexion_sensitive
  screening knowledge show saddle
  screening knowledge show chronic_from
"""
LIST_EPILOG = """\b
Examples:
  screening knowledge list exercises
  screening knowledge list questions --format json
"""
TEST_EPILOG = """\b
Examples:
  screening knowledge test
  screening knowledge test hinge-and-squat
"""


@click.group()
def knowledge() -> None:
    """Look at the knowledge base, check it and run its examples."""


@knowledge.command(epilog=CHECK_EPILOG)
@knowledge_option
def check(knowledge_dir: Path | None) -> None:
    """Check every file, and report all that is wrong at once."""
    from screening.check import check as find_problems  # noqa: PLC0415 - a slow import

    with exits():
        base = open_knowledge(knowledge_dir)
        found = find_problems(base, datetime.datetime.now(tz=datetime.timezone.utc).date())
    complain(found)
    errors = sum(d.severity is Severity.ERROR for d in found)
    unreviewed = sum(not rule.reviewed for rule in base.written_rules)
    click.echo(
        f"{len(base.written_rules)} rules, {len(base.exercises)} exercises, "
        f"{len(base.questions)} questions: {errors} errors, {len(found) - errors} warnings. "
        f"{unreviewed} rules await review by a clinician."
    )
    sys.exit(FINDINGS if errors else 0)


@knowledge.command(epilog=SHOW_EPILOG)
@click.argument("name", metavar="ID")
@knowledge_option
def show(name: str, knowledge_dir: Path | None) -> None:
    """Show what is known under an ID: a rule, question, finding, category, exercise and so on."""
    from screening.commands.intake import page_width  # noqa: PLC0415 - slow imports
    from screening.render.knowledge_page import show_page  # noqa: PLC0415
    from screening.render.table import text  # noqa: PLC0415

    with exits():
        page = show_page(open_knowledge(knowledge_dir), name)
    click.echo(text(page, page_width()), nl=False)


@knowledge.command(name="list", epilog=LIST_EPILOG)
@click.argument("what", type=click.Choice(LISTS))
@format_option("table", "json")
@knowledge_option
def list_(what: str, form: str, knowledge_dir: Path | None) -> None:
    """List the questions (in asking order), findings, categories, exercises, rules, parameters."""
    from screening.commands.intake import page_width  # noqa: PLC0415 - slow imports
    from screening.render.listing import list_page, listed  # noqa: PLC0415
    from screening.render.output import output  # noqa: PLC0415

    with exits():
        base = open_knowledge(knowledge_dir)
    text = output(list_page(base, what), [*listed(base, what)], form, width=page_width())
    click.echo(text, nl=False)


@knowledge.command(epilog=TEST_EPILOG)
@click.argument("rule", required=False, default="")
@knowledge_option
def test(rule: str, knowledge_dir: Path | None) -> None:
    """Run the examples inside the rules (or one RULE) on both engines."""
    from screening.author.examples import run_examples  # noqa: PLC0415 - a slow import

    with exits():
        base = open_checked_knowledge(knowledge_dir)
        tested = run_examples(base, rule)
    complain(tested.failed)
    click.echo(f"{tested.run} examples run, {len(tested.failed)} failures")
    sys.exit(FINDINGS if tested.failed or not tested.run else 0)
