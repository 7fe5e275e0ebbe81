"""From a body to its strokes: limbs, trunk, head, and the line that shows what the back does."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, pi, sin, sqrt

from screening.draw.body import SIGN, Body
from screening.draw.strokes import (
    Camera,
    Spot,
    Stroke,
    ball,
    capsules,
    curve,
    disc,
    hull,
    line,
    smooth,
)
from screening.draw.vectors import Turn, Vector, across, add, dot, middle, out_of, unit

FAR_APART = 0.35  # of the width of the hips, in depth: from there one side is far
SIDEWAYS = 0.8  # of it: from there the figure is seen from the side
HEAD = (5.3, 6.0, 4.9)
HALF = 4.6

STATIONS = (
    ("pelvis", -4.6, 5.6, 3.4, 4.4),
    ("pelvis", 0.5, 7.6, 4.9, 6.2),
    ("pelvis", 5.0, 7.6, 5.0, 5.7),
    ("L5", 0.0, 7.0, 4.9, 4.8),
    ("waist", 4.25, 6.6, 4.9, 4.1),
    ("T12", 0.0, 7.0, 5.2, 4.3),
    ("lower_chest", 4.25, 7.8, 5.6, 4.9),
    ("T6", 0.0, 8.6, 5.8, 5.4),
    ("upper_chest", 5.44, 8.8, 4.7, 4.9),
    ("neck", 0.0, 4.2, 2.4, 2.5),
)
"""Where the trunk is measured: from which point, how far up, half its width, front and back."""

BASES = {
    "pelvis": ("pelvis", "pelvis", "pelvis"),
    "L5": ("L5", "pelvis", "waist"),
    "waist": ("L5", "waist", "waist"),
    "T12": ("T12", "waist", "lower_chest"),
    "lower_chest": ("T12", "lower_chest", "lower_chest"),
    "T6": ("T6", "lower_chest", "upper_chest"),
    "upper_chest": ("T6", "upper_chest", "upper_chest"),
    "neck": ("neck", "upper_chest", "upper_chest"),
}
SHIRT, TROUSERS = slice(2, 10), slice(0, 4)
BACK = slice(1, 9)


def far_side(body: Body, camera: Camera) -> str:
    """Return which side is far from the reader; neither where both are as near."""
    apart = _apart(body, camera)
    if abs(apart) <= FAR_APART:
        return ""
    return "l" if apart > 0 else "r"


def _apart(body: Body, camera: Camera) -> float:
    """Return how far apart in depth the hips are, of their width."""
    hips = camera.depth(body.points["hip_r"]) - camera.depth(body.points["hip_l"])
    return hips / (2 * HALF)


def from_the_side(body: Body, camera: Camera) -> bool:
    """Tell whether a body is seen so much from the side that its back has an outline."""
    return abs(_apart(body, camera)) > SIDEWAYS


def tone(side: str, far: str) -> str:
    """Return how the far side looks, and the near one."""
    return "f" if side == far else "n"


def leg(body: Body, camera: Camera, side: str, far: str) -> Iterator[Stroke]:
    """Yield a leg and its shoe."""
    p, end = body.points, tone(side, far)
    hip, knee, ankle = (p[f"{name}_{side}"] for name in ("hip", "knee", "ankle"))
    calf = add(knee, _way(knee, ankle), 0.3)
    yield capsules(
        f"t{end}", camera, (hip, 5.3, knee, 3.7), (knee, 3.7, calf, 3.5), (calf, 3.5, ankle, 2.4)
    )
    heel, ball_, toe = (p[f"{name}_{side}"] for name in ("heel", "ball", "toe"))
    yield capsules(
        f"s{end}",
        camera,
        (heel, 2.0, ball_, 1.6),
        (ball_, 1.6, toe, 1.3),
        (ankle, 2.2, ball_, 1.6),
        (ankle, 2.2, heel, 2.0),
    )


def _way(a: Vector, b: Vector) -> Vector:
    return b[0] - a[0], b[1] - a[1], b[2] - a[2]


def arm(body: Body, camera: Camera, side: str, far: str) -> Iterator[Stroke]:
    """Yield an arm: forearm and hand, and the sleeve over them."""
    p, end = body.points, tone(side, far)
    shoulder, elbow, wrist, hand = (
        p[f"{name}_{side}"] for name in ("shoulder", "elbow", "wrist", "hand")
    )
    long = body.pose.words.get(f"hand_{side}", "fist") != "fist"
    tip = 1.5 if long else 2.1
    yield capsules(f"k{end}", camera, (elbow, 2.3, wrist, 1.7), (wrist, 1.7, hand, tip))
    cuff = add(elbow, _way(elbow, wrist), 0.12)
    yield capsules(f"h{end}", camera, (shoulder, 3.2, elbow, 2.6), (elbow, 2.6, cuff, 2.5))


def stations(body: Body) -> list[tuple[Vector, Turn, float, float, float]]:
    """Return the trunk where it is measured: middles, frames and half axes."""
    found = []
    for base, up, wide, front, back in STATIONS:
        point, one, two = BASES[base]
        frame = _between(body.frames[one], body.frames[two])
        found.append((add(body.points[point], frame[1], up), frame, wide, front, back))
    return found


def _between(one: Turn, two: Turn) -> Turn:
    """Return the frame in the middle of two that are not far apart."""
    x, y, z = (unit(add(a, b)) for a, b in zip(one, two, strict=True))
    return x, y, z


def edges(body: Body, camera: Camera) -> list[tuple[Spot, Spot]]:
    """Return the outline of the trunk: at each station the place in front and the one behind."""
    at = stations(body)
    spots = [camera.spot(one[0]) for one in at]
    found = []
    for index, (mid, frame, wide, front, back) in enumerate(at):
        before, after = spots[max(0, index - 1)], spots[min(len(at) - 1, index + 1)]
        run, rise = across(after[0] - before[0], after[1] - before[1])
        side = camera.room(run, rise)
        turn = -1.0 if dot(side, frame[0]) < 0 else 1.0
        out = add((0.0, 0.0, 0.0), side, turn)
        x, y = camera.spot(mid)
        aside = wide * dot(out, frame[2])
        fore = sqrt(aside**2 + (front * dot(out, frame[0])) ** 2)
        aft = sqrt(aside**2 + (back * dot(out, frame[0])) ** 2)
        dx, dy = turn * run, turn * rise
        found.append(((x + fore * dx, y + fore * dy), (x - aft * dx, y - aft * dy)))
    if not from_the_side(body, camera):
        found = _same_side(found)
    return found


def _same_side(found: list[tuple[Spot, Spot]]) -> list[tuple[Spot, Spot]]:
    """Return an outline whose two lines do not cross: front is not always on one side."""
    kept = found[:1]
    for one in found[1:]:
        (ax, ay), (bx, by) = kept[-1]
        straight = _far(one[0], (ax, ay)) + _far(one[1], (bx, by))
        crossed = _far(one[1], (ax, ay)) + _far(one[0], (bx, by))
        kept.append(one if straight <= crossed else (one[1], one[0]))
    return kept


def _far(a: Spot, b: Spot) -> float:
    return sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)


def trunk(body: Body, camera: Camera) -> Iterator[Stroke]:
    """Yield the neck, the trunk in its shirt, and the top of the trousers."""
    p = body.points
    yield capsules("kn", camera, (add(p["neck"], _way(p["neck"], p["T6"]), 0.2), 2.6,
                                  middle(p["neck"], p["head"]), 2.6))  # fmt: skip
    outline = edges(body, camera)
    for look, part in (("hn", SHIRT), ("tn", TROUSERS)):
        front, back = zip(*outline[part], strict=True)
        yield curve(look, [*front, *reversed(back)], closed=True)


def back_line(body: Body, camera: Camera) -> Stroke | None:
    """Return the outline of the back from above the buttock to the neck, from the side only."""
    if not from_the_side(body, camera):
        return None
    spots = [back for _, back in edges(body, camera)[BACK]]
    return Stroke("b", smooth(spots), tuple(spots))


def head(body: Body, camera: Camera) -> Iterator[Stroke]:
    """Yield the head: hair behind it, nose, face, hair over the crown, and eyes."""
    frame, mid = body.frames["head"], body.points["head"]
    axes = tuple(add((0.0, 0.0, 0.0), one, size) for one, size in zip(frame, HEAD, strict=True))
    x, y, z = axes
    yield ball("r", camera, add(mid, out_of(frame, (-0.9, 0.9, 0.0))), (x, y, z))
    yield disc("kn", camera.spot(add(mid, out_of(frame, (5.2, -0.9, 0.0)))), 1.1)
    yield ball("kn", camera, mid, (x, y, z))
    yield from _cap(frame, mid, camera)
    for mark in SIGN.values():
        eye = (0.86, 0.1, 0.5 * mark)
        if dot(out_of(frame, eye), camera.toward) > 0.25:  # noqa: PLR2004 - it is seen
            spot = tuple(size * part for size, part in zip(HEAD, eye, strict=True))
            yield disc("e", camera.spot(add(mid, out_of(frame, (spot[0], spot[1], spot[2])))), 0.7)


CROWN = unit((-0.8, 0.6, 0.0))
SEEN = 0.1
HAIRY = 0.3
RINGS = 14


def _cap(frame: Turn, mid: Vector, camera: Camera) -> Iterator[Stroke]:
    """Yield the hair over the crown, as far as it is seen."""
    spots = []
    for ring in range(1, RINGS):
        for part in range(2 * RINGS):
            lift, round_ = pi * ring / RINGS, pi * part / RINGS
            own = (sin(lift) * cos(round_), cos(lift), sin(lift) * sin(round_))
            out = out_of(frame, unit((own[0] / HEAD[0], own[1] / HEAD[1], own[2] / HEAD[2])))
            if dot(own, CROWN) > HAIRY and dot(out, camera.toward) > -SEEN:
                place = (own[0] * HEAD[0], own[1] * HEAD[1], own[2] * HEAD[2])
                spots.append(camera.spot(add(mid, out_of(frame, place))))
    if len(spots) > 2:  # noqa: PLR2004 - an area
        yield line("r", hull(spots), closed=True)
