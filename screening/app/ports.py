"""What a use case asks of whoever drives it: a terminal, a page, a test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

Tell = Callable[[str], None]
"""Takes what is said beside the result, as it comes up."""

Progress = Callable[[int], None]
"""Is told how much more of the work is done."""


class LineTalk(Protocol):
    """Somebody who is told things, and types lines."""

    def say(self, text: str = "", *, bold: bool = False, indent: str = "", hang: int = 0) -> None:
        """Show a paragraph."""

    def line(self, prompt: str = "> ") -> str:
        """Return what is typed.

        Raises:
            EOFError: at the end of input.

        """


class Keyboard(LineTalk, Protocol):
    """Somebody at a keyboard, if anybody is there."""

    def there(self) -> bool:
        """Tell whether somebody can be asked."""

    def hidden(self, prompt: str) -> str:
        """Return what is typed unseen."""
