"""`screening referral`: what is open, what a clinician agreed to, what a trainer overrides."""

from __future__ import annotations

from pathlib import Path

import click

from screening.cli.common import exits, format_option, knowledge_option
from screening.cli.records import Place, open_records, store_options

CLEARED = """\b
Examples:
  screening referral cleared blue-bike
  screening referral cleared blue-bike --by "Dr A. Okafor" --role GP --date 2026-03-02
  screening referral cleared blue-bike --by "Dr A. Okafor" --role GP --date 2026-03-02 \\
      --limit pain_during=2 --leave-out deadlift --leave-out carry
"""
OVERRIDE = """\b
Examples:
  screening referral override blue-bike
  screening referral override blue-bike --by "J. Smith" --reason "Seen by her doctor on Monday"
"""


@click.group()
def referral() -> None:
    """Close the loop: who must still be seen, and what was decided about it."""


@referral.command("list")
@format_option("table", "json", "markdown")
@store_options
def list_(place: Place, form: str) -> None:
    """List the referrals that are open: exercise is withheld, and no clinician has agreed yet."""
    from screening.cli.referring import listed  # noqa: PLC0415 - slow imports

    with exits(), open_records(place) as store:
        click.echo(listed(store, form), nl=False)


@referral.command(epilog=CLEARED)
@click.argument("case")
@click.option("--by", help="The clinician's name.")
@click.option("--role", help="What the clinician is, such as GP or physiotherapist.")
@click.option("--date", "on", metavar="YYYY-MM-DD", help="The day the clinician said so.")
@click.option("--limit", "limits", multiple=True, metavar="LIMIT=N", help="A limit that was set.")
@click.option(
    "--leave-out", multiple=True, metavar="ID", help="A category or exercise to leave out."
)
@click.option("--note", default="", help="What else was said.")
@knowledge_option
@store_options
def cleared(place: Place, case: str, knowledge_dir: Path | None, **said: object) -> None:
    """Record that a named clinician agreed to exercise, and within which limits.

    CASE is a case or a client. It counts from the next screening on; what the client answers then
    counts on its own. On a terminal, what is missing is asked for.
    """
    from screening.cli.clearing import Clearing  # noqa: PLC0415 - slow imports
    from screening.cli.referring import clear  # noqa: PLC0415 - same

    with exits(), open_records(place) as store:
        clear(store, case, knowledge_dir, Clearing(**said))  # type: ignore[arg-type]


@referral.command(epilog=OVERRIDE)
@click.argument("case")
@click.option("--by", help="Your name.")
@click.option("--reason", help="Why you go on, in a sentence.")
@format_option("table", "json", "markdown")
@store_options
def override(place: Place, case: str, *, by: str | None, reason: str | None, form: str) -> None:
    """Go on against a referral, for a reason, under your name; never in an emergency.

    The referral stays, and every later report and explanation names you and the reason. It counts
    for the answers as they are, and lifts nothing that comes up later.
    """
    from screening.cli.referring import overrule  # noqa: PLC0415 - slow imports

    with exits(), open_records(place) as store:
        overrule(store, case, (by, reason), form)
