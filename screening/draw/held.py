"""From things that are held, or follow the body, to strokes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import cos, pi, sin

from screening.draw.body import Body
from screening.draw.layers import DARK, LIGHT, Draw, Layer, Placed, hands
from screening.draw.strokes import (
    Camera,
    Stroke,
    ball,
    box,
    capsules,
    circle,
    curve,
    disc,
    line,
)
from screening.draw.vectors import Vector, X, Y, Z, add, middle, minus, out_of, unit
from screening.model.figure import Thing

PLATE, HALF_BAR = 13.0, 26.0
HOLE = 0.62  # of a plate


def _bar(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    held = thing.words.get("at", "hands")
    names = ("hand_r", "hand_l") if held in {"hands", "hips"} else ("wrist_r", "wrist_l")
    mid = middle(*(body.points[name] for name in names))
    across = out_of(body.frames["heading"], Z)
    half, radius = thing.number("half", HALF_BAR), thing.number("r", PLATE)
    ends = [add(mid, across, half), add(mid, across, -half)]
    near = max(ends, key=camera.depth)
    far = ends[1] if near is ends[0] else ends[0]
    yield Placed(Layer.FAR, plate(camera, far, across, radius, hole=False))
    shaft = capsules(DARK, camera, (far, 0.9, near, 0.9))
    yield Placed(Layer.HELD, shaft)
    yield Placed(Layer.OVER, plate(camera, near, across, radius, hole=True))


FACE_ON = 0.8


def plate(camera: Camera, at: Vector, across: Vector, radius: float, *, hole: bool) -> Stroke:
    """Return a plate; a ring where it is seen face on, so that what is behind it is seen."""
    facing = abs(sum(a * b for a, b in zip(across, camera.toward, strict=True)))
    if hole and facing > FACE_ON:
        spot = camera.spot(at)
        path = circle(spot, radius) + circle(spot, radius * HOLE)
        return Stroke("pr", path, disc("pr", spot, radius).spots)
    x = out_of((unit(_cross(Y, across)), Y, across), X)
    axes = (add((0, 0, 0), x, radius), (0.0, radius, 0.0), add((0, 0, 0), across, 1.2))
    return ball(DARK, camera, at, axes)


def _cross(a: Vector, b: Vector) -> Vector:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


AXES = {"x": X, "y": Y, "z": Z}


def _near(thing: Thing, body: Body, camera: Camera) -> str:
    """Return which hand that holds a thing is nearer the reader."""
    holding = thing.words.get("hands", "rl")
    return max(holding, key=lambda mark: camera.depth(body.points[f"hand_{mark}"]))


def _dumbbell(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    near = _near(thing, body, camera)
    for mark in thing.words.get("hands", "rl"):
        at = body.points[f"hand_{mark}"]
        axis = out_of(body.frames["heading"], AXES[thing.words.get("axis", "z")])
        one, two = add(at, axis, 5.5), add(at, axis, -5.5)
        layer = Layer.OVER if mark == near else Layer.FAR
        yield Placed(layer, capsules(DARK, camera, (one, 0.9, two, 0.9)))
        for end in (one, two):
            yield Placed(layer, capsules(DARK, camera, (end, 2.9, add(end, axis, 0.5), 2.9)))


def _beside(thing: Thing, body: Body) -> Vector:
    x, y, *z = thing.numbers.get("shift", (0.0, 0.0, 0.0))
    return add(hands(thing, body), (x, y, z[0] if z else 0.0))


def _kettlebell(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    at = _beside(thing, body)
    wrists = middle(body.points["wrist_r"], body.points["wrist_l"])
    way = unit(minus(at, wrists)) if thing.words.get("hands", "rl") == "rl" else (0.0, -1.0, 0.0)
    weight = add(at, way, 5.0)
    yield Placed(Layer.HELD, capsules("pr", camera, (at, 1.4, weight, 1.4)))
    yield Placed(Layer.HELD, disc(DARK, camera.spot(weight), 4.2))


def _medball(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    yield Placed(Layer.HELD, disc(DARK, camera.spot(_beside(thing, body)), thing.number("r", 5.5)))


def _handle(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del thing
    one, two = body.points["hand_r"], body.points["hand_l"]
    over = unit(minus(one, two))
    long = (add(one, over, 5), 1.1, add(two, over, -5), 1.1)
    yield Placed(Layer.HELD, capsules(DARK, camera, long))


def _bags(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    near = _near(thing, body, camera)
    for mark in thing.words.get("hands", "rl"):
        x, y, z = body.points[f"hand_{mark}"]
        layer = Layer.OVER if mark == near else Layer.FAR
        loop = [
            camera.spot((x - 3, y - 5, z)),
            camera.spot((x, y, z)),
            camera.spot((x + 3, y - 5, z)),
        ]
        yield Placed(layer, curve("w", loop))
        for stroke in box(LIGHT, camera, (x - 7, y - 19, z - 4), (x + 7, y - 5, z + 4)):
            yield Placed(layer, stroke)


def _crate(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    x, y, z = _beside(thing, body)
    wide, high = thing.number("w", 8), thing.number("hh", 8)
    for stroke in box(
        LIGHT, camera, (x - wide, y - high / 2, z - 5), (x + wide, y + high / 2, z + 5)
    ):
        yield Placed(Layer.HELD, stroke)


def _tool(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    at = body.points[f"hand_{thing.words.get('hand', 'r')}"]
    x, y, *_ = thing.numbers.get("v", (6.0, -6.0))
    end = add(at, (x, y, 0.0))
    yield Placed(Layer.OVER, capsules(DARK, camera, (at, 1.0, end, 1.0), (end, 1.6, end, 1.6)))


def _dowel(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del thing
    low, high = body.points["sacrum"], body.points["head"]
    base = add(low, out_of(body.frames["pelvis"], (-2.6, -3, 0)))
    top = add(high, out_of(body.frames["head"], (-8.5, 0, 0)))
    along = unit(minus(top, base))
    yield Placed(
        Layer.HELD, capsules(LIGHT, camera, (add(base, along, -10), 1.0, add(top, along, 14), 1.0))
    )


def point_of(thing: Thing, body: Body) -> Vector:
    """Return where a cord or an arm of a machine ends: a point of the body, or a place."""
    if "by" in thing.words:
        return body.points[thing.words["by"]]
    x, y, *z = thing.numbers["to"]
    return x, y, z[0] if z else 0.0


def _cord(look: str) -> Draw:
    """Return what draws a strap, cable or band: from the hands to somewhere."""

    def cord(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
        for mark in thing.words.get("hands", "rl"):
            ends = [camera.spot(body.points[f"hand_{mark}"]), camera.spot(point_of(thing, body))]
            yield Placed(Layer.HELD, line(look, ends))

    return cord


def _pad(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del thing
    low, high = body.points["L5"], body.points["T6"]
    front = out_of(body.frames["lower_chest"], X)
    one, two = add(low, front, 8), add(high, front, 9)
    foot = (middle(one, two)[0] + 2, 1.2, 0.0)
    yield Placed(Layer.ROOM, capsules(LIGHT, camera, (middle(one, two), 1.4, foot, 1.4)))
    yield Placed(
        Layer.ROOM,
        capsules(LIGHT, camera, ((foot[0] - 14, 1.2, 0), 1.2, (foot[0] + 14, 1.2, 0), 1.2)),
    )
    yield Placed(Layer.ROOM, capsules(LIGHT, camera, (one, 2.4, two, 2.4)))


def _hbar(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    mid, half = hands(thing, body), thing.number("half", 20)
    across = out_of(body.frames["heading"], Z)
    ends = add(mid, across, half), add(mid, across, -half)
    yield Placed(Layer.ROOM, capsules(DARK, camera, (ends[0], 1.2, ends[1], 1.2)))
    for end in ends:
        yield Placed(Layer.ROOM, capsules(DARK, camera, (end, 1.0, add(end, Y, 6), 1.0)))


def _sock(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    mark = thing.words.get("foot", "r")
    ball_, toe = body.points[f"ball_{mark}"], body.points[f"toe_{mark}"]
    tip = add(toe, unit(minus(toe, ball_)), 5)
    yield Placed(Layer.OVER, capsules("so", camera, (ball_, 2.6, tip, 2.0)))


def _puff(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del thing
    mouth = add(body.points["head"], out_of(body.frames["head"], (9.0, -3.0, 0.0)))
    for angle in (-30, 0, 30):
        way = out_of(body.frames["head"], (cos(angle * pi / 180), sin(angle * pi / 180), 0.0))
        ends = [camera.spot(add(mouth, way, 1)), camera.spot(add(mouth, way, 7))]
        yield Placed(Layer.OVER, line("w", ends))


HELD: Mapping[str, Draw] = {
    "bags": _bags,
    "band": _cord("bd"),
    "bar": _bar,
    "cable": _cord("w"),
    "crate": _crate,
    "dowel": _dowel,
    "dumbbell": _dumbbell,
    "handle": _handle,
    "hbar": _hbar,
    "kettlebell": _kettlebell,
    "medball": _medball,
    "pad": _pad,
    "puff": _puff,
    "sock": _sock,
    "strap": _cord("bd"),
    "tool": _tool,
}
"""What is held or follows the body, by its kind."""
