"""The scale of pain from 0 to 10, drawn, with how much goes on and how much asks for less."""

from __future__ import annotations

from screening.draw.strokes import box_path, n
from screening.render.page import Sketch

STEP, HIGH, MOST = 15.0, 10.0, 10
UNIT = 0.75  # millimetres


def pain_scale(green: int, amber: int) -> Sketch:
    """Return the scale with the limit marked: white goes on, grey is less, dark stops."""
    cells = "".join(_cell(at, green, amber) for at in range(MOST + 1))
    limit = (green + 1) * STEP
    mark = f'<path class="a" d="M{n(limit)} -14L{n(limit)} 4"/>'
    words = f"From 0 to 10: up to {green} go on; up to {amber} make it less; above, stop."
    return Sketch(cells + mark, (-2, -16, STEP * (MOST + 1) + 4, 22), UNIT, "Pain scale", words)


def _cell(at: int, green: int, amber: int) -> str:
    look = "kf" if at <= green else "pl" if at <= amber else "tf"
    frame = box_path(at * STEP, HIGH, STEP, HIGH)
    return f'<path class="{look}" d="{frame}"/>{_digit(at)}'


def _digit(at: int) -> str:
    """Return a number as text of the drawing."""
    x = at * STEP + STEP / 2
    return f'<text x="{n(x)}" y="-4" font-size="6" text-anchor="middle">{at}</text>'
