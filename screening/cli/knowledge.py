"""`screening knowledge`: look at the knowledge, check it, run its examples and cases."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli.common import (
    FINDINGS,
    checked,
    complain,
    exits,
    format_option,
    knowledge_option,
    open_knowledge,
)
from screening.cli.lazy import LazyGroup
from screening.diagnostics import Severity
from screening.model.knowledge import KnowledgeBase

if TYPE_CHECKING:
    from screening.render.page import Page

LISTS = (
    "questions",
    "findings",
    "categories",
    "exercises",
    "rules",
    "parameters",
    "clearances",
    "trainer-questions",
    "cases",
)
COMMANDS = {  # each in a file of its own; the others are below
    "test": "screening.cli.testing:test",
    "examples": "screening.cli.examples:examples",
    "new": "screening.cli.new:new",
    "init": "screening.cli.init:init",
    "review": "screening.cli.lifecycle:review",
    "activate": "screening.cli.lifecycle:activate",
    "retire": "screening.cli.lifecycle:retire",
    "format": "screening.cli.format:format_",
    "schema": "screening.cli.schema:schema",
    "diff": "screening.cli.diff:diff",
    "prove": "screening.cli.prove:prove",
}
CHECK_EPILOG = """\b
Examples:
  screening knowledge check
  screening knowledge check --knowledge my-knowledge
"""
SHOW_EPILOG = """\b
Examples:
  screening knowledge show pack
  screening knowledge show hinge-and-squat
  screening knowledge show deadlift.provokes
  screening knowledge show saddle
  screening knowledge show k05-day-10
  screening knowledge show chronic_from
"""
LIST_EPILOG = """\b
Examples:
  screening knowledge list exercises
  screening knowledge list questions --format json
  screening knowledge list trainer-questions
  screening knowledge list cases
"""
DOC_EPILOG = """\b
Examples:
  screening knowledge doc
  screening knowledge doc --output ~/rule-book --knowledge my-knowledge
"""


@click.group(cls=LazyGroup, commands_at=COMMANDS)
def knowledge() -> None:
    """Look at the knowledge base, check it and run its examples and cases."""


@knowledge.command(epilog=CHECK_EPILOG)
@knowledge_option
def check(knowledge_dir: Path | None) -> None:
    """Check every file, and report all that is wrong at once."""
    from screening.check import check as find_problems  # noqa: PLC0415 - a slow import

    with exits():
        base = open_knowledge(knowledge_dir, library=True)
        found = find_problems(base, datetime.datetime.now(tz=datetime.timezone.utc).date())
    complain(found)
    errors = sum(d.severity is Severity.ERROR for d in found)
    unreviewed = sum(not rule.reviewed for rule in base.written_rules)
    click.echo(
        f"{len(base.written_rules)} rules, {len(base.exercises)} exercises, "
        f"{len(base.questions)} questions, {len(base.cases)} cases: "
        f"{errors} errors, {len(found) - errors} warnings. "
        f"{unreviewed} rules await review by a clinician."
    )
    sys.exit(FINDINGS if errors else 0)


@knowledge.command(epilog=SHOW_EPILOG)
@click.argument("name", metavar="ID")
@knowledge_option
def show(name: str, knowledge_dir: Path | None) -> None:
    """Show an ID: a rule, question, exercise, clearance, source, case of the library and more.

    A case is concluded first, so that what was expected stands beside what was found. Under
    `pack`, show what this knowledge is for, what it is not for, and who has reviewed it.
    """
    from screening.cli.intake import page_width  # noqa: PLC0415 - slow imports
    from screening.render.knowledge_page import show_page  # noqa: PLC0415
    from screening.render.table import text  # noqa: PLC0415

    with exits():
        base = open_knowledge(knowledge_dir, library=True)
        page = tried_page(base, name) if name in base.cases else show_page(base, name)
    click.echo(text(page, page_width()), nl=False)


def tried_page(base: KnowledgeBase, case: str) -> Page:
    """Return the page of a case of the library, concluded."""
    from screening.assess import Assessor  # noqa: PLC0415 - slow imports
    from screening.render.case_page import case_page  # noqa: PLC0415
    from screening.testing.run_cases import try_case  # noqa: PLC0415

    return case_page(try_case(Assessor(checked(base)), base.cases[case]), base)


@knowledge.command(name="list", epilog=LIST_EPILOG)
@click.argument("what", type=click.Choice(LISTS))
@format_option("table", "json")
@knowledge_option
def list_(what: str, form: str, knowledge_dir: Path | None) -> None:
    """List what the knowledge holds: questions (in asking order), rules, exercises and more.

    `trainer-questions` are five a client should ask any trainer.
    """
    from screening.cli.intake import page_width  # noqa: PLC0415 - slow imports
    from screening.render.formats import output  # noqa: PLC0415
    from screening.render.listing import list_page, listed  # noqa: PLC0415

    with exits():
        base = open_knowledge(knowledge_dir, library=what == "cases")
    text = output(list_page(base, what), [*listed(base, what)], form, width=page_width())
    click.echo(text, nl=False)


@knowledge.command(epilog=DOC_EPILOG)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default="rule-book",
    show_default=True,
    help="The folder to write; a new one, an empty one, or an earlier rule book.",
)
@knowledge_option
def doc(output: Path, knowledge_dir: Path | None) -> None:
    """Write the rule book: every rule, question and source as pages anybody can read."""
    from screening.cli.write_rule_book import put  # noqa: PLC0415 - slow imports
    from screening.render.page import clean  # noqa: PLC0415
    from screening.render.rule_book import rule_book  # noqa: PLC0415

    with exits():
        pages = rule_book(open_knowledge(knowledge_dir, library=True))
        put(pages, output)
    click.echo(f"{len(pages)} pages written. Begin with {clean(str(output / 'index.md'))}")
