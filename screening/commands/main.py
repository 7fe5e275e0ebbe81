"""The `screening` command and what all its commands share."""

from __future__ import annotations

import click

from screening import __version__
from screening.commands.lazy import LazyGroup

COMMANDS = {
    "interview": "screening.commands.interview:interview",
    "followup": "screening.commands.followup:followup",
    "run": "screening.commands.run:run",
    "explain": "screening.commands.explain:explain",
    "clients": "screening.commands.clients:clients",
    "batch": "screening.commands.batch:batch",
    "impact": "screening.commands.impact:impact",
    "recall": "screening.commands.recall:recall",
    "knowledge": "screening.commands.knowledge:knowledge",
    "audit": "screening.commands.audit:audit",
    "referral": "screening.commands.referral:referral",
    "store": "screening.commands.store:store",
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
