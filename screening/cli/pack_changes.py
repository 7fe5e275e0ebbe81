"""`screening knowledge rename`, `delete` and more: changes of the knowledge as a whole."""

from __future__ import annotations

from pathlib import Path

import click

from screening import app
from screening.cli.author_prompt import TerminalAuthor, leaving
from screening.cli.common import agrees, command, complain, finish, tell
from screening.cli.options import knowledge_option

KIND = click.option("--kind", metavar="KIND", help="What it is, where several have the name.")
YES = click.option("--yes", is_flag=True, help="Write it; do not ask.")


def _asked(change: app.pack_changes.PendingChange, *, yes: bool) -> None:
    """Say what a change is, ask, and write it."""
    for line in change.said:
        click.echo(line)
    complain(change.trouble)
    finish(good=bool(change.question))
    finish(good=agrees(yes=yes)(change.question))
    tell(change.write())


@command()
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

    $ screening knowledge rename overhead reaching_up --knowledge my-knowledge
    $ screening knowledge rename trauma.minor stumble --knowledge my-knowledge
    $ screening knowledge rename walk walking --kind category --yes --knowledge my-knowledge
    """
    _asked(app.pack_changes.rename(old, new, kind, knowledge_dir), yes=yes)


@command()
@click.argument("name", metavar="ID")
@KIND
@click.option(
    "--with-uses", is_flag=True, help="Also take it out of lists and cases that name it."
)
@YES
@knowledge_option
def delete(
    name: str, *, kind: str | None, with_uses: bool, yes: bool, knowledge_dir: Path | None
) -> None:
    """Take ID out of the knowledge, after saying what names it and what would become of that.

    While a condition, a conclusion or anything else says nothing without it, it stays (exit 1).
    Old answers to a question that goes still load, and count for nothing. A rule is better
    retired: that keeps it on file, with the reason.

    $ screening knowledge delete my-rule --knowledge my-knowledge
    $ screening knowledge delete croquet --with-uses --knowledge my-knowledge
    """
    change = app.pack_changes.delete(name, kind, knowledge_dir, tell, with_uses=with_uses)
    _asked(change, yes=yes)


@command()
@click.argument("name", metavar="RULE")
@YES
@knowledge_option
def unretire(name: str, *, yes: bool, knowledge_dir: Path | None) -> None:
    """Bring a retired RULE back as a draft, after saying for whom it changes something.

    $ screening knowledge unretire my-rule --knowledge my-knowledge
    """
    _asked(app.pack_changes.unretire(name, knowledge_dir, tell), yes=yes)


@command()
@click.argument("name", metavar="ID")
@KIND
@click.option("--resume", is_flag=True, help="Go on with the answers of last time.")
@knowledge_option
def edit(name: str, *, kind: str | None, resume: bool, knowledge_dir: Path | None) -> None:
    """Change ID, such as a rule, question or exercise, by being asked: Enter keeps what is there.

    `-` takes away what may be left out, `<` goes back, Ctrl-C keeps what was answered. What it
    means for every client, and for the cases of the library, is shown before you are asked to
    save.

    $ screening knowledge edit my-rule --knowledge my-knowledge
    $ screening knowledge edit deadlift --kind exercise --knowledge my-knowledge
    $ screening knowledge edit my-rule --resume --knowledge my-knowledge
    """
    talk = TerminalAuthor()
    sitting = app.editing.Editing.at(name, kind, knowledge_dir, talk, resume=resume)
    with leaving(sitting):
        tell(sitting.run(tell))
