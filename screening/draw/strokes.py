"""From points in space to strokes on a sheet: the camera, and outlines of all sorts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin, sqrt

from screening.draw.vectors import Turn, Vector, across, add, dot

Spot = tuple[float, float]
"""A place on the sheet: to the right and up."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One outline on the sheet: how it looks, its path, and what it reaches to."""

    look: str
    path: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Camera:
    """From where a figure is seen: from its right, turned toward its front, or from above."""

    view: float = 0.0
    pitch: float = 0.0

    @property
    def right(self) -> Vector:
        """What is to the right on the sheet."""
        a = radians(self.view)
        return cos(a), 0.0, -sin(a)

    @property
    def toward(self) -> Vector:
        """What is toward the reader."""
        a, p = radians(self.view), radians(self.pitch)
        return sin(a) * cos(p), sin(p), cos(a) * cos(p)

    @property
    def up(self) -> Vector:
        """What is up on the sheet."""
        a, p = radians(self.view), radians(self.pitch)
        return -sin(a) * sin(p), cos(p), -cos(a) * sin(p)

    def spot(self, point: Vector) -> Spot:
        """Return where a point is on the sheet."""
        return dot(point, self.right), dot(point, self.up)

    def depth(self, point: Vector) -> float:
        """Return how near the reader a point is."""
        return dot(point, self.toward)

    def room(self, run: float, rise: float) -> Vector:
        """Return a direction on the sheet as one in the room."""
        return add(add((0.0, 0.0, 0.0), self.right, run), self.up, rise)


def n(number: float) -> str:
    """Return a number with one decimal, the same on every machine.

    >>> n(2.04), n(-0.04), n(13.0)
    ('2', '0', '13')
    """
    text = f"{number:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")


def at(spot: Spot) -> str:
    """Return a place as it stands in a path, where up is down."""
    return f"{n(spot[0])} {n(-spot[1])}"


def line(look: str, spots: Sequence[Spot], *, closed: bool = False) -> Stroke:
    """Return straight lines from place to place."""
    path = "M" + "L".join(map(at, spots)) + ("Z" if closed else "")
    return Stroke(look, path, tuple(spots))


def curve(look: str, spots: Sequence[Spot], *, closed: bool = False) -> Stroke:
    """Return a smooth line through places (Catmull-Rom, as Bézier curves)."""
    return Stroke(look, smooth(spots, closed=closed), tuple(spots))


def smooth(spots: Sequence[Spot], *, closed: bool = False) -> str:
    """Return the path of a smooth line through places."""
    count = len(spots)

    def spot(index: int) -> Spot:
        return spots[index % count] if closed else spots[max(0, min(count - 1, index))]

    path = ["M" + at(spots[0])]
    for index in range(count if closed else count - 1):
        before, one, two, after = (spot(index + step) for step in (-1, 0, 1, 2))
        a = one[0] + (two[0] - before[0]) / 6, one[1] + (two[1] - before[1]) / 6
        b = two[0] - (after[0] - one[0]) / 6, two[1] - (after[1] - one[1]) / 6
        path.append(f"C{at(a)} {at(b)} {at(two)}")
    return "".join(path) + ("Z" if closed else "")


def disc(look: str, spot: Spot, radius: float) -> Stroke:
    """Return a circle."""
    return Stroke(look, circle(spot, radius), _around(spot, radius))


def circle(spot: Spot, radius: float) -> str:
    """Return the path of a circle."""
    return oval(spot, radius, radius, 0.0)


def box_path(left: float, top: float, wide: float, high: float) -> str:
    """Return the path of a rectangle."""
    right, low = left + wide, top - high
    corners = (left, top), (right, top), (right, low), (left, low)
    return "M" + "L".join(map(at, corners)) + "Z"


def oval(spot: Spot, wide: float, high: float, tilt: float) -> str:
    """Return the path of an ellipse whose first axis is tilted by so many degrees."""
    run, rise = wide * cos(radians(tilt)), wide * sin(radians(tilt))
    one, two = (spot[0] - run, spot[1] - rise), (spot[0] + run, spot[1] + rise)
    arc = f"A{n(wide)} {n(high)} {n(-tilt)} 0 1 "
    return f"M{at(one)}{arc}{at(two)}{arc}{at(one)}Z"


def _around(spot: Spot, radius: float) -> tuple[Spot, ...]:
    x, y = spot
    return (x - radius, y), (x + radius, y), (x, y - radius), (x, y + radius)


def capsules(look: str, camera: Camera, *parts: tuple[Vector, float, Vector, float]) -> Stroke:
    """Return tapered limbs that are joined: each from a point and a radius to another."""
    flat = [(camera.spot(a), r, camera.spot(b), s) for a, r, b, s in parts]
    spots = [spot for a, r, b, s in flat for spot in (*_around(a, r), *_around(b, s))]
    return Stroke(look, "".join(_capsule(*one) for one in flat), tuple(spots))


