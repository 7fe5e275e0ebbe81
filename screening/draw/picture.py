"""From a figure to a picture: its panels side by side, with their arrows, on one ground line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from screening.draw.body import Body, posed
from screening.draw.layers import Layer
from screening.draw.person import arm, back_line, far_side, head, leg, trunk
from screening.draw.strokes import Camera, Spot, Stroke, arrow, at, circle, line
from screening.draw.things import drawn
from screening.draw.vectors import add
from screening.model.figure import SIDES, Arrow, Figure, Panel, Thing

BETWEEN = 14.0
EDGE = 3.0
GROUND = "g"


@dataclass(frozen=True)
class Shot:
    """One panel: its body, the things in it, and how it is seen."""

    body: Body
    things: tuple[Thing, ...]
    camera: Camera
    panel: Panel

    @cached_property
    def strokes(self) -> tuple[Stroke, ...]:
        """All its strokes, from behind to the front."""
        return tuple(_layered(self))


@dataclass(frozen=True, slots=True)
class Placement:
    """A panel on the sheet: how far it is moved to the right, and all its strokes.

    One that is mirrored is turned over first.
    """

    right: float
    strokes: tuple[Stroke, ...]
    mirrored: bool = False

    @property
    def span(self) -> tuple[float, float]:
        """From where to where it goes on the sheet."""
        low, high = _reach(self.strokes, 0)
        return (
            (self.right - high, self.right - low)
            if self.mirrored
            else (self.right + low, self.right + high)
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure on the sheet: its box, and its panels."""

    figure: Figure
    left: float
    top: float
    width: float
    height: float
    panels: tuple[Placement, ...]
    marks: tuple[Stroke, ...] = ()


def shots(figure: Figure) -> tuple[Shot, ...]:
    """Return the panels of a figure in space."""
    camera = Camera(figure.view, figure.pitch)
    return tuple(
        Shot(posed(panel.pose), (*figure.things, *panel.things), camera, panel)
        for panel in figure.panels
    )


def picture(figure: Figure) -> Picture:
    """Return a figure as a picture; the same figure gives the same picture."""
    return laid_out(figure, shots(figure))


def laid_out(figure: Figure, taken: tuple[Shot, ...]) -> Picture:
    """Return the panels of a figure as a picture."""
    rows = [list(shot.strokes) for shot in taken]
    for one in figure.arrows:
        rows[-1 if one.last else 0] += _arrow(one, taken)
    panels, right = [], 0.0
    for strokes in rows:
        low, high = _reach(strokes, 0)
        ground = line(GROUND, [(low - 2, 0.0), (high + 2, 0.0)])
        begin = high + 2 if figure.mirrored else 2 - low
        panels.append(Placement(right + begin, (ground, *strokes), figure.mirrored))
        right += high - low + 4 + BETWEEN
    everything = [stroke for one in panels for stroke in one.strokes]
    bottom, top = _reach(everything, 1)
    top = max(top, 0.0)
    marks = tuple(_between(panels)) + tuple(_icon(figure.icon, right - BETWEEN, top))
    wide = right - BETWEEN + (16.0 if figure.icon else 0.0)
    height = top - min(bottom, 0.0) + 2 * EDGE
    return Picture(figure, -EDGE, top + EDGE, wide + 2 * EDGE, height, tuple(panels), marks)


def _reach(strokes: Sequence[Stroke], axis: int) -> tuple[float, float]:
    """Return from where to where strokes go, to the right or up."""
    found = [spot[axis] for stroke in strokes for spot in stroke.spots]
    return min(found), max(found)


def _between(panels: list[Placement]) -> Iterator[Stroke]:
    """Yield a small arrow between each panel and the next."""
    for one, two in pairwise(panels):
        mid = (one.span[1] + two.span[0]) / 2
        yield from arrow(((mid - 4.5, 22.0), (mid + 4.5, 22.0)), 0.0, "n")


