"""`screening calendar`: what is due with whom, and the same for a calendar."""

from __future__ import annotations

from pathlib import Path

import click

from screening import app
from screening.cli.common import FILE, command, format_option, show, tell
from screening.cli.records import store_options
from screening.render.page import PageFormat


@command()
@click.option(
    "-o",
    "--output",
    "file",
    type=FILE,
    metavar="FILE.ics",
    help="Write it to a new calendar file.",
)
@format_option()
@store_options
def calendar(place: app.stores.StorePlace, file: Path | None, form: PageFormat) -> None:
    """List what is due with whom: questions to ask again, referrals to ask about, forms.

    A screening counts for 14 days, a referral as long as its level says, a form for 12 months.
    """
    with app.stores.open_records(place) as store:
        if file is None:
            show(app.calendar.listed(store), form)
        else:
            click.echo(app.calendar.written(store, file, tell))
