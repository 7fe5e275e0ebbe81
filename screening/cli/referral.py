"""`screening referral`: what is open, what a clinician agreed to, what a trainer overrides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from screening import app
from screening.cli.common import ScreeningGroup, page_width
from screening.cli.options import format_option, knowledge_option, prints, with_store
from screening.cli.terminal import AtTerminal

if TYPE_CHECKING:
    from screening.records import Store


@click.group(cls=ScreeningGroup)
def referral() -> None:
    """Close the loop: who must still be seen, and what was decided about it."""


@referral.command("list")
@prints()
@with_store
def list_(store: Store) -> app.printout.Printout:
    """List the referrals that are open: exercise is withheld, and no clinician has agreed yet."""
    return app.referrals.listed(store)


@referral.command()
@click.argument("case")
@click.option("--seen", metavar="YYYY-MM-DD", help="The day the clinician saw the client.")
@click.option("--answer", metavar="ANSWER", help="What was ticked; left out, an agreement.")
@click.option("--until", metavar="YYYY-MM-DD", help="The last day on which it counts.")
@click.option("--stop-if", metavar="WORDS", help="When the client is to stop and come back.")
@click.option("--may-contact", metavar="yes|no", help="Whether you may contact the clinician.")
@click.option("--by", help="The clinician's name.")
@click.option("--role", help="What the clinician is, such as GP or physiotherapist.")
@click.option("--date", "on", metavar="YYYY-MM-DD", help="The day the clinician said so.")
@click.option("--limit", "limits", multiple=True, metavar="LIMIT=N", help="A limit that was set.")
@click.option(
    "--leave-out", multiple=True, metavar="ID", help="A category or exercise to leave out."
)
@click.option("--note", default="", help="What else was said.")
@knowledge_option
@with_store
def cleared(
    store: Store,
    case: str,
    knowledge_dir: Path | None,
    **slip: Any,  # noqa: ANN401 - what is on the reply slip
) -> tuple[str, ...]:
    r"""Record what a named clinician answered about exercise, and within which limits.

    CASE is a case or a client. ANSWER is no_objection, with_limits, not_now, see_again or
    cannot_advise; only the first two close the referral. It counts from the next screening on;
    what the client answers then counts on its own. On a terminal, what is missing is asked for,
    in the order of the reply slip.

    $ screening referral cleared blue-bike
    $ screening referral cleared blue-bike --by "Dr A. Okafor" --role GP --date 2026-03-02
    $ screening referral cleared blue-bike --by "Dr A. Okafor" --role GP --date 2026-03-02 \
          --limit pain_during=2 --leave-out deadlift --leave-out carry
    """
    given = app.agreement.AgreementGiven(**slip)
    return app.referrals.clear(store, case, knowledge_dir, given, AtTerminal())


@referral.command()
@click.argument("case")
@click.option("--by", help="Your name.")
@click.option("--reason", help="Why you go on, in a sentence.")
@format_option()
@with_store
def override(store: Store, case: str, **given: Any) -> None:  # noqa: ANN401 - who and why
    """Go on against a referral, for a reason, under your name; never in an emergency.

    The referral stays, and every later report and explanation names you and the reason. It counts
    for the answers as they are, and lifts nothing that comes up later.

    $ screening referral override blue-bike
    $ screening referral override blue-bike --by "J. Smith" --reason "Seen by her doctor on Monday"
    """
    overruling = app.referrals.Overruling(width=page_width(), **given)
    click.echo(app.referrals.overrule(store, case, overruling, AtTerminal()), nl=False)
