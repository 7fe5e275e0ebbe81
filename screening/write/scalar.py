"""Text as YAML takes it: plain where that reads back as the same text, else in double quotes."""

from __future__ import annotations

import re

INDICATOR = re.compile(
    r"-(?![0-9])|[?:,\[\]{}#&*!|>'\"%@`\s]"
)  # what plain text cannot begin with
CUT = re.compile(r":(?= |$)| #| $")  # what would end it early
FLOWING = re.compile(r"[,\[\]{}?]")  # what would end it inside `[]` and `{}`
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(text: str, *, flow: bool = False) -> str:
    r"""Return text as written in a file; `flow` is for inside `[]` and `{}`.

    >>> scalar("Up, then down"), scalar("Up, then down", flow=True), scalar("so: no")
    ('Up, then down', '"Up, then down"', '"so: no"')
    """
    plain = text and text.isprintable() and not INDICATOR.match(text) and not CUT.search(text)
    if plain and not (flow and FLOWING.search(text)):
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in ESCAPES or character.isprintable():
        return ESCAPES.get(character, character)
    code = ord(character)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"  # noqa: PLR2004 - as YAML has it
