"""The `screening` command and what all its commands share."""

from __future__ import annotations

import click

from screening import __version__
from screening.cli.lazy import LazyGroup

COMMANDS = {
    "interview": "screening.cli.interview:interview",
    "followup": "screening.cli.interview:followup",
    "run": "screening.cli.run:run",
    "explain": "screening.cli.explain:explain",
    "clients": "screening.cli.clients:clients",
    "batch": "screening.cli.batch:batch",
    "impact": "screening.cli.impact:impact",
    "recall": "screening.cli.recall:recall",
    "knowledge": "screening.cli.knowledge:knowledge",
    "audit": "screening.cli.audit:audit",
    "referral": "screening.cli.referral:referral",
    "store": "screening.cli.store:store",
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
