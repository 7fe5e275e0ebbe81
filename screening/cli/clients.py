"""`screening clients`: who is recorded, what is kept of them, and getting it out or rid of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening import app
from screening.cli.common import ScreeningGroup, ascii_only, sure, tell
from screening.cli.options import (
    FILE,
    format_option,
    knowledge_option,
    paper_file_option,
    paper_option,
    prints,
    store_options,
    with_store,
    yes_option,
)
from screening.render.page import Format, PageFormat, PaperSize

if TYPE_CHECKING:
    from screening.records import Store

MOST_LISTED = 1_000_000
PURPOSES = ("keep", "clinician", "statistics")


@click.group(cls=ScreeningGroup)
def clients() -> None:
    """Look at who is recorded, export, note what a client agreed to, and erase."""


@clients.command("list")
@click.option("--names", is_flag=True, help="Show the names kept apart from the answers.")
@click.option("--consent", type=click.Choice(PURPOSES), help="Only who agreed to this.")
@click.option("--find", "about", metavar="WORDS", help="Only whose name, goal or note has them.")
@click.option(
    "--limit", type=click.IntRange(1, MOST_LISTED), default=20, show_default=True, help="How many."
)
@with_store
@prints()
def list_(
    store: Store, *, names: bool, consent: str | None, about: str | None, limit: int
) -> app.printout.Printout:
    """List the clients, the last one seen first."""
    wanted = app.client_records.Wanted(consent, about)
    return app.client_records.listed(store, limit, wanted, names=names)


@clients.command("show")
@click.argument("client")
@knowledge_option
@with_store
@prints()
def show_(client: str, knowledge_dir: Path | None, store: Store) -> app.printout.Printout:
    """Show a CLIENT: cases, what was agreed to, and how it went. No answers."""
    return app.client_records.shown(store, client, knowledge_dir, plain=ascii_only())


@clients.command()
@click.argument("client")
@click.option("--output", "path", type=FILE, help="Write to a new file, yours alone.")
@knowledge_option
@with_store
@format_option(Format.JSON, Format.MARKDOWN)
def export(
    client: str, path: Path | None, knowledge_dir: Path | None, store: Store, form: PageFormat
) -> None:
    """Write out all that is kept of a CLIENT: every event as JSON, or answers to read.

    The export is not encrypted.
    """
    made = app.client_records.exported(store, client, knowledge_dir)
    shown = made.shown.laid_out(form)
    if path is not None:
        app.client_records.put_new(path, shown)
    if not made.agreed:
        tell("Not recorded: that the client agrees to show this to a clinician.")
    if path is None:
        click.echo(shown, nl=False)
    else:
        tell(f"Written to {path}, readable by you alone and not encrypted.")


@clients.command()
@click.argument("client")
@click.argument("purpose", type=click.Choice(PURPOSES), required=False)
@click.option("--withdraw", is_flag=True, help="Note that the client takes it back.")
@paper_file_option
@paper_option
@knowledge_option
@store_options
def consent(  # noqa: PLR0913 - one for each option
    client: str,
    purpose: str | None,
    place: app.stores.StorePlace,
    *,
    file: Path | None,
    size: PaperSize,
    knowledge_dir: Path | None,
    withdraw: bool,
) -> tuple[str, ...]:
    """Note that a CLIENT agrees to a PURPOSE, in the words shown, or takes it back.

    keep: later sessions. clinician: showing answers to one. statistics: counting without a name.
    With -o and no PURPOSE, write the page that the client signs, purpose by purpose.
    """
    app.client_records.checked_consent(purpose, file, withdraw=withdraw)
    with app.stores.open_records(place) as store:
        if file is None:
            return app.client_records.consented(store, client, purpose or "", withdraw=withdraw)
        wanted = app.consent_form.FormWanted(file, size, knowledge_dir)
        return app.consent_form.consent_form(store, client, wanted)


@clients.command()
@click.argument("client")
@click.argument("words", nargs=-1, required=True)
@with_store
def note(client: str, words: tuple[str, ...], store: Store) -> str:
    """Write WORDS down about a CLIENT. No rule reads them; `clients show` does, and --find."""
    return app.client_records.noted(store, client, " ".join(words))


@clients.command()
@click.argument("client")
@click.argument("goal", required=False)
@click.option("--score", type=int, metavar="0..10", help="How well it goes now.")
@with_store
def goal(client: str, goal: str | None, score: int | None, store: Store) -> str:
    """Keep what a CLIENT wants to be able to do, such as "garden for an hour", and how it goes.

    0 is not at all, 10 as well as before the pain. Without a GOAL the last one is meant.
    """
    return app.client_records.goal_said(store, client, goal, score)


@clients.command()
@click.argument("client")
@click.option("--pseudonym", help="What to call the client from now on.")
@click.option("--name", help="The client's name, kept apart from the answers; empty for none.")
@store_options
def rename(
    client: str, pseudonym: str | None, name: str | None, place: app.stores.StorePlace
) -> str:
    """Give a CLIENT another pseudonym, or a name."""
    app.client_records.checked_names(pseudonym, name)
    with app.stores.open_records(place) as store:
        return app.client_records.renamed(store, client, pseudonym, name)


@clients.command("erase")
@click.argument("client")
@yes_option
@with_store
def erase_(client: str, store: Store, *, yes: bool) -> str:
    """Erase a CLIENT: the key that opens the answers is destroyed for good."""
    return app.client_records.erased(store, client, tell if yes else sure)
