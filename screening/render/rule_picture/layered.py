"""From boxes and arrows to places: layers from left to right, few crossings, short arrows.

The method is Sugiyama's (1981) in its plainest form: layers by the longest way to the end, bends
where an arrow passes a layer, order by the mean of the neighbours, then heights by least squares
under that order (isotonic regression). The same boxes give the same picture.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from screening.model.dependency_order import in_dependency_order

GAP = 14.0  # between boxes of a layer
BETWEEN = 56.0  # between layers: room for arrows
BEND = 4.0  # the height of a bend
ROUNDS = 12
Arrow = tuple[str, str]


class Extent(NamedTuple):
    """How wide and high a box is."""

    width: float
    height: float


class Spot(NamedTuple):
    """A place, from the upper left."""

    x: float
    y: float


@dataclass(frozen=True)
class Arranged:
    """The middle of each box, the way of each arrow, and how large it all is."""

    middles: Mapping[str, Spot]
    ways: Mapping[Arrow, tuple[Spot, ...]]
    whole: Extent


def arranged(boxes: Mapping[str, Extent], arrows: Iterable[Arrow]) -> Arranged:
    """Return where boxes stand so that every arrow goes from left to right.

    Raises:
        CircularFindingsError: when arrows lead in a circle.

    """
    ways = tuple(dict.fromkeys(arrows))
    layer = _layers(boxes, ways)
    chains = {arrow: _chain(arrow, layer) for arrow in ways}
    sizes = dict(boxes)
    for chain in chains.values():
        sizes.update((bend, Extent(0, BEND)) for bend in chain[1:-1])
        for start, end in pairwise(chain):
            layer.setdefault(end, layer[start] - 1)
    steps = [step for chain in chains.values() for step in pairwise(chain)]
    rows = _ordered(layer, steps)
    heights = _heights(rows, steps, sizes)
    columns = _columns(rows, sizes)
    middles = {name: Spot(columns[layer[name]], heights[name]) for name in sizes}
    wide = columns[0] + max((sizes[name].width / 2 for name in rows[0]), default=0) if rows else 0
    high = max((middles[name].y + sizes[name].height / 2 for name in sizes), default=0)
    drawn = {arrow: _way([*chain], middles, sizes) for arrow, chain in chains.items()}
    return Arranged({name: middles[name] for name in boxes}, drawn, Extent(wide, high))


def _layers(boxes: Mapping[str, Extent], arrows: Sequence[Arrow]) -> dict[str, int]:
    """Return how many steps each box is from the end, the longest way counted."""
    after: dict[str, list[str]] = {name: [] for name in boxes}
    for start, end in arrows:
        after[start].append(end)
    layer: dict[str, int] = {}
    for name in in_dependency_order({name: tuple(ends) for name, ends in after.items()}):
        layer[name] = max((layer[end] + 1 for end in after[name]), default=0)
    return layer


def _chain(arrow: Arrow, layer: Mapping[str, int]) -> tuple[str, ...]:
    """Return an arrow as a way through every layer, with a bend in each that it passes."""
    start, end = arrow
    bends = (f"{start}\0{end}\0{step}" for step in range(layer[start] - 1, layer[end], -1))
    return (start, *bends, end)


def _ordered(layer: Mapping[str, int], steps: Sequence[Arrow]) -> list[list[str]]:
    """Return the boxes of each layer from above to below; of all rounds the fewest crossings."""
    count = max(layer.values(), default=-1) + 1
    rows: list[list[str]] = [[name for name in layer if layer[name] == n] for n in range(count)]
    near = _neighbours(layer, steps)
    best, fewest = [[*row] for row in rows], _crossings(rows, near)
    for turn in range(ROUNDS):
        side = turn % 2
        sweep = range(1, count) if side == 0 else range(count - 2, -1, -1)
        for n in sweep:
            place = {name: i for i, name in enumerate(rows[n - 1 if side == 0 else n + 1])}
            rows[n] = _by_mean(rows[n], near[side], place)
        crossed = _crossings(rows, near)
        if crossed < fewest:
            best, fewest = [[*row] for row in rows], crossed
    return best


def _neighbours(
    layer: Mapping[str, int], steps: Sequence[Arrow]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return what each box leads to, and what leads to it."""
    after: dict[str, list[str]] = {name: [] for name in layer}
    before: dict[str, list[str]] = {name: [] for name in layer}
    for start, end in steps:
        after[start].append(end)
        before[end].append(start)
    return after, before


