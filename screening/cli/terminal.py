"""The terminal: talk goes to stderr, answers come from stdin."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from typing import Any, TextIO, TypeVar

import click

from screening import app
from screening.cli.common import ascii_only, at_keyboard, page_width, tell
from screening.cli.typed_ahead import typed_ahead
from screening.errors import MisuseError

T = TypeVar("T")
WIDEST = 100
NARROWEST = 20
PLAIN_WIDTH = 80
BELOW = 2  # lines of a screen that are left for the prompt
MORE = "Enter shows the rest, q leaves it > "
CLEAR = "\033[2J\033[H"


class AtTerminal:
    """Asks on the terminal for what no option says."""

    def there(self) -> bool:
        """Tell whether somebody can be asked."""
        return at_keyboard()

    def tell(self, words: str) -> None:
        """Say something beside a result."""
        tell(words)

    def passphrase(self, prompt: str, *, twice: bool) -> str:
        """Return a passphrase typed unseen, once or twice."""
        return _typed(prompt, hide_input=True, confirmation_prompt=twice)

    def chose(self, passphrase: str) -> None:
        """Keep nothing: whoever runs one command is asked at the next."""

    def typed(self, say: str, read: Callable[[str], T]) -> T:
        """Return what is typed, asked for until it can be used."""
        while True:
            text = _typed(say).strip()
            try:
                return read(text)
            except MisuseError as error:
                tell(error.message)


def _typed(prompt: str, **how: Any) -> str:  # noqa: ANN401 - click's options
    said: str = click.prompt(prompt, default="", show_default=False, err=True, **how)
    return said


class Terminal(AtTerminal):
    """Writes wrapped text and reads lines: of a file, where what is `typed` comes from one.

    Every prompt begins with its `mark`.
    """

    def __init__(self, typed: TextIO | None = None) -> None:
        self.file = typed
        self.mark = ""
        self.has_keys = typed is None and at_keyboard()
        self.plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        for stream in (sys.stdin, sys.stderr):
            if isinstance(stream, TextIOWrapper) and stream.errors != "replace":
                stream.reconfigure(errors="replace")

    @property
    def columns(self) -> int:
        """How wide a result is printed."""
        return page_width()

    @property
    def ascii_only(self) -> bool:
        """Whether stdout takes ASCII only."""
        return ascii_only()

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
        heard = self.file or sys.stdin
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

    def hidden(self, prompt: str) -> str:
        """Return what is typed unseen."""
        return _typed(prompt, prompt_suffix="", hide_input=True)

    def typed_ahead(self) -> str:
        """Return and throw away what was typed before now, where there is a keyboard."""
        return typed_ahead() if self.has_keys else ""

    def page(self, shown: str, *, whole: bool = False) -> None:
        """Print a result; on a screen it does not fit, first what fits, and the rest on Enter.

        What programs read is printed `whole`.
        """
        first, rest = shown, ""
        if not whole and self.has_keys and sys.stdout.isatty():
            first, rest = app.printout.first_screen(
                shown, shutil.get_terminal_size().lines - BELOW
            )
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
