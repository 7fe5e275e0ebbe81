"""`screening interview` and `screening followup`: ask, conclude, show."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from screening import app, cli
from screening.cli.common import (
    FILE,
    command,
    format_option,
    full_option,
    knowledge_option,
    trainer_option,
)
from screening.cli.records import client_option, store_options
from screening.render.page import PageFormat

T = TypeVar("T")
TOGETHER = "--resume goes on with a saved case: leave --client, --answers out"
OPTIONS = (
    click.option("--programme", type=FILE, help="Read the current programme, one a line."),
    click.option(
        "--order",
        type=click.Choice(("adaptive", "fixed")),
        help="Ask only what can still change a conclusion (adaptive, the default), or all "
        "(fixed).",
    ),
    click.option(
        "--typed",
        type=FILE,
        help="Take the lines of a file as what is typed, for trying things out.",
    ),
    trainer_option,
    full_option,
)


def interview_options(command: Callable[..., T]) -> Callable[..., T]:
    """Add how an interview is held; with its format the command gets it as `options`."""

    @functools.wraps(command)
    def held(  # noqa: PLR0913 - one for each option
        *args: object,
        programme: Path | None,
        order: str | None,
        form: PageFormat,
        typed: Path | None,
        trainer: str,
        full: bool,
        **kwargs: object,
    ) -> T:
        options = cli.interview_loop.InterviewOptions(programme, order, form, typed, trainer, full)
        return command(*args, options=options, **kwargs)

    for one in reversed(OPTIONS):
        held = one(held)
    return held


@command()
@client_option("Name the client: a pseudonym or number.")
@interview_options
@click.option("--resume", default="", metavar="CASE", help="Go on with a saved case.")
@click.option("--answers", type=FILE, help="Take an intake's answers as given.")
@knowledge_option
@store_options
@format_option()
def interview(  # noqa: PLR0913 - one for each option
    *,
    client: str,
    resume: str,
    answers: Path | None,
    options: cli.interview_loop.InterviewOptions,
    knowledge_dir: Path | None,
    place: app.stores.StorePlace,
) -> None:
    """Screen a client: safety first, then only what still matters. Every answer is saved.

    $ screening interview
    $ screening interview --client blue-bike --programme programme.txt
    $ screening interview --resume blue-bike
    $ screening interview --practice
    """
    knowledge = app.knowledge.open_checked_knowledge(knowledge_dir)
    if resume and (client or answers):
        raise click.UsageError(TOGETHER)
    begin = app.start_interview
    wanted = begin.Resume(resume) if resume else begin.New(client or None, answers)
    root = app.knowledge.root_of(knowledge_dir)
    sys.exit(cli.interview_loop.sit(knowledge, root, place, wanted, options))


@command()
@click.argument("client")
@interview_options
@knowledge_option
@store_options
@format_option()
def followup(
    client: str,
    *,
    options: cli.interview_loop.InterviewOptions,
    knowledge_dir: Path | None,
    place: app.stores.StorePlace,
) -> None:
    """See a CLIENT again: asks only what is new or too old, then shows how it went.

    What still counts is kept from last time; `review` shows it, `change` corrects it.

    $ screening followup blue-bike
    $ screening followup blue-bike --programme programme.txt
    """
    knowledge = app.knowledge.open_checked_knowledge(knowledge_dir)
    root, wanted = app.knowledge.root_of(knowledge_dir), app.start_interview.FollowUp(client)
    sys.exit(cli.interview_loop.sit(knowledge, root, place, wanted, options))
