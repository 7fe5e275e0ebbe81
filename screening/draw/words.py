"""From a figure to the words that say the same: what each pose is, read off its angles."""

from __future__ import annotations

from collections.abc import Iterator
from math import atan2, degrees

from screening.draw.body import Body
from screening.draw.picture import Shot, shots
from screening.draw.vectors import minus
from screening.model.figure import SIDES, BackShape, Figure

UPRIGHT = 14
LEAST = 25
BACKS = {
    BackShape.STRAIGHT: "back straight",
    BackShape.ROUNDED: "back rounded",
    BackShape.ARCHED: "back arched",
}
ROUNDED, ARCHED = 24.0, -14.0
LOW, HIGH = 10.0, 15.0
OVERHEAD = 8.0
NAMES = ("First", "Then")


def words_of(figure: Figure) -> str:
    """Return what a figure shows, in words: position, trunk, back, hips, knees and hands."""
    told = [_capital(", ".join(_parts(one))) for one in shots(figure)]
    if len(told) > 1:
        told = [
            f"{name}: {one[0].lower()}{one[1:]}" for name, one in zip(NAMES, told, strict=True)
        ]
    if figure.says:
        told.append(figure.says.rstrip("."))
    return ". ".join(told) + "."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _parts(shot: Shot) -> Iterator[str]:
    """Yield what a pose is, part by part."""
    body = shot.body
    yield body.pose.says or "standing"
    lean = _lean(body)
    if not _lying(body) and abs(lean) >= UPRIGHT:
        way = "forward" if lean > 0 else "back"
        yield f"leaning {way} about {_round(lean)} degrees"
    back = BACKS.get(shape_of(body))
    if back:
        yield back
    yield from _bends("hip", [body.swing("hip", side)[0] for side in SIDES])
    yield from _bends("knee", [body.angle("knee", side) for side in SIDES])
    yield from _hands(body)
    yield from _with(shot)


WITH = {
    "bar": "a barbell", "dumbbell": "dumbbells", "kettlebell": "a kettlebell", "band": "a band",
    "cable": "a cable", "dowel": "a stick along the back", "strap": "a strap",
    "hbar": "a bar above", "box": "a box", "bench": "a bench", "chair": "a chair",
    "ball": "a ball", "medball": "a ball",
    "wall": "a wall", "bed": "a bed", "stairs": "stairs", "bags": "bags", "crate": "a box",
    "slope": "a slope", "rower": "a rowing machine", "basin": "a basin", "shelf": "a shelf",
    "lever": "the handles of a machine", "landmine": "a barbell with one end on the floor",
    "trap_bar": "a trap bar", "handle": "a handle", "mat": "a mat",
}  # fmt: skip

IN_ONE_HAND = {
    "dumbbell": "a dumbbell in one hand", "bags": "a bag in one hand",
    "cable": "a cable in one hand", "band": "a band in one hand",
    "landmine": "one hand on a barbell with its other end on the floor",
}  # fmt: skip
"""What is said of a thing that both hands could hold, where only one does."""


def _with(shot: Shot) -> Iterator[str]:
    """Yield the things that are there."""
    hands: dict[str, str] = {}
    for one in shot.things:
        if one.kind in WITH:
            hands[one.kind] = hands.get(one.kind, "") + one.words.get("hands", "rl")
    named = dict.fromkeys(_named(kind, set(held)) for kind, held in hands.items())
    if named:
        *others, last = named
        yield f"with {', '.join(others)} and {last}" if others else f"with {last}"


def _named(kind: str, hands: set[str]) -> str:
    """Return what a thing is called, by the hands that hold it."""
    return IN_ONE_HAND.get(kind, WITH[kind]) if len(hands) == 1 else WITH[kind]


def _lean(body: Body) -> float:
    """Return how far the trunk leans, forward or back."""
    x, y, _ = minus(body.points["neck"], body.points["pelvis"])
    return degrees(atan2(x, y))


def _lying(body: Body) -> bool:
    return any(
        word in body.pose.says
        for word in ("lying", "hands and knees", "plank", "swimming", "hanging", "bench")
    )


def shape_of(body: Body) -> BackShape:
    """Return what the back does, by its angles."""
    low, up = (body.pose.angles.get(name, 0.0) for name in ("low_back", "upper_back"))
    if low + 0.6 * up >= ROUNDED:
        return BackShape.ROUNDED
    if low <= ARCHED:
        return BackShape.ARCHED
    return BackShape.STRAIGHT if abs(low) <= LOW and abs(up) <= HIGH else BackShape.ANY


def _round(angle: float) -> int:
    return round(abs(angle) / 10) * 10


def _bends(joint: str, bent: list[float]) -> Iterator[str]:
    """Yield how far a joint is bent; both sides apart where they differ."""
    right, left = bent
    if abs(right - left) < LEAST:
        if max(right, left) >= LEAST:
            yield f"{joint}s bent about {_round(max(bent))} degrees"
        return
    more, less = max(bent), min(bent)
    other = f"the other about {_round(less)}" if less >= LEAST else "the other straight"
    yield f"one {joint} bent about {_round(more)} degrees, {other}"


def _hands(body: Body) -> Iterator[str]:
    """Yield that hands are overhead."""
    over = [
        side
        for side in SIDES
        if body.points[f"hand_{side}"][1] > body.points["head"][1] + OVERHEAD
    ]
    if over and not _lying(body):
        yield "hands overhead" if len(over) > 1 else "one hand overhead"
