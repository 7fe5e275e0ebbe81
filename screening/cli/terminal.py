"""The terminal of an interview: talk goes to stderr, answers come from stdin."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from types import FrameType
from typing import TextIO

import click

from screening.cli.common import at_keyboard
from screening.cli.typed_ahead import typed_ahead

WIDEST = 100
NARROWEST = 20
PLAIN_WIDTH = 80
BELOW = 2  # lines of a screen that are left for the prompt
NEAR = 3  # lines of a screen that may stay empty, for a part to end on it
MORE = "Enter shows the rest, q leaves it > "
CLEAR = "\033[2J\033[H"


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


def plain_stdout() -> bool:
    """Tell whether stdout takes ASCII only."""
    return "utf" not in (getattr(sys.stdout, "encoding", "") or "").lower()


class Terminal:
    """Writes wrapped text and reads lines: of a file, where what is `typed` comes from one.

    Every prompt begins with its `mark`.
    """

    def __init__(self, typed: TextIO | None = None) -> None:
        self.typed = typed
        self.mark = ""
        self.has_keys = typed is None and at_keyboard()
        self.plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        for stream in (sys.stdin, sys.stderr):
            if isinstance(stream, TextIOWrapper) and stream.errors != "replace":
                stream.reconfigure(errors="replace")

    @property
    def width(self) -> int:
        """The columns to use: those of the terminal that is talked on, not of stdout."""
        try:
            here = os.get_terminal_size(sys.stderr.fileno())
        except (OSError, ValueError):
            here = os.terminal_size((PLAIN_WIDTH, PLAIN_WIDTH))
        return min(WIDEST, shutil.get_terminal_size(here).columns)

    def say(self, text: str = "", *, bold: bool = False, indent: str = "", hang: int = 0) -> None:
        """Write a paragraph; its later lines are indented by `hang` columns more."""
        below = " " * (len(indent) + hang)
        wrapped = textwrap.wrap(
            text,
            max(NARROWEST, self.width),
            initial_indent=indent,
            subsequent_indent=below,
            break_on_hyphens=False,  # names and commands stay whole
        )
        self.write("\n".join(wrapped) + "\n", bold=bold)

    def write(self, text: str, *, bold: bool = False) -> None:
        """Write text as it is. A terminal that is gone loses the text, never an answer."""
        styled = click.style(text, bold=True) if bold and not self.plain else text
        with suppress(OSError):
            click.echo(styled, err=True, nl=False)

    def line(self, prompt: str = "> ") -> str:
        """Return a line.

        Raises:
            EOFError: at the end of input.

        """
        self.write(f"{self.mark}{prompt}")
        heard = self.typed or sys.stdin
        try:
            text = heard.readline()
        except OSError as error:  # a terminal that is gone
            raise EOFError from error
        if not text:
            self.write("\n")
            raise EOFError
        text = text.rstrip("\r\n")
        if not heard.isatty():
            shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
            self.write(shown[: self.width] + "\n")
        return text

    def there(self) -> bool:
        """Tell whether somebody can be asked."""
        return at_keyboard()

    def hidden(self, prompt: str) -> str:
        """Return what is typed unseen."""
        typed: str = click.prompt(
            prompt, default="", show_default=False, prompt_suffix="", hide_input=True, err=True
        )
        return typed

    def typed_ahead(self) -> str:
        """Return and throw away what was typed before now, where there is a keyboard."""
        return typed_ahead() if self.has_keys else ""

    def page(self, shown: str, *, whole: bool = False) -> None:
        """Print a result; on a screen it does not fit, first what fits, and the rest on Enter.

        What programs read is printed `whole`.
        """
        first, rest = shown, ""
        if not whole and self.has_keys and sys.stdout.isatty():
            first, rest = _first_screen(shown, shutil.get_terminal_size().lines - BELOW)
        click.echo(first, nl=False)
        if rest and self._wants_more():
            click.echo(rest, nl=False)

    def _wants_more(self) -> bool:
        try:
            return self.line(MORE).strip().lower() not in {"q", "quit"}
        except EOFError:
            return False

    def clear(self) -> None:
        """Clear the screen, where there is one."""
        if self.has_keys:
            self.write(CLEAR)


def _first_screen(shown: str, lines: int) -> tuple[str, str]:
    """Return what fits on so many lines and the rest, cut where a part ends if that is near."""
    every = shown.splitlines(keepends=True)
    if len(every) <= lines:
        return shown, ""
    ends = [place for place, line in enumerate(every[: lines + 1]) if not line.strip()]
    cut = ends[-1] if ends and ends[-1] >= lines - NEAR else lines
    return "".join(every[:cut]), "".join(every[cut:])
