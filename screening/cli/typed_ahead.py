"""What is typed or pasted before a prompt is shown: thrown away, so that it answers nothing."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

QUIET = 0.2  # seconds without a key until a paste, or somebody typing ahead, is taken to be done

if sys.platform == "win32":
    import msvcrt

    def typed_ahead() -> str:
        """Return and throw away what was typed before now."""
        found = ""
        while msvcrt.kbhit():
            found += msvcrt.getwch()
        return found

else:
    import os
    import select
    import termios
    import tty

    def typed_ahead() -> str:
        """Return and throw away what was typed before now; it waits until typing stops."""
        found, stdin = b"", sys.stdin.fileno()
        try:
            with _key_by_key(stdin):
                while select.select([stdin], [], [], QUIET if found else 0)[0]:
                    keys = os.read(stdin, 4096)
                    if not keys:
                        break
                    found += keys
        except (OSError, termios.error):  # a terminal that is gone
            return ""
        return found.decode(errors="replace")

    @contextmanager
    def _key_by_key(stdin: int) -> Iterator[None]:
        """Have half a line count as typed, and show nothing of it, for as long as this lasts."""
        before = termios.tcgetattr(stdin)
        tty.setcbreak(stdin, termios.TCSANOW)
        try:
            yield
        finally:
            termios.tcsetattr(stdin, termios.TCSANOW, before)
