"""`screening clients`: who is recorded, what is kept of them, and getting it out or rid of it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from screening.cli.common import (
    exits,
    format_option,
    knowledge_option,
    open_checked_knowledge,
    open_knowledge,
    sure,
)
from screening.cli.records import Place, open_records, store_options
from screening.diagnostics import word
from screening.errors import UnwritableError
from screening.records.consent import Purpose
from screening.records.erasing import Reason, erase
from screening.records.event import ConsentGiven, ConsentWithdrawn
from screening.render.page import counted

ERASES = "This erases the names, answers and results of `{}`, in {}. It cannot be undone."
STAYS = (
    "What stays: that a client was erased, when, and how many events there were. Copies made "
    "before (`store backup`, exports, printed reports) still hold the client."
)
MOST_LISTED = 1_000_000
PURPOSES = [purpose.value for purpose in Purpose]


@click.group()
def clients() -> None:
    """Look at who is recorded, export, note what a client agreed to, and erase."""


@clients.command("list")
@click.option("--names", is_flag=True, help="Show the names kept apart from the answers.")
@click.option("--consent", type=click.Choice(PURPOSES), help="Only who agreed to this.")
@click.option(
    "--limit", type=click.IntRange(1, MOST_LISTED), default=20, show_default=True, help="How many."
)
@store_options
@format_option("table", "json", "markdown")
def list_(place: Place, form: str, *, names: bool, consent: str | None, limit: int) -> None:
    """List the clients, the last one seen first."""
    from screening.app.clients.dossier import dossier  # noqa: PLC0415 - slow imports
    from screening.cli.intake import page_width  # noqa: PLC0415 - same
    from screening.records import clients as recorded  # noqa: PLC0415 - the group has this name
    from screening.render.clients_page import clients_form, clients_page  # noqa: PLC0415 - slow
    from screening.render.formats import output  # noqa: PLC0415 - same

    with exits(), open_records(place) as store:
        found = tuple(dossier(store, one) for one in recorded(store, limit))
        if consent:
            found = tuple(one for one in found if one.agrees(Purpose(consent)))
    page, json = clients_page(found, names=names), clients_form(found, names=names)
    click.echo(output(page, json, form, width=page_width()), nl=False)


@clients.command()
@click.argument("client")
@knowledge_option
@store_options
@format_option("table", "json", "markdown")
def show(client: str, knowledge_dir: Path | None, place: Place, form: str) -> None:
    """Show a CLIENT: cases, what was agreed to, and how it went. No answers."""
    from screening.app.clients.dossier import dossier, trend  # noqa: PLC0415 - same
    from screening.app.clients.find_case import known_client  # noqa: PLC0415 - same
    from screening.assess import Assessor  # noqa: PLC0415 - slow imports
    from screening.cli.intake import page_width  # noqa: PLC0415 - same
    from screening.cli.terminal import plain_stdout  # noqa: PLC0415 - same
    from screening.render.clients_page import client_form, client_page  # noqa: PLC0415 - same
    from screening.render.formats import output  # noqa: PLC0415 - same

    with exits(), open_records(place) as store:
        knowledge = open_checked_knowledge(knowledge_dir)
        found = dossier(store, known_client(store, client))
        points = trend(Assessor(knowledge), found)
    page = client_page(knowledge, found, points, plain=plain_stdout())
    click.echo(output(page, client_form(found, points), form, width=page_width()), nl=False)


@clients.command()
@click.argument("client")
@click.option(
    "--output", "path", type=click.Path(path_type=Path), help="Write to a new file, yours alone."
)
@knowledge_option
@store_options
@format_option("json", "markdown")
def export(
    client: str, path: Path | None, knowledge_dir: Path | None, place: Place, form: str
) -> None:
    """Write out all that is kept of a CLIENT: every event as JSON, or answers to read.

    The export is not encrypted.
    """
    from screening.app.clients.dossier import dossier  # noqa: PLC0415 - slow imports
    from screening.app.clients.find_case import known_client  # noqa: PLC0415 - same
    from screening.render.clients_page import export_form, export_page  # noqa: PLC0415 - same
    from screening.render.formats import output  # noqa: PLC0415 - same

    with exits(), open_records(place) as store:
        knowledge = open_knowledge(knowledge_dir)
        found = dossier(store, known_client(store, client))
        text = output(export_page(knowledge, found), export_form(found), form)
        if path is not None:
            _put(path, text)
    if not found.agrees(Purpose.CLINICIAN):
        click.echo("Not recorded: that the client agrees to show this to a clinician.", err=True)
    if path is None:
        click.echo(text, nl=False)
    else:
        click.echo(f"Written to {path}, readable by you alone and not encrypted.", err=True)


def _put(path: Path, text: str) -> None:
    """Write a new file that is its owner's alone.

    Raises:
        UnwritableError: when there is one already, or it cannot be written; no part of it is left.

    """
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        reason = (getattr(error, "strerror", "") or "this is not a file name").lower()
        raise UnwritableError(f"`{path}` cannot be written: {reason}") from error


@clients.command()
@click.argument("client")
@click.argument("purpose", type=click.Choice(PURPOSES))
@click.option("--withdraw", is_flag=True, help="Note that the client takes it back.")
@store_options
def consent(client: str, purpose: str, place: Place, *, withdraw: bool) -> None:
    """Note that a CLIENT agrees to a PURPOSE, in the words shown, or takes it back.

    keep: later sessions. clinician: showing answers to one. statistics: counting without a name.
    """
    from screening.app.clients.find_case import known_client  # noqa: PLC0415 - a slow import

    words = Purpose(purpose).words
    event = ConsentWithdrawn(purpose) if withdraw else ConsentGiven(purpose, words)
    with exits(), open_records(place) as store:
        store.append(known_client(store, client).id, event)
    click.echo(f"Noted as {'withdrawn' if withdraw else 'agreed'}: {words}")
    if withdraw and purpose == Purpose.KEEP.value:
        click.echo(f"To get rid of what is kept: `screening clients erase {word(client)}`")


@clients.command()
@click.argument("client")
@click.option("--pseudonym", help="What to call the client from now on.")
@click.option("--name", help="The client's name, kept apart from the answers; empty for none.")
@store_options
def rename(client: str, pseudonym: str | None, name: str | None, place: Place) -> None:
    """Give a CLIENT another pseudonym, or a name."""
    from screening.app.clients.find_case import known_client  # noqa: PLC0415 - a slow import
    from screening.records import rename as relabel  # noqa: PLC0415 - the command has this name

    with exits():
        if pseudonym is None and name is None:
            raise click.UsageError("say --pseudonym, --name or both")
        if pseudonym is not None and not pseudonym.strip():
            raise click.BadParameter("a word is expected", param_hint="--pseudonym")
        with open_records(place) as store:
            found = known_client(store, client)
            label = found.pseudonym if pseudonym is None else pseudonym.strip()
            relabel(store, found.id, label, found.name if name is None else name)
    click.echo(f"Now called {label or found.id}.")


@clients.command("erase")
@click.argument("client")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@store_options
def erase_(client: str, place: Place, *, yes: bool) -> None:
    """Erase a CLIENT: the key that opens the answers is destroyed for good."""
    from screening.app.clients.find_case import known_client  # noqa: PLC0415 - a slow import
    from screening.records import cases  # noqa: PLC0415 - same

    with exits(), open_records(place) as store:
        found = known_client(store, client)
        words = ERASES.format(client, counted(len(cases(store, found.id)), "case"))
        if yes:
            click.echo(words, err=True)
        else:
            sure(words)
        erase(store, found.id, Reason.ASKED)
    click.echo(f"Erased. {STAYS}")
