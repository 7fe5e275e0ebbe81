"""From a `Page` to Markdown, for notes and letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tabulate import tabulate

from screening.errors import assert_never
from screening.render.page import (
    Blanks,
    Block,
    Bullets,
    Cards,
    Cut,
    Framed,
    Grid,
    Heading,
    Page,
    Pairs,
    Paragraph,
    Sketch,
    Steps,
    Subheading,
    blank_line,
    clean,
)

SPECIAL = re.compile(r"[\\`*<>|\[\]~]|(?<!\w)_|_(?!\w)|&(?=#?\w)|^[#+=-]")
NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")  # would begin a numbered list


def markdown(page: Page) -> str:
    r"""Return a page as Markdown: the first heading is the title.

    >>> print(markdown((Heading("Plan"), Bullets(("a *b*",)))))
    # Plan
    <BLANKLINE>
    - a \*b\*
    <BLANKLINE>
    """
    parts: list[str] = []
    for block in page:
        level = "##" if parts else "#"
        parts.append("\n".join(_block(block, level)))
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block, level: str) -> Iterator[str]:  # noqa: C901, PLR0912 - one case a block
    match block:
        case Heading(title):
            yield f"{level} {escaped(title)}"
        case Subheading(title):
            yield f"### {escaped(title)}"
        case Paragraph(words):
            yield escaped(words)
        case Bullets(items):
            yield from (f"- {escaped(item)}" for item in items)
        case Steps(lines):
            yield from stepped(lines)
        case Pairs(rows):
            yield from (f"- **{escaped(label)}:** {escaped(words)}" for label, words in rows)
        case Grid(headers, rows):
            cells = [[escaped(cell) for cell in row] for row in rows]
            yield tabulate(cells, headers, tablefmt="github", disable_numparse=True)
        case Blanks(blanks):
            yield from (f"- {escaped(blank_line(blank))}" for blank in blanks)
        case Framed(title, items):
            yield from (f"**{escaped(title)}**", "", *(f"- {escaped(item)}" for item in items))
        case Cards(cards):
            yield from (f"- **{escaped(c.title)}** {escaped(' '.join(c.lines))}" for c in cards)
        case Sketch(title=title, words=words):
            yield f"{escaped(title)}: {escaped(words)}"
        case Cut(words):
            yield from ("---", "", f"{level} {escaped(words)}")
        case _:
            assert_never(block)


def stepped(lines: tuple[str, ...]) -> Iterator[str]:
    """Yield lines as a list whose nesting is their indentation."""
    for line in lines:
        yield " " * (len(line) - len(line.lstrip())) + "- " + escaped(line)


def escaped(words: str) -> str:
    """Return text that Markdown shows as it is."""
    plain = SPECIAL.sub(lambda match: "\\" + match[0], clean(words))
    return NUMBERED.sub(r"\1\\\2", plain)
