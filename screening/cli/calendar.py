"""`screening calendar`: what is due with whom, and the same for a calendar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening import app
from screening.cli.common import command, show, tell
from screening.cli.options import format_option, output_option, with_store
from screening.render.page import PageFormat

if TYPE_CHECKING:
    from screening.records import Store


@command()
@output_option("Write it to a new calendar file.", "FILE.ics")
@format_option()
@with_store
def calendar(store: Store, file: Path | None, form: PageFormat) -> None:
    """List what is due with whom: questions to ask again, referrals to ask about, forms.

    A screening counts for 14 days, a referral as long as its level says, a form for 12 months.
    """
    if file is None:
        show(app.calendar.listed(store), form)
    else:
        click.echo(app.calendar.written(store, file, tell))
