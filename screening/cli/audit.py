"""`screening audit`: what a record says, whether it is whole, and what follows from it again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from screening import app
from screening.cli.common import ScreeningGroup, finish, show, tell
from screening.cli.options import (
    format_option,
    knowledge_option,
    prints,
    store_options,
    with_store,
)
from screening.render.page import PageFormat

if TYPE_CHECKING:
    from screening.records import Store


@click.group(cls=ScreeningGroup)
def audit() -> None:
    """Look back: what was concluded and why, whether records are whole, what would change."""


@audit.command()
@click.argument("case", required=False, metavar="[CASE]")
@click.option("--head", "heads", multiple=True, help="Find the head digest printed on a report.")
@prints()
@store_options
def verify(
    place: app.stores.StorePlace, case: str | None, heads: tuple[str, ...]
) -> app.printout.Printout:
    """Check that records are as they were written, and draw every conclusion again.

    CASE is a case or a client; without it, the whole store. Names the first bad record, and says
    what it cannot show. Exit 1 when something is found.

    $ screening audit verify
    $ screening audit verify blue-bike
    $ screening audit verify blue-bike --head abcd2345efgh
    """
    with app.stores.open_records(place, as_it_is=True) as store:
        return app.look_back.verified(store, case, heads)


@audit.command()
@click.argument("case")
@knowledge_option
@format_option()
@with_store
def replay(store: Store, case: str, knowledge_dir: Path | None, form: PageFormat) -> None:
    """Print every report of a CASE again, byte for byte; or say what other knowledge changes.

    With --knowledge, the last conclusion is drawn with it from the same answers: what would
    change, and which rules make it so. Exit 1 when anything differs.

    $ screening audit replay blue-bike
    $ screening audit replay blue-bike --knowledge new-knowledge
    """
    if knowledge_dir is not None:
        show(app.look_back.compared(store, case, knowledge_dir), form)
        return
    good = True
    for report, same in app.look_back.reprinted(store, case, tell):
        click.echo(report, nl=False)
        good = good and same
    finish(good=good)


@audit.command("show")
@click.argument("case")
@click.option("--rule", help="Say why this rule fired, or why it did not.")
@click.option("--target", help="Say why something was concluded, or why it was not.")
@click.option("--at", metavar="DAY", help="As of a day or month (2026-03-14, 2026-03).")
@click.option("--conclusion", type=click.IntRange(1), help="The first conclusion, the second …")
@format_option()
@store_options
def show_(place: app.stores.StorePlace, case: str, form: PageFormat, **asked: Any) -> None:  # noqa: ANN401 - what is asked
    """Show what happened in a CASE, or answer from its record alone why something was said.

    The answers, the rules and their sources are those of then. CASE is a case or a client.

    $ screening audit show blue-bike
    $ screening audit show blue-bike --rule constant-pain --at 2026-03
    $ screening audit show blue-bike --target deadlift --conclusion 1
    """
    question = app.look_back.AuditQuestion(**asked)
    app.look_back.checked_question(question)
    with app.stores.open_records(place) as store:
        for found in app.look_back.told(store, case, question):
            show(found, form)
