"""`screening knowledge examples RULE`: clients at the rule's boundaries that nothing tests yet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli.common import exits, knowledge_option, open_checked_knowledge
from screening.diagnostics import quoted, suggestion
from screening.errors import UnknownTargetError

if TYPE_CHECKING:
    from screening.model.knowledge import KnowledgeBase
    from screening.mutation.boundary_search import Boundary
    from screening.mutation.verdicts import Verdict

EPILOG = """\b
Examples:
  screening knowledge examples hinge-and-squat
  screening knowledge examples my-rule --knowledge my-knowledge
"""
NOTHING = "Every small mistake in `{rule}` is noticed by its examples and cases."


@click.command(epilog=EPILOG)
@click.argument("rule")
@knowledge_option
def examples(rule: str, knowledge_dir: Path | None) -> None:
    """Show the clients at the boundaries of RULE that no example tests, and write examples.

    For each it asks whether the rule should fire. Your answers are written into the rule's file.
    Without a terminal, or where the knowledge cannot be written, they are only shown.
    """
    from screening.cli.examining import examine  # noqa: PLC0415
    from screening.cli.testing import teller  # noqa: PLC0415
    from screening.mutation.missing import missing  # noqa: PLC0415
    from screening.mutation.verdicts import Fate, Judge  # noqa: PLC0415 - slow imports
    from screening.scaffold.add_example import with_example  # noqa: PLC0415
    from screening.write.disk import put, read_text, writable  # noqa: PLC0415

    with exits():
        base = open_checked_knowledge(knowledge_dir, library=True)
        _written(rule, base)
        verdicts = Judge(base, teller(base)).of_rule(base.rules[rule])
        alive = tuple(verdict for verdict in verdicts if verdict.fate is Fate.SURVIVED)
        found = missing(alive)
        _show_rest(base, rule, alive)
        if not found:
            return
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            _show(base, found)
            return
        writable(knowledge_dir)
        chosen = examine(base, found)
        path = Path(base.rules[rule].at.path)
        text = read_text(path)
        for example in chosen:
            text = with_example(text, str(path), example, base.questions)
        if chosen:
            put(path, text)
    click.echo(f"{len(chosen)} written to {path}")


def _written(rule: str, base: KnowledgeBase) -> None:
    names = tuple(one.id for one in base.written_rules)
    if rule not in names:
        help_ = "the rules of the catalogue are tested by cases" if rule in base.rules else ""
        message = f"no rule {quoted(rule)} with examples; {help_ or suggestion(rule, names)}"
        raise UnknownTargetError(message)


def _show_rest(base: KnowledgeBase, rule: str, alive: tuple[Verdict, ...]) -> None:
    """Say which mistakes no example can notice, and what case would; or that none is left."""
    from screening.render.knowledge_test_report import killer_words  # noqa: PLC0415 - a slow import

    if not alive:
        click.echo(NOTHING.format(rule=rule))
    for verdict in alive:
        if verdict.client is None:
            words = killer_words(base, verdict)
            click.echo(f"No example notices {verdict.mutant.name}. {words}")


def _show(base: KnowledgeBase, found: tuple[Boundary, ...]) -> None:
    from screening.render.knowledge_test_report import client_words  # noqa: PLC0415 - a slow import

    for client in found:
        click.echo(f"- {client_words(base, client)}")
