"""From a `Page` to plain text of a given width."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from tabulate import tabulate

from screening.errors import assert_never
from screening.render.page import (
    Blanks,
    Block,
    Bullets,
    Cards,
    Cut,
    FigureCard,
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

WIDTH = 80
NARROWEST = 40  # below this, columns hold less than a word
GAP = 2
HEADER = 2  # tabulate.MIN_PADDING
PARTS = re.compile(r"\s+|(?<=-)")  # what a narrow column may not break


def text(page: Page, width: int = WIDTH) -> str:
    """Return a page as plain text; no line is longer than the width, single long words aside.

    >>> print(text((Heading("Offer"), Bullets(("Walking",)))), end="")
    OFFER
    - Walking
    """
    width = max(width, NARROWEST)
    lines: list[str] = []
    for block in page:
        if lines and isinstance(block, Heading | Subheading):
            lines.append("")
        lines += _block(block, width)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _block(block: Block, width: int) -> Iterator[str]:  # noqa: C901, PLR0912 - one case a block
    match block:
        case Heading(title):
            yield from _wrapped(title.upper(), width)
        case Subheading(words) | Paragraph(words):
            yield from _wrapped(words, width)
        case Bullets(items):
            for item in items:
                yield from _wrapped(item, width, "- ")
        case Steps(lines):
            for line in lines:
                yield from _wrapped(line, width, " " * (len(line) - len(line.lstrip())))
        case Pairs(rows):
            yield from _pairs(rows, width)
        case Grid():
            yield from _grid(block, width)
        case Blanks(blanks):
            for blank in blanks:
                yield from _wrapped(blank_line(blank), width)
        case Framed(title, items):
            yield from _wrapped(title.upper(), width)
            yield from (line for item in items for line in _wrapped(item, width, "- "))
        case Cards(cards):
            yield from (line for card in cards for line in _card(card, width))
        case Sketch(title=title, words=words):
            yield from _wrapped(f"{title}: {words}", width)
        case Cut(words):
            yield "- " * (width // 2)
            yield from _wrapped(words, width)
        case _:
            assert_never(block)


def _card(card: FigureCard, width: int) -> Iterator[str]:
    """Yield a card as a line with what stands under it; its drawing is left out."""
    yield from _wrapped(card.title, width, "- ")
    if card.blank is not None:
        yield from _wrapped(blank_line(card.blank), width, "  ")
    for line in card.lines:
        yield from _wrapped(line, width, "  ")


def _wrapped(words: str, width: int, lead: str = "", *, narrow: bool = False) -> list[str]:
    """Return text in lines; where narrow, words may break at hyphens, or anywhere at need."""
    indent = " " * len(lead)
    return textwrap.wrap(
        clean(words),
        width,
        initial_indent=lead,
        subsequent_indent=indent,
        break_long_words=narrow,
        break_on_hyphens=narrow,
    )


def _pairs(rows: tuple[tuple[str, str], ...], width: int) -> Iterator[str]:
    column = max((len(label) for label, _ in rows), default=0) + GAP
    for label, words in rows:
        yield from _wrapped(words, width, label.ljust(column))


def _grid(grid: Grid, width: int) -> list[str]:
    rows = [[clean(cell) for cell in row] for row in (grid.headers, *grid.rows)]
    widths = _widths(rows, width)
    laid = [
        [
            "\n".join(_wrapped(cell, room, narrow=True))
            for cell, room in zip(row, widths, strict=True)
        ]
        for row in rows
    ]
    return tabulate(laid[1:], laid[0], tablefmt="simple", disable_numparse=True).splitlines()


def _widths(rows: list[list[str]], width: int) -> list[int]:
    """Return column widths that fit; the widest give way, the last one (ids) only to its words.

    The first row holds the headers, which tabulate lays out with `HEADER` columns to spare.
    """
    headers = [header + "-" * HEADER for header in rows[0]]
    columns = list(zip(headers, *rows[1:], strict=True))
    widths = [max(map(len, column)) for column in columns]
    least = [max(len(part) for cell in column for part in PARTS.split(cell)) for column in columns]
    least[-1] = max(len(word) for cell in columns[-1] for word in cell.split() or [""])
    while sum(widths) + GAP * (len(widths) - 1) > width:
        shrinkable = [i for i, w in enumerate(widths) if w > least[i]]
        if not shrinkable:
            break
        widths[max(shrinkable, key=lambda i: widths[i])] -= 1
    return [max(w, 1) for w in widths]
