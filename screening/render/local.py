"""A page in the words of one country: its numbers, and what people are called there."""

from __future__ import annotations

from dataclasses import replace

from screening.errors import assert_never
from screening.model.pack import Country
from screening.render.page import (
    Blank,
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
)


def in_words_of(country: Country | None, page: Page) -> Page:
    """Return a page as it reads in a country; as it is where none is known."""
    return page if country is None else tuple(_local(country, block) for block in page)


def _local(country: Country, block: Block) -> Block:  # noqa: C901, PLR0911 - one for each block
    say = country.local
    match block:
        case Heading(text):
            return Heading(say(text))
        case Subheading(text):
            return Subheading(say(text))
        case Paragraph(text):
            return Paragraph(say(text))
        case Bullets(items):
            return Bullets(tuple(map(say, items)))
        case Steps(lines):
            return Steps(tuple(map(say, lines)))
        case Pairs(rows):
            return Pairs(tuple((say(label), say(text)) for label, text in rows))
        case Grid(headers, rows):
            return Grid(headers, tuple(tuple(map(say, row)) for row in rows))
        case Cut(text):
            return Cut(say(text))
        case Framed(title, items):
            return Framed(say(title), tuple(map(say, items)))
        case Cards(cards):
            told = (replace(card, lines=tuple(map(say, card.lines))) for card in cards)
            return replace(block, cards=tuple(told))
        case Blanks(blanks):
            told_blanks = (Blank(say(b.label), tuple(map(say, b.boxes))) for b in blanks)
            return Blanks(tuple(told_blanks))
        case Sketch():
            return block
    assert_never(block)
