"""A closed terminal, or being told to end, as an exception: what was answered is kept."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class HangUpError(Exception):
    """The terminal was closed or the process told to end; holds the signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def hang_ups() -> Iterator[None]:
    """Turn a closed terminal and a request to end into `HangUpError`."""
    names = ("SIGTERM", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    heeded = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    before = [(number, signal.signal(number, _hang_up)) for number in heeded]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def _hang_up(number: int, _frame: FrameType | None) -> None:
    raise HangUpError(number)
