"""From what the hands move on a machine or a frame to strokes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import dist

from screening.draw.body import Body
from screening.draw.held import plate, point_of
from screening.draw.layers import DARK, LIGHT, Draw, Layer, Placed, hands
from screening.draw.strokes import Camera, Stroke, capsules, disc
from screening.draw.vectors import Vector, X, Z, add, minus, out_of, unit
from screening.model.figure import Thing

SLEEVE, PLATE = 12.0, 11.0
LONG, NARROW = 17.0, 7.0  # a trap bar: from its middle to its ends, and how wide these are


def _lever(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    """Draw an arm of a machine from its joint to each hand, with a grip."""
    joint = point_of(thing, body)
    for mark in thing.words.get("hands", "rl"):
        grip = body.points[f"hand_{mark}"]
        yield Placed(Layer.FAR, capsules(LIGHT, camera, (joint, 1.3, grip, 1.3)))
    across = out_of(body.frames["heading"], Z)
    for mark in thing.words.get("hands", "rl"):
        grip = body.points[f"hand_{mark}"]
        ends = (add(grip, across, 4), 1.4, add(grip, across, -4), 1.4)
        yield Placed(Layer.HELD, capsules(DARK, camera, ends))
    yield Placed(Layer.FAR, disc(DARK, camera.spot(joint), 2.2))


def _landmine(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    """Draw a barbell that stands with one end on the floor and is held by the other."""
    foot, held = point_of(thing, body), hands(thing, body)
    along = unit(minus(foot, held))
    tip = add(held, along, -3)
    yield Placed(Layer.HELD, capsules(DARK, camera, (tip, 1.5, foot, 1.1)))
    yield Placed(Layer.HELD, disc(DARK, camera.spot(add(held, along, 10)), thing.number("r", 8)))
    base = capsules(LIGHT, camera, (add(foot, X, -5), 1.4, add(foot, X, 5), 1.4))
    yield Placed(Layer.ROOM, base)


def _trap_bar(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    """Draw a frame around the body, with its grips beside it and its plates outside."""
    mid, heading = hands(thing, body), body.frames["heading"]
    wide, radius = dist(body.points["hand_r"], mid), thing.number("r", PLATE)
    near = max((1.0, -1.0), key=lambda side: camera.depth(_corner(mid, heading, 0, side)))
    for side in (-near, near):
        here = ((LONG, NARROW), (LONG * 0.4, wide), (-LONG * 0.4, wide), (-LONG, NARROW))
        rim = [_corner(mid, heading, x, side * z) for x, z in here]
        sleeve = [_corner(mid, heading, 0, side * z) for z in (wide, wide + SLEEVE)]
        layer = Layer.OVER if side == near else Layer.FAR
        yield Placed(layer, _rods(camera, *pairwise(rim), *pairwise(sleeve)))
        disc_ = plate(camera, sleeve[1], out_of(heading, Z), radius, hole=side == near)
        yield Placed(layer, disc_)
    for x, layer in ((-LONG, Layer.FAR), (LONG, Layer.HELD)):
        end = _corner(mid, heading, x, NARROW), _corner(mid, heading, x, -NARROW)
        yield Placed(layer, _rods(camera, end))


def _rods(camera: Camera, *parts: tuple[Vector, Vector]) -> Stroke:
    return capsules(DARK, camera, *((a, 1.1, b, 1.1) for a, b in parts))


def _corner(mid: Vector, heading: tuple[Vector, Vector, Vector], x: float, z: float) -> Vector:
    return add(mid, out_of(heading, (x, 0.0, z)))


MACHINES: Mapping[str, Draw] = {
    "landmine": _landmine,
    "lever": _lever,
    "trap_bar": _trap_bar,
}
"""What the hands move that is no free weight, by its kind."""
