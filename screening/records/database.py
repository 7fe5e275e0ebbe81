"""The file of a store: made private, opened with the settings that make it durable."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path

from screening.errors import RecordsError
from screening.records.errors import (
    RESTORE,
    BusyStoreError,
    DamagedStoreError,
    NewerStoreError,
    NoStoreError,
    UnwritableStoreError,
    store_errors,
)
from screening.records.schema import APPLICATION, CREATE, MIGRATIONS, VERSION

PATIENCE = 10.0  # seconds to wait while another process writes
MAGIC = b"SQLite format 3\0"
HEAD = 105  # bytes: the header of the file, and how many tables its first page names
OTHERS = 0o077  # what a mode allows anybody but the owner
SETTINGS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",  # an event is on the disk when its transaction ends
    "PRAGMA secure_delete = ON",  # what is erased is overwritten
    "PRAGMA temp_store = MEMORY",  # no temporary files beside the store
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)


def make_file(path: Path) -> None:
    """Make an empty file that is its owner's alone (0600), in a folder that is too (0700).

    Raises:
        UnwritableStoreError: when it cannot be made.

    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        sync(path.parent)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", "") or "this is not a file name").lower()
        help_ = "name another place with `--store`"
        raise UnwritableStoreError(f"no store can be made at `{path}`: {reason}", help_) from error


def sync(folder: Path) -> None:
    """Put the name of a new file on disk, where the system lets folders be synced."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def no_store(path: Path) -> NoStoreError:
    """Return the error for a place without a store."""
    help_ = "the first interview makes one; so does `screening store create`"
    return NoStoreError(f"there is no store at `{path}`", help_)


def identity(path: Path) -> tuple[int, int]:
    """Return what tells a file from another that takes its name; zeros when there is none."""
    try:
        state = path.stat()
    except OSError:
        return 0, 0
    return state.st_dev, state.st_ino


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection to a file that exists, which may still be empty.

    Raises:
        NoStoreError: when nothing is there.
        RecordsError: when it cannot be opened.

    """
    if not os.path.isfile(path):  # noqa: PTH113 - `is_file` raises on a name that is too long
        raise no_store(path)
    _not_of_others(path)
    mode = path.stat().st_mode
    if os.name == "posix" and mode & OTHERS:
        with suppress(OSError):  # not ours to change
            path.chmod(mode & ~OTHERS)
    with store_errors(path):
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        connection.text_factory = _text
        try:
            for setting in SETTINGS:
                connection.execute(setting)
            connection.execute("PRAGMA journal_mode = WAL")
        except BaseException:
            connection.close()
            raise
    return connection


def _not_of_others(path: Path) -> None:
    """Refuse a file that is no store before its mode, or anything else of it, is changed.

    The file format is https://www.sqlite.org/fileformat2.html, 1.3 and 1.6. What only a log holds
    cannot be told here.
    """
    with suppress(OSError):  # opening it says what is wrong
        with path.open("rb") as file:
            head = file.read(HEAD)
        if not head or path.with_name(f"{path.name}-wal").exists():
            return
        if not head.startswith(MAGIC):
            said = "file is not a database"
            raise DamagedStoreError(f"`{path}` cannot be read as a record store ({said})", RESTORE)
        application, entries = head[68:72], head[103:105]
        if int.from_bytes(application, "big") != APPLICATION and any(entries):
            raise DamagedStoreError(f"`{path}` is a database, but no record store", RESTORE)


def _text(raw: bytes) -> str:
    """Return a text column; bytes that are no text are for the chain to find."""
    return raw.decode("utf-8", "replace")


@contextmanager
def writing(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Hold a write transaction: all of it is on disk when it ends, or nothing is changed."""
    with store_errors(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of a store's tables; 0 where there are none yet.

    Raises:
        NewerStoreError: when this program is too old for it.
        DamagedStoreError: when the file is something else.

    """
    with store_errors(path):
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not tables and not version:
        return 0
    _ours(path, application, version)
    _as_made(connection, path, int(version))
    return int(version)


SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"


def _as_made(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Refuse a store that is made otherwise than this program makes one of its version.

    A trigger, a view or a constraint more would do something by itself when answers are written.
    """
    with store_errors(path):
        found = connection.execute(SCHEMA).fetchall()
    odd = next((row for row in found if row not in made_as(version)), None)
    if odd is None and len(found) == len(made_as(version)):
        return
    what = f"the {odd[0]} `{odd[1]}`" if odd else "fewer tables"
    message = f"`{path}` holds {what}, which no version of screening makes"
    raise DamagedStoreError(message, RESTORE)


@cache
def made_as(version: int) -> tuple[tuple[str, ...], ...]:
    """Return what SQLite keeps of the tables of a version, in order."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for step in (CREATE, *MIGRATIONS[: version - 1]):
            script(connection, step)
        return tuple(connection.execute(SCHEMA))


def _ours(path: Path, application: int, version: int) -> None:
    """Refuse a database that is no store, or that a later program wrote."""
    if application != APPLICATION or version < 1:
        raise DamagedStoreError(f"`{path}` is a database, but no record store", RESTORE)
    if version > VERSION:
        raise NewerStoreError(
            f"`{path}` was written by a later version of screening (store version {version}, "
            f"this one reads up to {VERSION})",
            "update screening; the store is left as it is",
        )


def exists(path: Path) -> bool:
    """Tell whether there is a store; a file that a crash left without tables is none yet."""
    try:
        if not path.stat().st_size:
            return False
    except (OSError, ValueError):
        return False
    try:
        with closing(connect(path)) as connection:
            return version_of(connection, path) != 0
    except RecordsError:
        return True  # opening it says what is there


def script(connection: sqlite3.Connection, statements: str) -> None:
    """Run statements inside the transaction that is open; `executescript` would end it."""
    for statement in statements.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring the tables from a version to the present one, inside the transaction that is open."""
    for step in MIGRATIONS[version - 1 :]:
        script(connection, step)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def scrub(connection: sqlite3.Connection, path: Path) -> None:
    """Leave no old version of a page: move the write-ahead log into the file, and empty it.

    Pages of the file that are free were overwritten when they became so (`secure_delete`).

    Raises:
        BusyStoreError: when another process reads for too long; the log still holds old pages.

    """
    with (
        store_errors(path),
        closing(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")) as done,
    ):
        (busy, _, _) = done.fetchone()
    if busy:
        message = f"old pages are still in the write-ahead log of `{path}`"
        raise BusyStoreError(message, "close screening in the other terminals and do this again")
