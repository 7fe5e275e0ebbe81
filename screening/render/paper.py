"""A paper: a page that is printed, signed or handed over, and what stands at its foot."""

from __future__ import annotations

from dataclasses import dataclass

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
    PaperSize,
)


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed on one sheet: a page in a language, its title, and its small print.

    `points` is the size of its type, which never becomes smaller so that more fits.
    """

    title: str
    language: str
    size: PaperSize
    page: Page
    foot: tuple[str, ...]
    points: int = 10


def longest_part(page: Page) -> str:
    """Return the title of the part that takes most room.

    >>> longest_part((Heading("A"), Bullets(("x",)), Heading("B"), Bullets(("x", "y"))))
    'B'
    """
    sizes: dict[str, int] = {}
    part = ""
    for block in page:
        match block:
            case Heading(title) | Cut(title):
                part = title
            case Framed(title):
                sizes[title] = _room(block)
            case _:
                sizes[part] = sizes.get(part, 0) + _room(block)
    return max(sizes, key=lambda title: sizes[title], default=part)


LINE = 105  # characters of a line at the size in which papers are set


def _room(block: Block) -> int:
    """Return about how many lines a block takes."""
    match block:
        case Bullets(items):
            texts = list(items)
        case Pairs(rows):
            texts = [f"{label} {words}" for label, words in rows]
        case Grid(headers, rows):
            texts = [" ".join(row) for row in (headers, *rows)]
        case Blanks(blanks):
            texts = [" ".join((blank.label, *blank.boxes)) for blank in blanks]
        case Cards(cards, across):
            return 5 * len(cards) // across
        case Framed(title, items):
            texts = [title, *items]
        case _:
            texts = [str(block)]
    return sum(1 + len(text) // LINE for text in texts)
