"""From the screenings of a client to a small chart and table of how it went."""

from __future__ import annotations

from collections.abc import Iterator

from screening.follow.trend import Point, followed_numbers
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question
from screening.render.json_form import Json
from screening.render.page import Block, Grid, Heading

BARS = 10  # characters of the longest bar
FULL, EMPTY = "\N{FULL BLOCK}", "\N{MIDDLE DOT}"
ASCII_FULL, ASCII_EMPTY = "#", "."
UNKNOWN = "not known"


def trend_blocks(
    knowledge: KnowledgeBase, points: tuple[Point, ...], *, plain: bool
) -> Iterator[Block]:
    """Yield a table with a bar for each number, the first screening first.

    Fewer than two screenings are no trend. What is not known is said, and has no bar. With
    `plain`, bars are of ASCII characters.
    """
    if len(points) < 2:  # noqa: PLR2004 - a trend has a before and an after
        return
    questions = followed_numbers(knowledge)
    titles = [f"{q.short} ({q.low} to {q.high})" for q in questions]
    yield Heading("How it went")
    yield Grid(
        ("screening", *titles, "movements that bring it on"),
        tuple(
            (
                one.day,
                *(_bar(q, one.numbers[q.id], plain=plain) for q in questions),
                UNKNOWN if one.provoking is None else f"{one.provoking} of {one.tried} tried",
            )
            for one in points
        ),
    )


def _bar(question: Question, value: int | None, *, plain: bool) -> str:
    """Return a number with its bar.

    A number above the lowest always shows at least one mark.
    """
    if value is None:
        return UNKNOWN
    full, empty = (ASCII_FULL, ASCII_EMPTY) if plain else (FULL, EMPTY)
    part = (value - question.low) / max(1, question.high - question.low)
    marks = max(round(part * BARS), int(value > question.low))
    return f"{full * marks}{empty * (BARS - marks)} {value}"


def trend_form(points: tuple[Point, ...]) -> Json:
    """Return the same as JSON values; null where it is not known."""
    return [
        {
            "on": one.day,
            **one.numbers,
            "movements": {"provoking": one.provoking, "tried": one.tried},
        }
        for one in points
    ]
