"""From the screenings that a case knows of to a chart: the first one, the last time, and now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import NamedTuple

from screening.draw.strokes import box_path, circle, line, n
from screening.follow.trend import followed_numbers
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.render.page import Sketch

WIDE, HIGH = 120.0, 40.0
LEFT, BELOW, ABOVE, ASIDE = 14.0, 12.0, 12.0, 92.0
LEAST, MOST = 2, 3  # known answers of a line, and lines


class ChartedScreening(NamedTuple):
    """One screening in a chart: when it was, in words, and what was answered."""

    when: str
    answers: Mapping[str, Value]

    def number(self, question: Question) -> int | None:
        """Return what was answered as a number; None where it is not known."""
        value = self.answers.get(question.id)
        return value if isinstance(value, int) else None


def screenings_of(case: Case) -> tuple[ChartedScreening, ...]:
    """Return the screenings a case knows of, the oldest first; nothing without earlier ones."""
    earlier = case.earlier
    if earlier is None or earlier.anew:
        return ()
    found = [ChartedScreening("last time", earlier.answers), ChartedScreening("now", case.answers)]
    if earlier.first and earlier.first != earlier.answers:
        found.insert(0, ChartedScreening("at first", earlier.first))
    return tuple(found)


def trend_chart(
    taken: tuple[ChartedScreening, ...], knowledge: KnowledgeBase, unit: float
) -> Sketch | None:
    """Return a chart of the numbers of one scale; None where no number is known twice.

    The scale is that of the number the knowledge follows. What is not known is a gap. Lines
    differ by their marks, not by colour. `unit` is in millimetres: the chart is some 220 units
    wide and 64 high.
    """
    shown = [
        question
        for question in _on_one_scale(knowledge)
        if sum(one.number(question) is not None for one in taken) >= LEAST
    ][:MOST]
    if not shown:
        return None
    parts = [*_axes(taken, shown[0])]
    for place, question in enumerate(shown):
        parts += _line(taken, question, place)
    words = "; ".join(_told(taken, question) for question in shown)
    box = (-LEFT, -HIGH - ABOVE, LEFT + WIDE + ASIDE, HIGH + ABOVE + BELOW)
    return Sketch("".join(parts), box, unit, "How it went", f"{words}.")


def _on_one_scale(knowledge: KnowledgeBase) -> tuple[Question, ...]:
    """Return the numbers that are followed, then others of their scale; none is private."""
    followed = followed_numbers(knowledge)
    questions = dict.fromkeys((*followed, *knowledge.questions.values()))
    scale = {(one.low, one.high, one.unit) for one in followed[:1]}
    return tuple(
        one
        for one in questions
        if one.is_number and (one.low, one.high, one.unit) in scale and not one.intimate
    )


def _told(taken: tuple[ChartedScreening, ...], question: Question) -> str:
    said = (
        f"{one.when} {'not known' if value is None else value}"
        for one in taken
        for value in (one.number(question),)
    )
    return f"{question.short}, of {question.high}: {', '.join(said)}"


def _axes(taken: tuple[ChartedScreening, ...], question: Question) -> Iterator[str]:
    """Yield both axes with their marks: the scale with its unit, and when."""
    yield f'<path class="w" d="{box_path(0, HIGH, WIDE, HIGH)}"/>'
    for value in (question.low, (question.low + question.high) // 2, question.high):
        y = _up(value, question)
        yield _word(-2, y - 1.6, str(value), "end")
        yield f'<path class="g" d="{line("g", [(-1, y), (1, y)]).path}"/>'
    unit = f"0 none, {question.high} worst" if question.low == 0 else ""
    yield _word(-LEFT, HIGH + 6, unit, "start")
    for place, one in enumerate(taken):
        yield _word(_along(place, taken), -7, one.when, "middle")


def _up(value: int, question: Question) -> float:
    return HIGH * (value - question.low) / max(1, question.high - question.low)


def _along(place: int, taken: tuple[ChartedScreening, ...]) -> float:
    return 12 + (WIDE - 24) * place / (len(taken) - 1)


def _word(x: float, y: float, words: str, anchor: str) -> str:
    at = f'x="{n(x)}" y="{n(-y)}" font-size="5" text-anchor="{anchor}"'
    return f"<text {at}>{escape(words)}</text>"


def _line(taken: tuple[ChartedScreening, ...], question: Question, place: int) -> Iterator[str]:
    """Yield one number over time, and its name beside its last mark."""
    known = [
        (_along(at, taken), _up(value, question))
        for at, one in enumerate(taken)
        for value in (one.number(question),)
        if value is not None
    ]
    yield f'<path class="w" d="{line("w", known).path}"/>'
    for x, y in known:
        yield f'<path class="{("r", "kn", "pl")[place % 3]}" d="{_mark(x, y, place)}"/>'
    key = HIGH - 5 - 9 * place
    yield f'<path class="{("r", "kn", "pl")[place % 3]}" d="{_mark(WIDE + 6, key, place)}"/>'
    yield _word(WIDE + 11, key - 1.6, question.short, "start")


def _mark(x: float, y: float, place: int) -> str:
    """Return a disc, a square or a smaller disc."""
    if place % 3 == 1:
        return box_path(x - 2, y + 2, 4, 4)
    return circle((x, y), 2.4 if place % 3 == 0 else 1.6)
