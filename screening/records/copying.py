"""Backup and restore: a copy is checked before it counts, and nothing is replaced before that."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from screening.records import database
from screening.records.beside_the_chains import tombstone
from screening.records.chain import ChainHead, as_bytes
from screening.records.erasing import ErasureReason, erase_unheld
from screening.records.errors import (
    RESTORE,
    BusyStoreError,
    DamagedStoreError,
    NoStoreError,
    UnwritableStoreError,
    store_errors,
)
from screening.records.opening import note, open_store
from screening.records.store import Store
from screening.records.store_event import StoreRestored
from screening.records.verifying import verify_store

PAGES = 256  # copied at once; others can write in between
BESIDE = ("-wal", "-shm")  # what SQLite keeps beside a store


class Restored(NamedTuple):
    """What a restore did: the head of the copy, where the old store is now, and who was erased.

    `old` is None when there was none. `erased` are clients that were erased in the old store and
    were still in the copy, and were erased again; None when the old store cannot be read.
    """

    head: ChainHead
    old: Path | None
    erased: tuple[str, ...] | None


def backup(store: Store, target: Path) -> ChainHead:
    """Write a copy of a store while it is open, check it, and return its head.

    The copy opens with the same passphrase or keyring entry as the store does now.

    Raises:
        UnwritableStoreError: when something is at the target already, or it cannot be written.
        DamagedStoreError: when the copy does not verify; then there is none.

    """
    if os.path.lexists(target):
        raise UnwritableStoreError(f"`{target}` is there already", "name a new file")
    with _part(target) as part:
        with store_errors(target), closing(sqlite3.connect(part)) as copy:
            store.connection.backup(copy, pages=PAGES)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        with _trusted("the copy", RESTORE):
            head = _verified(part)
        _put(part, target)
    return head


def restore(source: Path, path: Path) -> Restored:
    """Put a copy in the place of a store, after checking it; the old store is kept beside it.

    Raises:
        NoStoreError: when there is no copy.
        DamagedStoreError: when the copy does not verify; then nothing is changed.
        BusyStoreError: when the store is open in another terminal.

    """
    if not _holds(source):
        raise NoStoreError(f"there is no copy at `{source}`", "name a file that `backup` wrote")
    with _part(path) as part:
        with _trusted(f"the copy `{source}`", "nothing was changed; take another copy"):
            _copy(source, part)
            head = _verified(part)
        with open_store(part, str) as store:
            again = _erased_again(store, path)
            with store.writing_locked():
                note(store, StoreRestored(head.digest))
        _one_file(part)
        old = _set_aside(path)
        _put(part, path)
    return Restored(head, old, again)


def changes(source: Path, path: Path) -> tuple[str, ...]:
    """Return in words what would be otherwise after a restore: whose store, how protected.

    Nothing where there are no records yet, or either cannot be read.
    """
    before, after = says(path), says(source)
    if before is None or after is None:
        return ()
    found = []
    if after[0] != before[0]:
        found.append(f"`{source}` is a copy of another store than the one at `{path}`")
    if after[1] != before[1]:
        found.append(f"the records are protected by: {before[1]}; the copy by: {after[1]}")
    return tuple(found)


def says(path: Path) -> tuple[object, object] | None:
    """Return the id of a store and how it says it is protected."""
    if not _holds(path):
        return None
    try:
        with closing(_reading(path)) as connection:
            row: tuple[object, object] | None
            row = connection.execute("SELECT id, protection FROM store").fetchone()
            return row
    except sqlite3.Error:
        return None


@contextmanager
def _trusted(copy: str, remedy: str) -> Iterator[None]:
    """Say of which copy something is wrong, and what to do.

    Raises:
        DamagedStoreError: when something is.

    """
    try:
        yield
    except DamagedStoreError as error:
        raise DamagedStoreError(f"{copy} cannot be trusted: {error.message}", remedy) from error


def _holds(path: Path) -> bool:
    """Tell whether a file holds anything, without opening it as a database."""
    return path.is_file() and path.stat().st_size > 0


def _copy(source: Path, part: Path) -> None:
    with (
        store_errors(source),
        closing(_reading(source)) as old,
        closing(sqlite3.connect(part)) as new,
    ):
        old.backup(new)


def _reading(path: Path) -> sqlite3.Connection:
    """Return a connection that changes nothing of a copy, not even the files beside it."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


