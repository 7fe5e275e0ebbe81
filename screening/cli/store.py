"""`screening store`: make, look at, protect, copy and tidy the store of records."""

from __future__ import annotations

from pathlib import Path

import click

from screening.cli.common import exits, format_option, sure
from screening.cli.records import Place, made, open_records, store_options
from screening.records import (
    Protection,
    Store,
    create_store,
)
from screening.records.copying import backup, restore
from screening.records.erasing import Reason, due, erase, keep_for, kept_for
from screening.records.opening import open_store
from screening.records.rekeying import rekey
from screening.render.page import counted

NEW_FILE = click.option(
    "--new-passphrase-file",
    type=click.Path(path_type=Path),
    help="Read the new passphrase from the first line of a file.",
)


@click.group()
def store() -> None:
    """Look after the records: protect, back up, restore, and how long to keep them."""


@store.command()
@click.option(
    "--keyring", "protection", flag_value="keyring", help="Keep the key in the system's keyring."
)
@click.option(
    "--passphrase", "protection", flag_value="passphrase", help="Ask for a passphrase each time."
)
@click.option(
    "--no-encryption",
    "protection",
    flag_value="none",
    help="Write names and answers as they are: whoever gets the file can read them. Recorded.",
)
@store_options
def create(place: Place, protection: str | None) -> None:
    """Make an empty store, encrypted with a key from the keyring or from a passphrase."""
    with exits():
        if protection is None:
            raise click.UsageError("choose one of --keyring, --passphrase and --no-encryption")
        with create_store(place.path, Protection(protection), place.new) as new:
            click.echo(made(new))


@store.command()
@store_options
@format_option("table", "json", "markdown")
def info(place: Place, form: str) -> None:
    """Say where the records are, how they are protected and how many there are. Needs no key."""
    from screening.cli.intake import page_width  # noqa: PLC0415 - slow imports
    from screening.records.summary import summary  # noqa: PLC0415 - only for this
    from screening.render.formats import output  # noqa: PLC0415 - same
    from screening.render.store_page import store_form, store_page  # noqa: PLC0415 - same

    with exits(), open_store(place.path, place.known) as opened:
        found = summary(opened)
    text = output(store_page(found), store_form(found), form, width=page_width())
    click.echo(text, nl=False)


@store.command("rekey")
@click.option("--keyring", "protection", flag_value="keyring", help="Move to the keyring.")
@click.option("--passphrase", "protection", flag_value="passphrase", help="A (new) passphrase.")
@NEW_FILE
@store_options
def change_key(place: Place, protection: str | None, new_passphrase_file: Path | None) -> None:
    """Change what opens the records: another passphrase, or to and from the keyring.

    Copies made before still open as they did.
    """
    with exits():
        if protection is None:
            raise click.UsageError("choose one of --keyring and --passphrase")
        with open_records(place) as opened:
            rekey(opened, Protection(protection), Place(place.path, new_passphrase_file).new)
            click.echo(made(opened))


@store.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@store_options
def copy(place: Place, file: Path) -> None:
    """Write a checked copy to a new FILE, also while an interview is under way. Needs no key."""
    with exits(), open_store(place.path, place.known) as opened:
        head = backup(opened, file)
        click.echo(f"{counted(head.events, 'event')} copied to {file}; head {head.digest}")


@store.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@store_options
def put_back(place: Place, file: Path) -> None:
    """Put the copy in FILE in the place of the records, once it is checked. Needs no key.

    The records it replaces are kept beside it. Clients erased since the copy are erased again.
    """
    with exits():
        done = restore(file, place.path)
    count = counted(done.head.events, "event")
    click.echo(f"{count} restored to {place.path}; head {done.head.digest}")
    if done.old is not None:
        click.echo(f"The records before are in {done.old}; delete them when nothing is missing.")
    if done.erased is None:
        click.echo("caution: they cannot be read; erase again whoever was erased since", err=True)
    elif done.erased:
        click.echo(f"Erased again: {', '.join(done.erased)}")


@store.command()
@click.option("--weeks", type=click.IntRange(1, 5200), help="Keep clients this long.")
@click.option("--for-ever", is_flag=True, help="Keep clients until they are erased by hand.")
@click.option("--erase-due", is_flag=True, help="Erase who is due, for good.")
@click.option("--yes", is_flag=True, help="Do not ask again before erasing.")
@store_options
def retention(
    place: Place, weeks: int | None, *, for_ever: bool, erase_due: bool, yes: bool
) -> None:
    """Set how many weeks after the last event clients are kept; list or erase who is due."""
    if weeks and for_ever:
        raise click.UsageError("--weeks and --for-ever cannot be combined: choose one")
    with exits(), open_store(place.path, place.known) as opened:
        if weeks or for_ever:
            keep_for(opened, weeks or 0)
        ids = due(opened)
        if erase_due and ids and not yes:
            sure(f"{counted(len(ids), 'client')} will be erased, for good: {', '.join(ids)}.")
        for client in ids if erase_due else ():
            erase(opened, client, Reason.DUE)
        click.echo("\n".join(_retained(opened, ids, erased=erase_due)))


def _retained(opened: Store, ids: tuple[str, ...], *, erased: bool) -> list[str]:
    """Return what to say about who is due."""
    weeks = kept_for(opened)
    kept = f"Clients are kept for {weeks} weeks after their last event." if weeks else ""
    state = "erased" if erased else "due"
    return [kept or "Clients are kept until they are erased.", *(f"{one}  {state}" for one in ids)]