def _by_mean(row: list[str], near: Mapping[str, list[str]], place: Mapping[str, int]) -> list[str]:
    """Return a layer ordered by the mean place of the neighbours; one without stays behind."""

    def mean(name: str) -> float:
        places = [place[one] for one in near[name] if one in place]
        return sum(places) / len(places) if places else len(place)

    return sorted(row, key=mean)


def _crossings(
    rows: Sequence[list[str]], near: tuple[Mapping[str, list[str]], Mapping[str, list[str]]]
) -> int:
    """Return how often arrows between neighbouring layers cross."""
    crossed = 0
    for n in range(1, len(rows)):
        place = {name: i for i, name in enumerate(rows[n - 1])}
        ends = [sorted(place[end] for end in near[0][name]) for name in rows[n]]
        seen: list[int] = []
        for end in (end for own in ends for end in own):
            crossed += len(seen) - bisect_right(seen, end)
            insort(seen, end)
    return crossed


def _heights(
    rows: Sequence[list[str]], steps: Sequence[Arrow], sizes: Mapping[str, Extent]
) -> dict[str, float]:
    """Return the height of each middle: near its neighbours, in order, without overlap."""
    at: dict[str, float] = {}
    for row in rows:
        at.update(_apart(row, dict.fromkeys(row, 0.0), sizes))
    after, before = _neighbours(dict.fromkeys(at, 0), steps)
    for turn in range(ROUNDS):  # the last one goes from left to right: causes stand together
        near, sweep = (before, reversed(rows)) if turn % 2 else (after, iter(rows))
        for row in sweep:
            wish = {one: _mean([at[o] for o in near[one]], at[one]) for one in row}
            at.update(_apart(row, wish, sizes))
    top = min((at[name] - sizes[name].height / 2 for name in at), default=0.0)
    return {name: height - top for name, height in at.items()}


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _apart(
    row: Sequence[str], wish: Mapping[str, float], sizes: Mapping[str, Extent]
) -> dict[str, float]:
    """Return the places nearest to those wished for in which a layer keeps its order and gaps."""
    offsets, below = [], 0.0
    for name in row:
        offsets.append(below + sizes[name].height / 2)
        below += sizes[name].height + GAP
    pools: list[tuple[float, int]] = []  # the mean of what stands together, and how many
    for name, offset in zip(row, offsets, strict=True):
        mean, count = wish[name] - offset, 1
        while pools and pools[-1][0] > mean:
            other, more = pools.pop()
            mean, count = (mean * count + other * more) / (count + more), count + more
        pools.append((mean, count))
    starts = [mean for mean, count in pools for _ in range(count)]
    return {n: start + off for n, start, off in zip(row, starts, offsets, strict=True)}


def _columns(rows: Sequence[list[str]], sizes: Mapping[str, Extent]) -> dict[int, float]:
    """Return the middle of each layer; the last layer stands to the left."""
    found, left = {}, 0.0
    for n in range(len(rows) - 1, -1, -1):
        wide = max((sizes[name].width for name in rows[n]), default=0.0)
        found[n] = left + wide / 2
        left += wide + BETWEEN
    return found


def _way(
    chain: Sequence[str], middles: Mapping[str, Spot], sizes: Mapping[str, Extent]
) -> tuple[Spot, ...]:
    """Return the points of an arrow: from the right side of a box to the left of another."""
    start, end = chain[0], chain[-1]
    first = Spot(middles[start].x + sizes[start].width / 2, middles[start].y)
    last = Spot(middles[end].x - sizes[end].width / 2, middles[end].y)
    return (first, *(middles[bend] for bend in chain[1:-1]), last)
