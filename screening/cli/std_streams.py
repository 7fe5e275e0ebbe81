"""Standard streams that are closed, full or gone."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path

BAD_OUTPUT = 2


@contextmanager
def streams() -> Iterator[None]:
    """Stand in for closed streams, and exit with 2 when the result cannot be written.

    A reader that has gone (`| head`) has what it wanted and is no error.
    """
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - stays open
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - same
    if sys.stdout is None:
        _complain("stdout is closed")
        sys.exit(BAD_OUTPUT)
    _say_what_cannot_be_shown()
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except OSError as error:
        _let_go()
        if error.errno != errno.EPIPE:
            _complain(error.strerror or "unknown reason")
            sys.exit(BAD_OUTPUT)


def _say_what_cannot_be_shown() -> None:
    """Write characters that a stream has no bytes for as escapes: nothing is lost or stops."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")


def _complain(reason: str) -> None:
    with suppress(OSError):
        sys.stderr.write(f"error: the result cannot be written: {reason.lower()}\n")
        sys.stderr.flush()


def _let_go() -> None:
    """Send what is left in the buffer nowhere, so that Python does not fail on it at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):
        os.dup2(nowhere, sys.stdout.fileno())
