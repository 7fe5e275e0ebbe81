"""A line of text on the command line that is going to be written into a file."""

from __future__ import annotations

import click

from screening import app


class Sentence(click.ParamType[str]):
    """Reads as one line; a character that no file of knowledge may hold is refused."""

    name = "text"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the text with every space and line break as one space."""
        line = " ".join(str(value).split())
        odd = app.knowledge.odd_in(line)
        if odd is not None:
            self.fail(f"it holds a control character (U+{ord(odd):04X})", param, ctx)
        return line


SENTENCE = Sentence()
