"""One terminal at a time on a case: a lock the system lets go of when its process ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from screening.records.errors import OpenCaseError, UnwritableStoreError
from screening.records.store import Store


@contextmanager
def holding(store: Store, case: str, called: str = "") -> Iterator[None]:
    """Hold a case for as long as it is open here. A process that was killed holds nothing.

    `called` is what people call it.

    Raises:
        UnknownRecordError: when there is no such case.
        OpenCaseError: when another terminal holds it.

    """
    store.ledger(case)
    path = store.path.with_name(f"{store.path.name}-open") / case
    handle = _taken(path, called or case)
    try:
        yield
    finally:
        with suppress(OSError):  # Windows keeps a file that is open; the next holder uses it
            path.unlink()
        os.close(handle)


def _taken(path: Path, case: str) -> int:
    """Return the open lock file, held by this process and still the one at the path."""
    while True:
        try:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            message = f"case `{case}` cannot be held: {(error.strerror or '').lower()}"
            raise UnwritableStoreError(message, "its folder must be yours to write") from error
        if not _lock(handle):
            os.close(handle)
            raise _busy(path, case)
        if _same(handle, path):
            with suppress(OSError):  # on a full disk nobody is told which process it is
                os.truncate(handle, 0)
                os.write(handle, str(os.getpid()).encode())
            return handle
        os.close(handle)


def _same(handle: int, path: Path) -> bool:
    """Tell whether an open file is still the one at the path: its holder removes it at the end."""
    with suppress(OSError):
        return os.path.samestat(os.fstat(handle), path.stat())
    return False


def _busy(path: Path, case: str) -> OpenCaseError:
    with suppress(OSError, ValueError):
        process = int(path.read_text("ascii"))
        return OpenCaseError(
            f"case `{case}` is open in another terminal (process {process})",
            "end that one first; nothing was changed",
        )
    return OpenCaseError(f"case `{case}` is open in another terminal", "end that one first")


if sys.platform == "win32":
    import msvcrt

    AFTER_TEXT = 1 << 20  # what is locked on Windows cannot be read; the text stays readable

    def _lock(handle: int) -> bool:
        """Take the lock of an open file; tell whether it was free."""
        os.lseek(handle, AFTER_TEXT, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        """Take the lock of an open file; tell whether it was free."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
