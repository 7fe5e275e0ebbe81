"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def aside(path: Path, *, private: bool = False, lasting: bool = False) -> Iterator[Path]:
    """Yield an empty file beside a path, which takes its place at the end; on an error it goes.

    A `private` one can be read by its owner alone. A `lasting` one is on the disk before it takes
    its place, so that what is written afterwards never comes before it.

    Raises:
        OSError: when the system cannot write there.

    """
    part = path.with_name(f".{path.name}.{os.urandom(8).hex()}.tmp")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600 if private else 0o666))
    try:
        yield part
        if lasting:
            settle(part)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_cell(text: str) -> str:
    r"""Return a text as a cell of a CSV file that no spreadsheet runs.

    One that would begin a formula begins with an apostrophe; what cannot be printed is replaced.

    >>> as_cell("=2+3"), as_cell("blue-bike"), as_cell("x\x1b[0m")
    ("'=2+3", 'blue-bike', 'x�[0m')
    """
    printed = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return f"'{printed}" if text.startswith(FORMULA) else printed


def settle(path: Path) -> None:
    """Wait until a file is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
