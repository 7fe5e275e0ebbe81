"""Options about the store of records, and who types its passphrase: whoever is at the terminal."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from screening import app
from screening.cli.common import FILE, at_keyboard, row_options, tell
from screening.errors import MisuseError

STDIN = Path("-")
C = TypeVar("C", bound=Callable[..., Any])
T = TypeVar("T")


class AtTerminal:
    """Asks on the terminal for what no option says."""

    def there(self) -> bool:
        """Tell whether somebody can be asked."""
        return at_keyboard()

    def passphrase(self, prompt: str, *, twice: bool) -> str:
        """Return a passphrase typed unseen, once or twice."""
        said: str = click.prompt(
            prompt,
            default="",
            show_default=False,
            hide_input=True,
            err=True,
            confirmation_prompt=twice,
        )
        return said

    def chose(self, passphrase: str) -> None:
        """Keep nothing: whoever runs one command is asked at the next."""

    def tell(self, words: str) -> None:
        """Say something on stderr."""
        tell(words)

    def typed(self, say: str, read: Callable[[str], T]) -> T:
        """Return what is typed, asked for until it can be used."""
        while True:
            text = click.prompt(say, default="", show_default=False, err=True).strip()
            try:
                return read(text)
            except MisuseError as error:
                tell(error.message)


store_option = click.option(
    "--store",
    "store_path",
    type=FILE,
    envvar="SCREENING_STORE",
    show_envvar=True,
    help="Use the records in this file instead of your own.",
)
passphrase_option = click.option(
    "--passphrase-file",
    type=FILE,
    envvar="SCREENING_PASSPHRASE_FILE",
    show_envvar=True,
    help="Read the passphrase of the records from the first line of a file.",
)


def store_options(command: Callable[..., T]) -> Callable[..., T]:
    """Add `--store`, `--passphrase-file` and `--practice`; the command gets them as `place`."""

    @store_option
    @passphrase_option
    @practice_option
    @functools.wraps(command)
    def placed(
        *args: object,
        store_path: Path | None,
        passphrase_file: Path | None,
        practice: bool,
        **kwargs: object,
    ) -> T:
        asker = _asker()
        if practice:
            _no_other_store()
            return command(*args, place=app.stores.practice_place(asker), **kwargs)
        place = app.stores.place(store_path, passphrase_file, asker)
        return command(*args, place=place, **kwargs)

    return placed


def case_options(command: Callable[..., T]) -> Callable[..., T]:
    """Add `--row N` and `--map FILE`; with its INTAKE the command gets them as `subject`."""

    @row_options
    @functools.wraps(command)
    def chosen(
        *args: object, intake: Path, row: int | None, map_file: Path | None, **kwargs: object
    ) -> T:
        subject = app.chosen_case.ChosenCase(intake, row, map_file)
        return command(*args, subject=subject, **kwargs)

    return chosen


def practice_option(command: C) -> C:
    """Add `--practice`."""
    return click.option(
        "--practice",
        is_flag=True,
        help="Use records of their own for practice: not encrypted, for invented clients.",
    )(command)


def _no_other_store() -> None:
    """Refuse a store named beside practice; what the environment names is passed by."""
    named = click.get_current_context().get_parameter_source("store_path")
    if named is ParameterSource.COMMANDLINE:
        raise click.UsageError("--store and --practice cannot be combined: choose one")


def _asker() -> AtTerminal:
    """Return who types passphrases: at the desk, somebody who typed it before."""
    return click.get_current_context().find_object(AtTerminal) or AtTerminal()


@contextmanager
def sources(place: app.stores.StorePlace) -> Iterator[app.conclude.Sources]:
    """Yield where cases are found; the records are opened when one is looked for in them."""
    with app.stores.records_of(place) as records:
        yield app.conclude.Sources(records, typed_in, tell)


def typed_in(intake: Path) -> bytes | None:
    """Return what stdin holds where `-` names the intake."""
    return sys.stdin.buffer.read(app.conclude.MOST) if intake == STDIN else None


def client_option(says: str) -> Callable[[C], C]:
    """Add `--client`; left out it is empty, and given it must not be."""
    return click.option("--client", callback=_some, help=says)


def _some(_context: click.Context, _option: click.Parameter, given: str | None) -> str:
    if given is not None and not given.strip():
        raise click.BadParameter("a word is expected; leave the option out for nobody")
    return given or ""