def _icon(word: str, right: float, top: float) -> Iterator[Stroke]:
    """Yield a clock, a rising sun or a moon in the upper right corner."""
    x, y = right + 10, top - 8
    if word == "clock":
        yield Stroke("ic", circle((x, y), 6), ((x, y),))
        yield line("w", [(x, y + 4.4), (x, y), (x + 3, y - 1.5)])
    elif word == "sun":
        half = f"M{at((x - 5, y - 3))}A5 5 0 0 1 {at((x + 5, y - 3))}Z"
        yield Stroke("iq", half, ((x, y),))
        yield line("w", [(x - 8, y - 3), (x + 8, y - 3)])
        for run, rise in ((-1, 1), (0, 1.3), (1, 1)):
            yield line("w", [(x + run * 5, y - 3 + rise * 5), (x + run * 7, y - 3 + rise * 7)])
    elif word == "night":
        outer, inner = at((x + 3, y + 5)), at((x + 3, y - 5))
        yield Stroke("iq", f"M{outer}A6 6 0 1 0 {inner}A7 7 0 0 1 {outer}Z", ((x, y),))


def _arrow(one: Arrow, taken: tuple[Shot, ...]) -> list[Stroke]:
    return list(arrow(arrow_ends(one, taken), one.bend, "a"))


def arrow_ends(one: Arrow, taken: tuple[Shot, ...]) -> tuple[Spot, Spot]:
    """Return from where to where an arrow goes."""
    first, last = taken[0], taken[-1]
    if one.by:
        x, y = one.shift[:2]
        begin, end = (
            shot.camera.spot(add(shot.body.points[one.by], shot.camera.room(x, y)))
            for shot in (first, last)
        )
        return begin, end
    ends = []
    for place in (one.start, one.end):
        x, y, *z = place
        ends.append(first.camera.spot((x, y, z[0] if z else 0.0)))
    return ends[0], ends[1]


def _layered(shot: Shot) -> Iterator[Stroke]:
    """Yield the strokes of a panel from behind to the front."""
    things: dict[Layer, list[Stroke]] = {layer: [] for layer in Layer}
    for thing in shot.things:
        for placed in drawn(thing, shot.body, shot.camera):
            things[placed.layer].append(placed.stroke)
    behind, legs, arms = _limbs(shot)
    yield from (*things[Layer.ROOM], *behind, *things[Layer.FAR])
    yield from trunk(shot.body, shot.camera)
    yield from head(shot.body, shot.camera)
    yield from (*legs, *things[Layer.HELD], *arms, *things[Layer.OVER])
    line_ = back_line(shot.body, shot.camera)
    if line_ is not None:
        yield Stroke("c", line_.path, line_.spots)
        yield line_


LIMBS = {"arm": arm, "leg": leg}


def _limbs(shot: Shot) -> tuple[list[Stroke], list[Stroke], list[Stroke]]:
    """Return the strokes of limbs behind the trunk, and of legs and arms in front of it."""
    far = far_side(shot.body, shot.camera)
    behind: list[Stroke] = []
    front: dict[str, list[Stroke]] = {"arm": [], "leg": []}
    for kind, strokes_of in LIMBS.items():
        for side in _sides(shot, kind):
            strokes = strokes_of(shot.body, shot.camera, side, far)
            (front[kind] if _in_front(shot, kind, side, far) else behind).extend(strokes)
    return behind, front["leg"], front["arm"]


def _sides(shot: Shot, kind: str) -> list[str]:
    """Return both sides, the farther limb first."""
    end = "hand" if kind == "arm" else "knee"
    return sorted(SIDES, key=lambda side: shot.camera.depth(shot.body.points[f"{end}_{side}"]))


def _in_front(shot: Shot, kind: str, side: str, far: str) -> bool:
    """Tell whether a limb is drawn before the trunk: the near one, or what is nearer."""
    said = shot.body.pose.words.get(f"layer_{side}") if kind == "arm" else None
    if said:
        return said == "front"
    if far:
        return side != far
    end, root = ("wrist", "T6") if kind == "arm" else ("knee", "pelvis")
    depth = shot.camera.depth
    return depth(shot.body.points[f"{end}_{side}"]) > depth(shot.body.points[root]) - 1.0
