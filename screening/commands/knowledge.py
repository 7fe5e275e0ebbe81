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
    knowledge_option,
    open_knowledge,
)
from screening.diagnostics import Severity


@click.group()
def knowledge() -> None:
    """Look at the knowledge base, check it and run its examples."""


@knowledge.command()
@knowledge_option
def check(knowledge_dir: Path | None) -> None:
    """Check every file, and report all that is wrong at once."""
    from screening.check import check as find_problems  # noqa: PLC0415 - a slow import

    with exits():
        base = open_knowledge(knowledge_dir)
        found = find_problems(base, datetime.datetime.now(tz=datetime.timezone.utc).date())
    complain(found)
    errors = sum(d.severity is Severity.ERROR for d in found)
    unreviewed = sum(not rule.review.by for rule in base.written_rules)
    click.echo(
        f"{len(base.written_rules)} rules, {len(base.exercises)} exercises, {len(base.questions)} questions: "
        f"{errors} errors, {len(found) - errors} warnings. "
        f"{unreviewed} rules await review by a clinician."
    )
    sys.exit(FINDINGS if errors else 0)


@knowledge.command()
@click.argument("rule", required=False, default="")
@knowledge_option
def test(rule: str, knowledge_dir: Path | None) -> None:
    """Run the examples inside the rules (or one RULE) on both engines."""
    from screening.author.examples import run_examples  # noqa: PLC0415 - a slow import

    with exits():
        base = open_knowledge(knowledge_dir)
        tested = run_examples(base, rule)
    complain(tested.failed)
    click.echo(f"{tested.run} examples run, {len(tested.failed)} failures")
    sys.exit(FINDINGS if tested.failed or not tested.run else 0)
