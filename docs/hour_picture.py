"""The picture of the gardener's next hour that opens README: each figure with its name and dose.

`docs/generate.py` writes it to `docs/gardener-hour.svg`. Exercises that are changed have no
figure, so they are not in it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html import escape
from pathlib import Path

from screening.assess import Assessor
from screening.draw.gallery import by_what_they_show, figures_of
from screening.draw.picture import picture
from screening.draw.svg import LIGHT, body, style
from screening.load import load_intake
from screening.model.figure import Figure
from screening.model.knowledge import KnowledgeBase
from screening.model.session import Phase, Place, SessionInputs, SessionItem
from screening.render.session_page import amount_of
from screening.render.sheet_lines import capital
from screening.session import build_session, facts_of

INTAKE = Path(__file__).parents[1] / "tests" / "intakes" / "gardener.yaml"
SHOWN = (Phase.CONTROL, Phase.MAIN)
WIDE, TALL, GAP, LINE, LETTERS = 150, 110, 16, 15, 22
WORDS = "text{font:12px sans-serif;fill:#1d2a33}.name{font-weight:bold}"


def hour_picture(knowledge: KnowledgeBase) -> str:
    """Return the picture as SVG: one row, the same for the same knowledge."""
    figures = by_what_they_show(figures_of(knowledge))
    facts = facts_of(
        load_intake(INTAKE, knowledge), Assessor(knowledge), SessionInputs(45, Place.GYM)
    )
    items = [
        one
        for phase in build_session(facts).phases
        if phase.phase in SHOWN
        for one in phase.items
        if not one.changed and one.exercise in figures
    ]
    width, height = len(items) * (WIDE + GAP) + GAP, TALL + GAP * 2 + LINE * 4
    cards = "".join(
        _card(GAP + at * (WIDE + GAP), one, figures[one.exercise], knowledge)
        for at, one in enumerate(items)
    )
    names = ", ".join(knowledge.exercises[one.exercise].name for one in items)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">'
        f"<title>{escape(f'Of the next hour: {names}')}</title>"
        f"<style>{style(LIGHT)}{WORDS}</style>"
        f'<rect width="{width}" height="{height}" fill="#fff"/>{cards}</svg>\n'
    )


def _card(left: int, one: SessionItem, figure: Figure, knowledge: KnowledgeBase) -> str:
    """Return a figure on the common ground, and below it what it is and how much of it."""
    shown = picture(figure)
    scale = min(WIDE / shown.width, TALL / shown.height)
    wide, tall = shown.width * scale, shown.height * scale
    view = f"{shown.left:.1f} {-shown.top:.1f} {shown.width:.1f} {shown.height:.1f}"
    place = f'x="{left + (WIDE - wide) / 2:.1f}" y="{GAP + TALL - tall:.1f}"'
    size = f'width="{wide:.1f}" height="{tall:.1f}"'
    lines = "".join(_lines(left, one, knowledge))
    return f'<svg class="fig" {place} {size} viewBox="{view}">{body(shown)}</svg>{lines}'


def _lines(left: int, one: SessionItem, knowledge: KnowledgeBase) -> Iterator[str]:
    exercise = knowledge.exercises[one.exercise]
    name = textwrap.wrap(capital(exercise.name), LETTERS)
    much = textwrap.wrap(amount_of(one, exercise), LETTERS + 2)
    for at, words in enumerate((*name, *much), 1):
        look = ' class="name"' if at <= len(name) else ""
        yield f'<text{look} x="{left}" y="{GAP + TALL + 4 + LINE * at}">{escape(words)}</text>'
