"""The `screening` command and what all its commands share."""

from __future__ import annotations

import sys

import click

from screening import __version__
from screening.cli.common import BAD_INPUT, exits
from screening.cli.lazy import At, LazyGroup

COMMANDS = {
    "desk": At(
        "screening.cli.desk:desk",
        "See who is due and who waits, and go on from there; `screening` alone does it too.",
    ),
    "serve": At(
        "screening.cli.serve:serve",
        "Show everything as a page in the browser, on this computer alone.",
    ),
    "interview": At(
        "screening.cli.interview:interview",
        "Screen a client: safety first, then only what still matters.",
    ),
    "followup": At(
        "screening.cli.interview:followup",
        "See a CLIENT again: asks only what is new or too old, then shows how it went.",
    ),
    "run": At(
        "screening.cli.run:run",
        "Conclude an INTAKE file (YAML or JSON; `-` reads stdin): referral, plan and advice.",
    ),
    "form": At(
        "screening.cli.form:form",
        "Write the form a CLIENT answers before the session: one file that works offline.",
    ),
    "receive": At(
        "screening.cli.form:receive",
        "File what came back from a form as a screening of its client; FILE `-` reads stdin.",
    ),
    "explain": At(
        "screening.cli.explain:explain",
        "Explain what was concluded from an INTAKE file, and what was not.",
    ),
    "session": At(
        "screening.cli.session:session",
        "Plan the next hour from an INTAKE file: exercises, how much, how hard, and why.",
    ),
    "sheet": At(
        "screening.cli.papers:sheet",
        "Put the next hour on one page: for the trainer, or for the client to take home.",
    ),
    "letter": At(
        "screening.cli.papers:letter",
        "Write the letter that goes with a client who is to be looked at, with a reply slip.",
    ),
    "clients": At(
        "screening.cli.clients:clients",
        "Look at who is recorded, export, note what a client agreed to, and erase.",
    ),
    "batch": At(
        "screening.cli.tables:batch",
        "Conclude a table IN (CSV, JSON Lines or Parquet), one client a row, into a table OUT.",
    ),
    "impact": At(
        "screening.cli.tables:impact",
        "List whose result differs between the knowledge in OLD and in NEW, on a table IN.",
    ),
    "recall": At(
        "screening.cli.tables:recall",
        "List the recorded clients whose result the knowledge in NEW changes.",
    ),
    "knowledge": At(
        "screening.cli.knowledge:knowledge",
        "Look at the knowledge base, check it and run its examples and cases.",
    ),
    "audit": At(
        "screening.cli.audit:audit",
        "Look back: what was concluded and why, whether records are whole, what would change.",
    ),
    "referral": At(
        "screening.cli.referral:referral",
        "Close the loop: who must still be seen, and what was decided about it.",
    ),
    "calendar": At(
        "screening.cli.calendar:calendar",
        "List what is due with whom: questions to ask again, referrals to ask about, forms.",
    ),
    "settings": At(
        "screening.cli.settings:settings",
        "Look at and change what is the same for every client: the country, who is asking.",
    ),
    "store": At(
        "screening.cli.store:store",
        "Look after the records: protect, back up, restore, and how long to keep them.",
    ),
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