def _capsule(a: Spot, r: float, b: Spot, s: float) -> str:
    """Return the path around two circles and what is between them."""
    run, rise = b[0] - a[0], b[1] - a[1]
    far = hypot(run, rise)
    if far <= abs(r - s) + 0.01:
        return circle(a, r) if r >= s else circle(b, s)
    lean, spread = degrees(atan2(rise, run)), degrees(atan2(sqrt(far**2 - (r - s) ** 2), r - s))

    def edge(spot: Spot, radius: float, angle: float) -> str:
        x, y = cos(radians(angle)), sin(radians(angle))
        return at((spot[0] + radius * x, spot[1] + radius * y))

    one, two = lean + spread, lean - spread
    big_a, big_b = int(r > s), int(s > r)
    return (
        f"M{edge(a, r, one)}L{edge(b, s, one)}A{n(s)} {n(s)} 0 {big_b} 1 {edge(b, s, two)}"
        f"L{edge(a, r, two)}A{n(r)} {n(r)} 0 {big_a} 1 {edge(a, r, one)}Z"
    )


def ball(look: str, camera: Camera, middle: Vector, axes: Turn) -> Stroke:
    """Return an ellipsoid with these half axes, as seen."""
    flat = [(dot(axis, camera.right), dot(axis, camera.up)) for axis in axes]
    xx, yy, xy = (
        sum(one[0] ** 2 for one in flat),
        sum(one[1] ** 2 for one in flat),
        sum(one[0] * one[1] for one in flat),
    )
    spread = sqrt(((xx - yy) / 2) ** 2 + xy**2)
    wide, high = sqrt((xx + yy) / 2 + spread), sqrt(max(0.01, (xx + yy) / 2 - spread))
    tilt = degrees(atan2(2 * xy, xx - yy)) / 2
    spot = camera.spot(middle)
    return Stroke(look, oval(spot, wide, high, tilt), _around(spot, wide))


def hull(spots: Iterable[Spot]) -> list[Spot]:
    """Return the outermost of some places, in order around them."""
    ordered = sorted(set(spots))
    return _half(ordered)[:-1] + _half(ordered[::-1])[:-1]


def _half(spots: Sequence[Spot]) -> list[Spot]:
    kept: list[Spot] = []
    for spot in spots:
        while len(kept) > 1 and _turn(kept[-2], kept[-1], spot) <= 0:
            kept.pop()
        kept.append(spot)
    return kept


def _turn(a: Spot, b: Spot, c: Spot) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def arrow(spots: tuple[Spot, Spot], bend: float, look: str) -> tuple[Stroke, Stroke]:
    """Return an arrow between two places, bowed to its left: its line and its head."""
    (x, y), (to_x, to_y) = spots
    aside = across(to_x - x, to_y - y)
    knee = ((x + to_x) / 2 + aside[0] * bend * 2, (y + to_y) / 2 + aside[1] * bend * 2)
    run, rise = to_x - knee[0], to_y - knee[1]
    size = hypot(run, rise) or 1.0
    run, rise = run / size, rise / size
    neck = (to_x - 4.5 * run, to_y - 4.5 * rise)
    stem = Stroke(look, f"M{at((x, y))}Q{at(knee)} {at(neck)}", (*spots, knee))
    wing = (-rise * 3.4, run * 3.4)
    left, right = (neck[0] + wing[0], neck[1] + wing[1]), (neck[0] - wing[0], neck[1] - wing[1])
    return stem, line(f"{look}h", [left, (to_x, to_y), right], closed=True)


def bow(spots: tuple[Spot, Spot], bend: float, share: float) -> Spot:
    """Return a place on an arrow: so much of the way along it."""
    (x, y), (to_x, to_y) = spots
    aside = across(to_x - x, to_y - y)
    knee = ((x + to_x) / 2 + aside[0] * bend * 2, (y + to_y) / 2 + aside[1] * bend * 2)
    a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share**2
    return a * x + b * knee[0] + c * to_x, a * y + b * knee[1] + c * to_y


def box(look: str, camera: Camera, low: Vector, high: Vector) -> list[Stroke]:
    """Return the sides of a box that are seen."""
    strokes = []
    for axis in range(3):
        facing = camera.toward[axis]
        if abs(facing) < 0.02:  # noqa: PLR2004 - seen from its edge
            continue
        fixed = high[axis] if facing > 0 else low[axis]
        a, b = (one for one in range(3) if one != axis)
        corners = [(low[a], low[b]), (high[a], low[b]), (high[a], high[b]), (low[a], high[b])]
        points = [_corner({axis: fixed, a: one, b: two}) for one, two in corners]
        strokes.append(line(look, [camera.spot(point) for point in points], closed=True))
    return strokes


def _corner(place: dict[int, float]) -> Vector:
    return place[0], place[1], place[2]
