"""What can go wrong with a store, each saying what and what to do; and SQLite's errors as such."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from screening.errors import RecordsError


class NoStoreError(RecordsError):
    """There is no store at the path."""


class DamagedStoreError(RecordsError):
    """The store cannot be read, or what is read is not what was written."""


class NewerStoreError(RecordsError):
    """The store was written by a later version of the program."""


class LockedStoreError(RecordsError):
    """The key of the store cannot be had: a wrong passphrase, a locked or missing keyring."""


class WrongPassphraseError(LockedStoreError):
    """The passphrase is not the one of the store."""


class NoPassphraseError(LockedStoreError):
    """Nothing was typed where the passphrase was asked for."""


class FullDiskError(RecordsError):
    """There is no room for what was to be saved."""


class UnwritableStoreError(RecordsError):
    """The store, or the folder it is in, cannot be written."""


class BusyStoreError(RecordsError):
    """Another process has been writing for too long."""


class OpenCaseError(RecordsError):
    """The case is open in another terminal, or another one of the client was begun there."""


class ForeignRecordError(RecordsError):
    """A case goes on from one of another client."""


class BadLabelError(RecordsError):
    """A pseudonym or name that cannot be used."""


class UnknownRecordError(RecordsError):
    """There is no such case, client or knowledge in the store."""


class ErasedClientError(RecordsError):
    """The client was erased."""


class UnreadableError(Exception):
    """A record's bytes stand for no event; says why."""


RESTORE = "nothing was changed; restore a copy with `screening store restore`"
FREE = "everything saved before is kept; free some space and go on"


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about a store into what happened and what to do.

    Raises:
        RecordsError: the kind that fits.

    """
    try:
        yield
    except sqlite3.Error as error:
        raise _as_trouble(str(error), path) from error
    except UnicodeDecodeError as error:  # SQLite quotes what it cannot read, and Python reads that
        raise _as_trouble("what it says is no text", path) from error


def _as_trouble(said: str, path: Path) -> RecordsError:
    shown = f"`{path}`"
    if "is full" in said:
        return FullDiskError(f"the disk is full: {shown} takes no more", FREE)
    if "readonly" in said or "unable to open" in said:
        help_ = "its folder must be yours to write; or name another store with `--store`"
        return UnwritableStoreError(f"{shown} cannot be written", help_)
    if "locked" in said or "busy" in said:
        help_ = "nothing was lost; try again when the other terminal is done"
        return BusyStoreError(f"another process keeps {shown} busy", help_)
    if "disk I/O error" in said:
        return FullDiskError(f"{shown} cannot be read or written: the disk reports an error", FREE)
    return DamagedStoreError(f"{shown} cannot be read as a record store ({said})", RESTORE)
