"""The author at the terminal or in a pipe: Tab completes where there is a keyboard."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from screening import app
from screening.cli.common import BAD_INPUT, tell
from screening.cli.terminal import Terminal

if TYPE_CHECKING:
    from screening.scaffold.phrases import Offer

NUMBERED = 4  # columns of a number in a list


class TerminalAuthor:
    """Asks on stderr and reads stdin."""

    def __init__(self) -> None:
        self.terminal = Terminal()
        self.completes = self.terminal.has_keys and sys.stdout.isatty() and _completion()

    def say(self, text: str) -> None:
        """Show a paragraph."""
        self.terminal.say(text)

    def show(self, offers: Sequence[Offer]) -> None:
        """Show what can be chosen, numbered from 1."""
        width = min(max((len(o.written) for o in offers), default=0), self.terminal.width // 2)
        for number, offer in enumerate(offers, start=1):
            lead = f"{number:>{NUMBERED}}  {offer.written:<{width}}  "
            self.terminal.say(f"{lead}{offer.words}", hang=len(lead))

    def page(self, text: str) -> None:
        """Show lines as they are laid out."""
        self.terminal.write(text)

    def line(self, prompt: str, words: Sequence[str]) -> str:
        """Return the next line of the input.

        Raises:
            EOFError: at the end of input.

        """
        if not self.completes:
            return self.terminal.line(prompt)
        _complete(words)
        return input(prompt)

    def agrees(self, question: str) -> bool:
        """Tell whether somebody is there and says yes."""
        return sys.stdin.isatty() and click.confirm(question, err=True)


@contextmanager
def leaving(sitting: app.authoring.Sitting | app.editing.Editing) -> Iterator[None]:
    """Tell an author who leaves what is kept."""
    try:
        yield
    except (EOFError, KeyboardInterrupt):
        tell(f"\n{sitting.kept}")
        sys.exit(BAD_INPUT)


def _completion() -> bool:
    """Tell whether this Python can complete words, and make Tab do so."""
    try:
        import readline  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return False
    readline.set_completer_delims("")
    libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")
    return True


def _complete(words: Sequence[str]) -> None:
    """Complete the line that is typed to one of some words."""
    import readline  # noqa: PLC0415 - only where `_completion` found it

    def nth(text: str, state: int) -> str | None:
        found = [word for word in words if word.startswith(text)]
        return found[state] if state < len(found) else None

    readline.set_completer(nth)
