"""`screening knowledge rename`, `delete` and more: changes of the knowledge as a whole."""

from __future__ import annotations

from pathlib import Path

import click

from screening import app
from screening.cli.common import command, finish, knowledge_option, tell

RENAME = """\b
Examples:
  screening knowledge rename overhead reaching_up --knowledge my-knowledge
  screening knowledge rename trauma.minor stumble --knowledge my-knowledge
  screening knowledge rename walk walking --kind category --yes --knowledge my-knowledge
"""
KIND = click.option("--kind", metavar="KIND", help="What it is, where several have the name.")
YES = click.option("--yes", is_flag=True, help="Write it; do not ask.")


def _asked(change: app.pack_changes.PendingChange, *, yes: bool) -> None:
    """Say what a change is, ask, and write it."""
    for line in change.said:
        click.echo(line)
    finish(good=yes or click.confirm(change.question, err=True))
    tell(change.write())


@command(epilog=RENAME)
@click.argument("old")
@click.argument("new")
@KIND
@YES
@knowledge_option
def rename(old: str, new: str, *, kind: str | None, yes: bool, knowledge_dir: Path | None) -> None:
    """Give OLD, anything that has an id, the id NEW everywhere.

    An answer is named QUESTION.ANSWER. Conditions, examples, cases, flags, figures and all else
    name it anew; comments stay. Old intakes and tables still load. The result is checked, and
    compared in meaning, before you are asked; then all of it is written, or nothing.
    """
    _asked(app.pack_changes.rename(old, new, kind, knowledge_dir), yes=yes)
