"""What all things share: the layers they are drawn in, their measures, and solid boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import NamedTuple

from screening.draw.body import Body
from screening.draw.strokes import (
    Camera,
    Stroke,
    box,
)
from screening.draw.vectors import Vector, middle
from screening.model.figure import SIDES, Thing


class Layer(IntEnum):
    """Where a thing is drawn, from behind to the front."""

    ROOM = 0
    FAR = 1
    HELD = 2
    OVER = 3


class Placed(NamedTuple):
    """A stroke of a thing, and the layer it is drawn in."""

    layer: Layer
    stroke: Stroke


LIGHT, DARK = "pl", "pd"


def span(thing: Thing, name: str, otherwise: tuple[float, float]) -> tuple[float, float]:
    """Return from where to where a thing goes."""
    given = thing.numbers.get(name, otherwise)
    return given[0], given[-1]


def hands(thing: Thing, body: Body) -> Vector:
    """Return the middle of the hands that hold a thing."""
    marks = [mark for mark in SIDES if mark in thing.words.get("hands", "rl")]
    return middle(*(body.points[f"hand_{mark}"] for mark in marks))


def solid(camera: Camera, low: Vector, high: Vector, look: str = LIGHT) -> Iterator[Placed]:
    """Yield the sides of a box that are seen."""
    yield from (Placed(Layer.ROOM, stroke) for stroke in box(look, camera, low, high))


Draw = Callable[[Thing, Body, Camera], Iterator[Placed]]
"""What draws a kind of thing beside a body."""
