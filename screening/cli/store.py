"""`screening store`: make, look at, protect, copy and tidy the store of records."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from screening import app
from screening.cli.common import ScreeningGroup, say, sure, tell
from screening.cli.options import FILE, prints, store_options


@click.group(cls=ScreeningGroup)
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
def create(place: app.stores.StorePlace, protection: str | None) -> str:
    """Make an empty store, encrypted with a key from the keyring or from a passphrase."""
    return app.stores.created(place, protection)


@store.command()
@store_options
@prints()
def info(place: app.stores.StorePlace) -> app.printout.Printout:
    """Say where the records are, how they are protected and how many there are. Needs no key."""
    with app.stores.open_without_key(place) as opened:
        return app.stores.looked_at(opened)


@store.command("rekey")
@click.option("--keyring", "protection", flag_value="keyring", help="Move to the keyring.")
@click.option("--passphrase", "protection", flag_value="passphrase", help="A (new) passphrase.")
@click.option(
    "--new-passphrase-file",
    type=FILE,
    help="Read the new passphrase from the first line of a file.",
)
@store_options
def change_key(
    place: app.stores.StorePlace, protection: str | None, new_passphrase_file: Path | None
) -> str:
    """Change what opens the records: another passphrase, or to and from the keyring.

    Copies made before still open as they did.
    """
    return app.stores.rekeyed(place, protection, new_passphrase_file)


@store.command("protect")
@click.option("--keyring", "protection", flag_value="keyring", help="Keep the key in the keyring.")
@click.option("--passphrase", "protection", flag_value="passphrase", help="A passphrase opens it.")
@store_options
def encrypt(place: app.stores.StorePlace, protection: str | None) -> tuple[str, ...]:
    """Encrypt records that were kept without encryption until now: all of them, or none.

    Broken off at any moment nothing is lost: then they are as they were. Copies stay as they are.
    """
    return app.stores.protected_later(place, protection)


@store.command("backup")
@click.argument("file", type=FILE)
@store_options
def copy(place: app.stores.StorePlace, file: Path) -> str:
    """Write a checked copy to a new FILE, also while an interview is under way. Needs no key."""
    with app.stores.open_without_key(place) as opened:
        return app.stores.copied(opened, file)


@store.command("restore")
@click.argument("file", type=FILE)
@click.option("--yes", is_flag=True, help="Do not ask where another store takes the place.")
@store_options
def put_back(place: app.stores.StorePlace, file: Path, *, yes: bool) -> None:
    """Put the copy in FILE in the place of the records, once it is checked. Needs no key.

    The records it replaces are kept beside it. Clients erased since the copy are erased again.
    A copy of another store, or protected otherwise, is named, and you are asked.
    """
    said, caution = app.stores.put_back(place, file, None if yes else partial(sure, to="restore"))
    say("\n".join(said))
    if caution:
        tell(caution)


@store.command()
@click.option("--weeks", type=click.IntRange(1, 5200), help="Keep clients this long.")
@click.option("--for-ever", is_flag=True, help="Keep clients until they are erased by hand.")
@click.option("--erase-due", is_flag=True, help="Erase who is due, for good.")
@click.option("--yes", is_flag=True, help="Do not ask again before erasing.")
@store_options
def retention(
    place: app.stores.StorePlace, weeks: int | None, *, for_ever: bool, erase_due: bool, yes: bool
) -> tuple[str, ...]:
    """Set how many weeks after the last event clients are kept; list or erase who is due."""
    if weeks and for_ever:
        raise click.UsageError("--weeks and --for-ever cannot be combined: choose one")
    kept = 0 if for_ever else weeks
    with app.stores.open_without_key(place) as opened:
        return app.stores.retained(opened, kept, None if yes else sure, erase_due=erase_due)
