"""The `screening` command and what all its commands share."""

from __future__ import annotations

import click

from screening import __version__
from screening.cli.lazy import At, LazyGroup

COMMANDS = {
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
    "explain": At(
        "screening.cli.explain:explain",
        "Explain what was concluded from an INTAKE file, and what was not.",
    ),
    "session": At(
        "screening.cli.session:session",
        "Plan the next hour from an INTAKE file: exercises, how much, how hard, and why.",
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
    "store": At(
        "screening.cli.store:store",
        "Look after the records: protect, back up, restore, and how long to keep them.",
    ),
}


@click.group(
    cls=LazyGroup,
    commands_at=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with `screening interview`. Health answers stay on this machine. "
    "What it is for, and what not: `screening knowledge show pack`.",
)
@click.version_option(__version__, prog_name="screening")
def main() -> None:
    """Screen a trainer's client: a plan, a referral when due, and the reason for every line."""