@contextmanager
def _part(target: Path) -> Iterator[Path]:
    """Yield a private file beside the target to write into; what is left of it is removed."""
    part = target.with_name(f".{target.name}.part")
    for path in (part, *_beside(part)):
        path.unlink(missing_ok=True)
    database.make_file(part)
    try:
        yield part
    except OSError as error:
        message = f"`{target}` cannot be written: {(error.strerror or 'unknown reason').lower()}"
        raise UnwritableStoreError(message, "nothing was changed") from error
    finally:
        for path in (part, *_beside(part)):
            path.unlink(missing_ok=True)


def _beside(path: Path) -> Iterator[Path]:
    return (path.with_name(path.name + end) for end in BESIDE)


def _verified(part: Path) -> ChainHead:
    """Return the head of a copy whose chains hold.

    Raises:
        DamagedStoreError: when they do not.

    """
    with open_store(part, str) as copy:
        checked = verify_store(copy, contents=False)
    if checked.bad:
        raise DamagedStoreError(checked.bad)
    _one_file(part)
    return checked.head


def _one_file(path: Path) -> None:
    """Leave a database in one file that is on disk, with nothing beside it."""
    with store_errors(path), closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _erased_again(store: Store, old: Path) -> tuple[str, ...] | None:
    """Erase in a copy whoever was erased in the store it replaces; return who that was."""
    gone = _erased_in(old) if _holds(old) else ()
    present = "SELECT 1 FROM clients WHERE id = ? AND erased = 0"
    still = tuple(client for client in gone or () if store.row(present, client))
    for client in still:
        erase_unheld(store, client, ErasureReason.ASKED)
    return None if gone is None else still


def _erased_in(path: Path) -> tuple[str, ...] | None:
    """Return the clients that have a tombstone in a store, or None when it cannot be read."""
    query = "SELECT body FROM events JOIN clients ON erased = place ORDER BY place"
    try:
        with closing(_reading(path)) as connection:
            found = [tombstone(as_bytes(body)) for (body,) in connection.execute(query)]
    except sqlite3.Error:
        return None
    return tuple(filter(None, found))


def _set_aside(path: Path) -> Path | None:
    """Give the present store a second name, and make sure that nobody has it open.

    Raises:
        BusyStoreError: when another process has.

    """
    if not os.path.lexists(path):
        return None
    number = 1
    while os.path.lexists(old := path.with_name(f"{path.name}.before-restore-{number}")):
        number += 1
    log, old_log = (one.with_name(one.name + "-wal") for one in (path, old))
    _second_name(path, old)
    if log.exists():
        shutil.copyfile(log, old_log)
    try:
        whole = _closed(path)
    except BusyStoreError:
        for one in (old, old_log):
            one.unlink(missing_ok=True)
        raise
    if whole:  # what was in the log is in the file now
        old_log.unlink(missing_ok=True)
    for left in _beside(path):  # SQLite must never add the log of one store to another
        left.unlink(missing_ok=True)
    return old


def _second_name(path: Path, old: Path) -> None:
    """Keep a file under a second name, or a copy of it where a disk has no such thing."""
    try:
        os.link(path, old)
    except OSError:
        shutil.copy2(path, old)


def _closed(path: Path) -> bool:
    """Tell whether a store is whole and in one file, after making sure that nobody has it open.

    Raises:
        BusyStoreError: when another process has.

    """
    try:
        with closing(sqlite3.connect(path, timeout=1)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")  # refused while others have it open
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            message = f"`{path}` is open in another terminal"
            raise BusyStoreError(message, "end screening there; nothing was changed") from error
        return False
    except sqlite3.DatabaseError:  # damaged, which is why it is replaced
        return False
    return True


def _put(part: Path, target: Path) -> None:
    """Let a finished file take its name, which is on disk when this returns."""
    part.replace(target)
    database.sync(target.parent)
