"""One interview at a time on a case: a lock file with the process that holds it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from screening.errors import BusyCaseError


@contextmanager
def locked(folder: Path, case: str) -> Iterator[None]:
    """Hold the lock of a case; one left by a process that is gone is taken over.

    Raises:
        BusyCaseError: when another interview holds it.

    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{case}.lock"
    if not _take(path):
        holder = _holder(path)
        if _runs(holder):
            raise BusyCaseError(case, holder, str(path))
        path.unlink(missing_ok=True)
        if not _take(path):
            raise BusyCaseError(case, _holder(path), str(path))
    try:
        yield
    finally:
        if _holder(path) == os.getpid():
            path.unlink(missing_ok=True)


def _take(path: Path) -> bool:
    """Create the lock file; tell whether it was free."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(str(os.getpid()))
    return True


def _holder(path: Path) -> int:
    """Return the process named in a lock file, 0 when it names none."""
    try:
        text = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return 0
    return int(text) if text.isdecimal() and len(text) < len(str(2**31)) else 0


def _runs(process: int) -> bool:
    """Tell whether a process runs. Windows cannot be asked without harm, so there it counts."""
    if process <= 0:
        return False
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
