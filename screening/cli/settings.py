"""`screening settings`: what is the same for every client on this computer."""

from __future__ import annotations

from pathlib import Path

import click

from screening import app
from screening.cli.common import ScreeningGroup, say
from screening.cli.options import knowledge_option, prints
from screening.cli.terminal import Terminal


@click.group(cls=ScreeningGroup)
def settings() -> None:
    """Look at and change what is the same for every client: the country, who is asking."""


@settings.command("show")
@prints()
@knowledge_option
def show_(knowledge_dir: Path | None) -> app.printout.Printout:
    """Show the settings of this computer."""
    return app.settings.shown(app.knowledge.open_knowledge(knowledge_dir))


@settings.command("set")
@click.option("--country", help="Whose numbers and words results are given in.")
@click.option("--trainer", metavar="INITIALS", help="Who is asking, unless another is named.")
@knowledge_option
def set_(country: str | None, trainer: str | None, knowledge_dir: Path | None) -> None:
    """Set the country, with its emergency number and words, or who is asking."""
    if country is None and trainer is None:
        raise click.UsageError("say what to set: --country or --trainer")
    if country is not None:
        knowledge = app.knowledge.open_knowledge(knowledge_dir)
        say(app.settings.set_country(knowledge, country))
    if trainer is not None:
        say(app.settings.set_trainer(trainer))


@settings.command("trainer")
@click.argument("initials")
@click.option("--name", help="The whole name, for the list.")
@click.option(
    "--answer",
    "answers",
    multiple=True,
    metavar="QUESTION=ANSWER",
    help="Answer a question that asks trainers about themselves.",
)
@click.option("--forget", is_flag=True, help="Take the trainer off the list.")
@knowledge_option
def trainer_(
    initials: str,
    name: str | None,
    answers: tuple[str, ...],
    knowledge_dir: Path | None,
    *,
    forget: bool,
) -> str:
    """Add a trainer by INITIALS, or change what is kept of one.

    Without --answer, on a terminal, the questions for trainers are asked.

    $ screening settings trainer AG
    $ screening settings trainer AG --name "Alma Garcia" --answer trainer_level=advanced
    $ screening settings set --trainer AG
    """
    if forget:
        return app.settings.forget_trainer(initials)
    knowledge = app.knowledge.open_knowledge(knowledge_dir)
    made = app.settings.keep_trainer(knowledge, initials, name, app.trainers.answers_in(answers))
    terminal = Terminal()
    if not answers and terminal.has_keys:
        made = app.who_asks.ask_trainer(terminal, knowledge, made.initials)
    return f"Kept: {made.called}."
