"""From things that stand in the room to strokes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import pi, sin

from screening.draw.body import Body
from screening.draw.layers import DARK, LIGHT, Draw, Layer, Placed, hands, solid, span
from screening.draw.strokes import (
    Camera,
    capsules,
    curve,
    disc,
    line,
)
from screening.model.figure import SIDES, Thing

DEEP, DEEP_BED = 9.0, 16.0  # from the middle to either side


def _box(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del body
    x, z = span(thing, "x", (0, 10)), span(thing, "z", (-DEEP, DEEP))
    y = span(thing, "y", (0, thing.number("h", 10)))
    yield from solid(camera, (x[0], y[0], z[0]), (x[1], y[1], z[1]))


def _bench(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del body
    (start, end), top = span(thing, "x", (0, 10)), thing.number("h", 20)
    for x in (start + 4, end - 4):
        yield from solid(camera, (x - 1, 0, -2), (x + 1, top - 4, 2))
    yield from solid(camera, (start, top - 4, -DEEP), (end, top, DEEP))


def _chair(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del body
    (start, end), top = span(thing, "x", (-9, 9)), thing.number("h", 23)
    for x in (start + 1, end - 1):
        for z in (-DEEP + 1, DEEP - 1):
            yield from solid(camera, (x - 0.9, 0, z - 0.9), (x + 0.9, top, z + 0.9))
    back = thing.words.get("back")
    if back:
        x = start if back == "left" else end
        yield from solid(camera, (x - 1, top, -DEEP), (x + 1, top + 22, DEEP))
    yield from solid(camera, (start, top - 3, -DEEP), (end, top, DEEP))


def _sofa(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del body
    (start, end), top = span(thing, "x", (-6, 22)), thing.number("h", 24)
    low, high = (start - 4, 6.0, 0.0), (start - 9, top + 20, 0.0)
    yield Placed(Layer.ROOM, capsules(LIGHT, camera, (low, 6, high, 5)))
    seat = ((start + 2, top - 9, 0.0), 8.5, (end, top - 8, 0.0), 7.0)
    yield Placed(Layer.ROOM, capsules(LIGHT, camera, seat))


def _bed(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del body
    (start, end), top = span(thing, "x", (-50, 50)), thing.number("h", 18)
    yield from solid(camera, (start, 0, -DEEP_BED), (end, top, DEEP_BED))
    if "pillow" in thing.numbers:
        x = thing.number("pillow", 0)
        pillow = ((x - 5, top + 1.8, 0.0), 2.2, (x + 5, top + 1.8, 0.0), 2.2)
        yield Placed(Layer.ROOM, capsules("kf", camera, pillow))


def _mat(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del body
    (start, end), (far, near) = span(thing, "x", (-50, 50)), span(thing, "z", (-16, 40))
    yield from solid(camera, (start, -1.2, far), (end, 0, near))


def _wall(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del body
    x, wide = thing.number("x", 0), thing.number("w", 3)
    low, high = (x - wide, x) if thing.words.get("side") == "l" else (x, x + wide)
    yield from solid(camera, (low, 0, -DEEP), (high, thing.number("h", 104), DEEP))


def _stairs(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del body
    x, rise, tread = thing.number("x", 0), thing.number("h", 10), thing.number("w", 17)
    count = int(thing.number("n", 3))
    for step in range(count):
        low = (x + step * tread, step * rise, -DEEP)
        yield from solid(camera, low, (x + count * tread, (step + 1) * rise, DEEP))


def _slope(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del body
    (x, to_x), (y, to_y) = span(thing, "x", (-30, 40)), span(thing, "y", (0, 10))
    low = min(0.0, y, to_y) - 1
    spots = [(x, low), (to_x, low), (to_x, to_y), (x, y)]
    yield Placed(Layer.ROOM, line(LIGHT, [camera.spot((a, b, 0)) for a, b in spots], closed=True))


def _basin(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del body
    (start, end), top = span(thing, "x", (16, 34)), thing.number("h", 48)
    mid = (start + end) / 2
    yield from solid(camera, (mid - 2, 0, -2), (mid + 2, top - 6, 2))
    yield from solid(camera, (start, top - 7, -DEEP), (end, top, DEEP))
    tap = [(end - 4, top, 0), (end - 4, top + 6, 0), (end - 8, top + 6, 0)]
    yield Placed(Layer.ROOM, line("w", [camera.spot(point) for point in tap]))


def _shelf(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del body
    (start, end), top = span(thing, "x", (10, 34)), thing.number("h", 107)
    yield from solid(camera, (start, top - 2, -DEEP), (end, top, DEEP))


def _carseat(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del body
    x, top = thing.number("x", 0), thing.number("h", 18)
    seat = ((x - 4, top - 6, 0.0), 6.0, (x + 14, top - 4, 0.0), 5.0)
    back = ((x - 10, top - 1, 0.0), 4.5, (x - 26, top + 32, 0.0), 4.0)
    rest = ((x - 28, top + 42, 0.0), 2.8, (x - 30, top + 48, 0.0), 2.8)
    for part in (back, seat, rest):
        yield Placed(Layer.ROOM, capsules(LIGHT, camera, part))


def _wheel(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del body
    x, y, *_ = thing.numbers["c"]
    rim = ((x - 3, y + 9, 0.0), 1.3, (x + 3, y - 9, 0.0), 1.3)
    post = ((x, y, 0.0), 1.2, (x + 12, y - 8, 0.0), 1.2)
    yield Placed(Layer.ROOM, capsules(DARK, camera, post))
    yield Placed(Layer.OVER, capsules(DARK, camera, rim))


def _ball(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del body
    c, r = thing.numbers["c"], thing.number("r", 14)
    point = (c[0], c[1], c[2] if len(c) > 2 else 0.0)  # noqa: PLR2004 - with its depth
    yield Placed(Layer.ROOM, disc(LIGHT, camera.spot(point), r))


def _line(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del body
    half = thing.number("w", 2) / 2
    points = [(p[0], p[1], p[2] if len(p) > 2 else 0.0) for p in thing.line]  # noqa: PLR2004
    parts = [(a, half, b, half) for a, b in pairwise(points)]
    layer = Layer.OVER if thing.words.get("at") == "front" else Layer.ROOM
    yield Placed(layer, capsules(LIGHT, camera, *parts))


def _bike(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    (cx, cy), (sx, sy), (bx, by) = (span(thing, k, (0, 0)) for k in ("crank", "seat", "bars"))
    yield Placed(Layer.ROOM, disc(LIGHT, camera.spot((cx + 20, cy + 1, -4)), 14))
    frame = [((cx, cy, 0), (sx, sy - 3, 0)), ((cx, cy, 0), (bx - 4, by - 12, 0))]
    frame += [((bx - 4, by - 12, 0), (bx, by, 0)), ((cx, cy, 0), (cx, 2, 0))]
    frame += [((sx - 6, 1.5, 0), (cx + 34, 1.5, 0)), ((sx - 5, sy - 3, 0), (sx + 7, sy - 3, 0))]
    yield Placed(Layer.ROOM, capsules(LIGHT, camera, *((a, 1.6, b, 1.6) for a, b in frame)))
    for mark in SIDES:
        ankle = body.points[f"ankle_{mark}"]
        pedal = (ankle[0] + 5, ankle[1] - 4.6, 0.0)
        crank = capsules(DARK, camera, ((cx, cy, 0), 1.1, pedal, 1.1))
        yield Placed(Layer.HELD if mark == "r" else Layer.FAR, crank)


def _rower(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    (start, end), top = span(thing, "x", (-34, 50)), thing.number("h", 14)
    for x in (start + 3, end - 6):
        yield from solid(camera, (x - 1, 0, -3), (x + 1, top, 3))
    yield Placed(Layer.ROOM, disc(LIGHT, camera.spot((end + 6, top + 4, 0)), 12))
    yield from solid(camera, (start, top - 2.5, -2), (end, top, 2))
    seat = body.points["seat"]
    yield from solid(camera, (seat[0] - 6, top, -5), (seat[0] + 6, top + 2.5, 5), DARK)
    hand = hands(thing, body)
    yield Placed(Layer.ROOM, line("w", [camera.spot((end + 4, top + 8, 0)), camera.spot(hand)]))
    yield Placed(Layer.HELD, disc(DARK, camera.spot(hand), 1.6))


def _plant(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del body
    x = thing.number("x", 40)
    stem = line("w", [camera.spot((x, 0, 0)), camera.spot((x, 7, 0))])
    yield Placed(Layer.ROOM, stem)
    for side in (-1, 1):
        leaf = [(x, 4.0), (x + side * 5, 9.0), (x + side * 1, 8.0)]
        yield Placed(
            Layer.ROOM, curve(LIGHT, [camera.spot((a, b, 0)) for a, b in leaf], closed=True)
        )


def _water(thing: Thing, body: Body, camera: Camera) -> Iterator[Placed]:
    del body
    (start, end), top = span(thing, "x", (-60, 60)), thing.number("h", 10)
    count = 12
    wave = [
        camera.spot((start + (end - start) * k / count, top + 1.5 * sin(k * pi / 2), 0))
        for k in range(count + 1)
    ]
    yield Placed(Layer.OVER, curve("w", wave))


ROOM: Mapping[str, Draw] = {
    "ball": _ball,
    "basin": _basin,
    "bed": _bed,
    "bench": _bench,
    "bike": _bike,
    "box": _box,
    "carseat": _carseat,
    "chair": _chair,
    "flywheel": _ball,
    "line": _line,
    "mat": _mat,
    "plant": _plant,
    "rower": _rower,
    "shelf": _shelf,
    "slope": _slope,
    "sofa": _sofa,
    "stairs": _stairs,
    "wall": _wall,
    "water": _water,
    "wheel": _wheel,
}
"""What stands in the room, by its kind."""
