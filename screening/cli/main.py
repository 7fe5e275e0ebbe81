"""The `screening` command and what all its commands share."""

from __future__ import annotations

import sys

import click

from screening import __version__
from screening.cli.common import BAD_INPUT, exits
from screening.cli.lazy import LazyGroup

COMMANDS = {
    "desk": "desk:desk",
    "serve": "serve:serve",
    "interview": "interview:interview",
    "followup": "interview:followup",
    "run": "run:run",
    "form": "form:form",
    "receive": "form:receive",
    "explain": "explain:explain",
    "session": "session:session",
    "sheet": "papers:sheet",
    "letter": "papers:letter",
    "clients": "clients:clients",
    "batch": "tables:batch",
    "impact": "tables:impact",
    "recall": "tables:recall",
    "knowledge": "knowledge:knowledge",
    "audit": "audit:audit",
    "referral": "referral:referral",
    "calendar": "calendar:calendar",
    "settings": "settings:settings",
    "store": "store:store",
}


@click.group(
    cls=LazyGroup,
    commands_at=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with `screening interview`, or `screening serve` in a browser. Health answers "
    "stay on this machine. What it is for, and what not: `screening knowledge show pack`.",
)
@click.version_option(__version__, prog_name="screening")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Screen a trainer's client: a plan, a referral when due, and the reason for every line.

    Alone on a terminal it is the desk: who is due, and what to do about it.
    """
    if ctx.invoked_subcommand is None:
        desk = main.get_command(ctx, "desk")
        if desk is None or not all(one.isatty() for one in (sys.stdin, sys.stdout, sys.stderr)):
            click.echo(ctx.get_help(), err=True)
            ctx.exit(BAD_INPUT)
        with exits():
            ctx.invoke(desk)
