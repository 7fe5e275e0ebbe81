"""What `impact` and `recall` share: gathering changes, and printing them in order."""

from __future__ import annotations

from collections.abc import Iterable

import click

from screening.batch.impact import Compared, Two
from screening.batch.ordered_changes import Spool
from screening.cli.intake import page_width
from screening.render.impact_report import impact_csv, impact_json, impact_page
from screening.render.table import text


def told(compared: Iterable[Compared], two: Two, form: str, *, unread: str = "rejected") -> int:
    """Print the changes, and return how many there are; `unread` says what was left out."""
    spool, clients, left_out = Spool(), 0, 0
    try:
        for part in compared:
            spool.add(part.changes)
            clients += part.clients
            left_out += part.rejected
        counts = {"compared": clients, unread: left_out}
        if form == "csv":
            pieces = impact_csv(spool.changes())
        elif form == "json":
            pieces = impact_json(spool.changes(), two.old, two.new, counts)
        else:
            page = impact_page(spool.changes(), counts, spool.counts, two.new.pack.review)
            pieces = iter((text(page, page_width()),))
        for piece in pieces:
            click.echo(piece, nl=False)
        return spool.counts.total()
    finally:
        spool.close()
