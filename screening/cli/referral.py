"""`screening referral`: what is open, what a clinician agreed to, what a trainer overrides."""

from __future__ import annotations

from pathlib import Path

import click

from screening import app
from screening.cli.common import (
    ScreeningGroup,
    format_option,
    knowledge_option,
    page_width,
    say,
    show,
)
from screening.cli.records import AtTerminal, store_options
from screening.render.page import PageFormat


@click.group(cls=ScreeningGroup)
def referral() -> None:
    """Close the loop: who must still be seen, and what was decided about it."""


@referral.command("list")
@format_option()
@store_options
def list_(place: app.stores.StorePlace, form: PageFormat) -> None:
    """List the referrals that are open: exercise is withheld, and no clinician has agreed yet."""
    with app.stores.open_records(place) as store:
        show(app.referrals.listed(store), form)


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
@click.option("--note", "more", default="", help="What else was said.")
@knowledge_option
@store_options
def cleared(  # noqa: PLR0913 - one for each option
    place: app.stores.StorePlace,
    case: str,
    knowledge_dir: Path | None,
    *,
    by: str | None,
    role: str | None,
    on: str | None,
    limits: tuple[str, ...],
    leave_out: tuple[str, ...],
    more: str,
    **slip: str | None,
) -> None:
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
    given = app.agreement.AgreementGiven(by, role, on, limits, leave_out, more, **slip)
    with app.stores.open_records(place) as store:
        said = app.referrals.clear(store, case, knowledge_dir, given, AtTerminal())
        say("\n".join(said))


@referral.command()
@click.argument("case")
@click.option("--by", help="Your name.")
@click.option("--reason", help="Why you go on, in a sentence.")
@format_option()
@store_options
def override(
    place: app.stores.StorePlace,
    case: str,
    *,
    by: str | None,
    reason: str | None,
    form: PageFormat,
) -> None:
    """Go on against a referral, for a reason, under your name; never in an emergency.

    The referral stays, and every later report and explanation names you and the reason. It counts
    for the answers as they are, and lifts nothing that comes up later.

    $ screening referral override blue-bike
    $ screening referral override blue-bike --by "J. Smith" --reason "Seen by her doctor on Monday"
    """
    given = app.referrals.Overruling(by, reason, form, page_width())
    with app.stores.open_records(place) as store:
        click.echo(app.referrals.overrule(store, case, given, AtTerminal()), nl=False)
