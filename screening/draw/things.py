"""From the things in a figure to strokes, and to what can be rested on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from screening.draw.body import Body
from screening.draw.held import HELD
from screening.draw.layers import Draw, Placed, span
from screening.draw.machines import MACHINES
from screening.draw.room import ROOM
from screening.draw.strokes import Camera
from screening.model.figure import Thing

THINGS: Mapping[str, Draw] = {**ROOM, **HELD, **MACHINES}
CUSHION = 3.0  # how far a sofa gives way
WIDER = 4.0  # how far beyond its ends a padded rail still carries


class Surface(NamedTuple):
    """What can be rested on: from where to where, and how high."""

    start: float
    end: float
    height: float


def drawn(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    """Yield a thing, from behind to the front."""
    yield from THINGS[thing.kind](thing, body, camera)


def surfaces(thing: Thing) -> Iterator[Surface]:
    """Yield what a thing can be rested on by."""
    if thing.kind in SURFACES:
        yield from SURFACES[thing.kind](thing)


def _flat(usual: float, *, less: float = 0.0) -> Callable[[Thing], Iterator[Surface]]:
    """Return what yields the top of a thing that is usually so high."""

    def flat(thing: Thing) -> Iterator[Surface]:
        start, end = span(thing, "x", (-9, 9))
        top = span(thing, "y", (0, thing.number("h", usual)))[1]
        yield Surface(start, end, top - less)

    return flat


def _stairs(thing: Thing) -> Iterator[Surface]:
    x, rise, tread = thing.number("x", 0), thing.number("h", 10), thing.number("w", 17)
    for step in range(int(thing.number("n", 3))):
        yield Surface(x + step * tread, x + (step + 1) * tread, (step + 1) * rise)


def _bike(thing: Thing) -> Iterator[Surface]:
    x, top = span(thing, "seat", (0, 46))
    yield Surface(x - 6, x + 8, top)


def _rower(thing: Thing) -> Iterator[Surface]:
    start, end = span(thing, "x", (-34, 50))
    yield Surface(start, end, thing.number("h", 14) + 2.5)


def _carseat(thing: Thing) -> Iterator[Surface]:
    x = thing.number("x", 0)
    yield Surface(x - 12, x + 18, thing.number("h", 18))


def _ball(thing: Thing) -> Iterator[Surface]:
    x, y, r = (*thing.numbers["c"][:2], thing.number("r", 14))
    yield Surface(x - r, x + r, y + r)


def _rail(thing: Thing) -> Iterator[Surface]:
    xs, ys = ([point[axis] for point in thing.line] for axis in (0, 1))
    yield Surface(min(xs) - WIDER, max(xs) + WIDER, max(ys) + thing.number("w", 2) / 2)


SURFACES: Mapping[str, Callable[[Thing], Iterator[Surface]]] = {
    "ball": _ball,
    "bed": _flat(18),
    "bench": _flat(20),
    "bike": _bike,
    "box": _flat(10),
    "carseat": _carseat,
    "chair": _flat(23),
    "line": _rail,
    "rower": _rower,
    "sofa": _flat(24, less=CUSHION),
    "stairs": _stairs,
}
