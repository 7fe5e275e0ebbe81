"""Where the store of records is, and how its passphrase is asked for."""

from __future__ import annotations

import functools
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from screening.app.home import home
from screening.errors import RecordsError
from screening.records import Protection, Store, create_store, open_store
from screening.records.errors import LockedStoreError, NoStoreError, WrongPassphraseError
from screening.records.os_keyring import usable

TRIES = 3
LONGEST_FILE = 4096
C = TypeVar("C", bound=Callable[..., Any])

HEADLESS = """nothing was changed; one of these will do:
    a terminal, where the passphrase is asked for
    --passphrase-file FILE, or SCREENING_PASSPHRASE_FILE: its first line is the passphrase
    a keyring of the system, unlocked before (`screening store create --keyring`)
    for a store that holds no real client: `screening store create --no-encryption`"""


@dataclass(frozen=True)
class Place:
    """Where the store is, and the file with its passphrase, if there is one."""

    path: Path
    passphrase_file: Path | None

    def known(self) -> str:
        """Return the passphrase of the store.

        Raises:
            LockedStoreError: when nobody can be asked, or the file cannot be used.

        """
        if self.passphrase_file:
            return from_file(self.passphrase_file)
        return asked("Passphrase of the records")

    def new(self) -> str:
        """Return a passphrase for a new store; on a terminal it is asked for twice.

        Raises:
            LockedStoreError: when nobody can be asked, or the file cannot be used.

        """
        if self.passphrase_file:
            return from_file(self.passphrase_file)
        return asked("Choose a passphrase for the records", twice=True)


def store_options(command: C) -> C:
    """Add `--store` and `--passphrase-file`; the command gets them as `place`."""

    @click.option(
        "--store",
        "store_path",
        type=click.Path(path_type=Path),
        envvar="SCREENING_STORE",
        show_envvar=True,
        help="Use the records in this file instead of your own.",
    )
    @click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path),
        envvar="SCREENING_PASSPHRASE_FILE",
        show_envvar=True,
        help="Read the passphrase of the records from the first line of a file.",
    )
    @functools.wraps(command)
    def placed(
        *args: object, store_path: Path | None, passphrase_file: Path | None, **kwargs: object
    ) -> object:
        return command(*args, place=Place(store_path or default_path(), passphrase_file), **kwargs)

    return placed  # type: ignore[return-value]


def client_option(says: str) -> Callable[[C], C]:
    """Add `--client`; left out it is empty, and given it must not be."""
    return click.option("--client", callback=_some, help=says)


def _some(_context: click.Context, _option: click.Parameter, given: str | None) -> str:
    if given is not None and not given.strip():
        raise click.BadParameter("a word is expected; leave the option out for nobody")
    return given or ""


def default_path() -> Path:
    """Return where the store of this user is."""
    return home() / "records.db"


def open_records(place: Place) -> Store:
    """Return the store, unlocked; a passphrase typed wrongly may be typed again.

    Raises:
        RecordsError: when it cannot be opened.

    """
    store = open_store(place.path, place.known)
    for attempt in range(1, TRIES + 1):
        try:
            store.unlock()
            break
        except WrongPassphraseError as error:
            if attempt == TRIES or place.passphrase_file or not sys.stdin.isatty():
                store.close()
                raise
            click.echo(f"{error.message}; try again.", err=True)
        except BaseException:
            store.close()
            raise
    return store


def open_or_create_records(place: Place) -> Store:
    """Return the store, made if there is none: by the keyring's key, else by a passphrase.

    Raises:
        RecordsError: when it cannot be opened or made.

    """
    try:
        return open_records(place)
    except NoStoreError:
        return create_records(place)


def create_records(place: Place) -> Store:
    """Return a new store, and say where it is.

    Raises:
        RecordsError: when it cannot be made.

    """
    keyring = place.passphrase_file is None and usable()
    protection = Protection.KEYRING if keyring else Protection.PASSPHRASE
    store = create_store(place.path, protection, place.new)
    click.echo(made(store), err=True)
    return store


def made(store: Store) -> str:
    """Return what to say of a new store: where it is, and what opens it."""
    from screening.render.store_page import protected  # noqa: PLC0415 - only for a new store

    return f"Records are kept in {store.path}: {protected(store.vault.lock.protection)}."


def asked(prompt: str, *, twice: bool = False) -> str:
    """Return a passphrase typed on the terminal, unseen.

    Raises:
        LockedStoreError: when there is no terminal.

    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise LockedStoreError(
            "the passphrase cannot be asked for: there is no terminal", HEADLESS
        )
    said: str = click.prompt(prompt, hide_input=True, err=True, confirmation_prompt=twice)
    return said


def from_file(path: Path) -> str:
    """Return the first line of a file.

    Raises:
        RecordsError: when it cannot be read, is empty, or others can read it.

    """
    try:
        mode = path.stat().st_mode
        text = path.read_bytes()[:LONGEST_FILE].decode("utf-8-sig")  # as some editors begin
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", "") or "it is not UTF-8 text").lower()
        message = f"the passphrase file `{path}` cannot be used: {reason}"
        raise LockedStoreError(message, "nothing was changed") from error
    if stat.S_ISREG(mode) and mode & 0o077 and sys.platform != "win32":
        message = f"others can read the passphrase file `{path}`"
        raise LockedStoreError(message, f"keep it to yourself: `chmod 600 {path}`")
    first = text.split("\n")[0].removesuffix("\r")
    if not first:
        raise RecordsError(f"the passphrase file `{path}` begins with an empty line")
    return first
