"""What is wrong with a figure: what no body can do, what would fall, and promises not kept."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot, inf

from screening.draw.body import CONTACTS, Body, gap, lowest
from screening.draw.picture import Shot, arrow_ends, laid_out, shots
from screening.draw.strokes import bow
from screening.draw.things import Surface, surfaces
from screening.draw.vectors import Vector, add, middle, minus
from screening.draw.words import shape_of
from screening.model.figure import SIDES, BackShape, Figure

RANGES = {
    "low_back": (-30, 60),
    "upper_back": (-25, 50),
    "side_bend": (-40, 40),
    "twist": (-60, 60),
    "neck": (-60, 60),
    "head_turn": (-80, 80),
    "hip": (-25, 130),
    "hip_out": (-20, 50),
    "hip_turn": (-40, 40),
    "knee": (0, 150),
    "ankle": (-80, 35),
    "shoulder": (-60, 185),
    "shoulder_out": (-30, 180),
    "elbow": (0, 150),
}
"""Degrees within which a drawing is believable; they are no norms of mobility."""

NEAR = 1.2  # how far a contact may be off its surface
SUNK = 1.5  # how far anything may be under the floor
STANDS = 2.0  # how far the middle of the mass may be beyond heel and toe
MOVES = 6.0  # how far something moves from start to end
OFF_HEAD = 8.0
GRASP = 3.0
OFF_TOP = 2.0
HOVERS = 9.0  # above which a foot is lifted, and not over what it stands on
PROPPED = 12.0  # how far a hand or elbow that carries is beside its shoulder
REACHED_ELBOW = 155.0
WIDEST, HIGHEST = 290.0, 165.0
BOTH_HANDS = frozenset(("bar", "crate", "handle", "hbar", "kettlebell", "landmine", "medball"))
FLOOR = 0.5

MASSES = (
    ("neck", "head", 9.0, 1.0),
    ("neck", "pelvis", 46.8, 0.5),
    *(part for mark in SIDES for part in (
        (f"shoulder_{mark}", f"elbow_{mark}", 3.25, 0.44),
        (f"elbow_{mark}", f"hand_{mark}", 2.5, 0.6),
        (f"hip_{mark}", f"knee_{mark}", 10.5, 0.43),
        (f"knee_{mark}", f"ankle_{mark}", 4.75, 0.43),
        (f"ankle_{mark}", f"ball_{mark}", 1.43, 0.5),
    )),
)  # fmt: skip
"""Parts of the mass of a body, from where to where, their share of it, and where it is."""


def faults(figure: Figure) -> Iterator[str]:
    """Yield what is wrong with a figure, in words; nothing for one that may be shown."""
    taken = shots(figure)
    for shot in taken:
        for found in _of_a_panel(figure, shot):
            yield f"{shot.panel.name}: {found}"
    if len(taken) > 1:
        yield from _same(taken)
    yield from _arrows(figure, taken)
    whole = laid_out(figure, taken)
    if whole.width > WIDEST or whole.height > HIGHEST:
        yield f"it is {whole.width:.0f} by {whole.height:.0f}, more than a frame holds"


def _of_a_panel(figure: Figure, shot: Shot) -> Iterator[str]:
    yield from _out_of_range(shot.body)
    yield from (f"the {limb.replace('_', ' ')} is put out of reach" for limb in shot.body.missed)
    yield from _contacts(shot)
    yield from _under_the_floor(shot.body)
    yield from _hovering(shot)
    if not figure.leans:
        yield from _balance(shot.body)
        yield from _propped(shot.body)
    yield from _back(shot)
    yield from _held(shot)


def _out_of_range(body: Body) -> Iterator[str]:
    """Yield angles outside of their range, as given and as they are after reaching."""
    for name, value in body.pose.angles.items():
        base = name[:-2] if name[-2:] in {"_r", "_l"} else name
        low, high = RANGES.get(base, (-360, 360))
        if not low <= value <= high:
            yield f"`{name}` is {value:.0f}, outside of {low} to {high}"
    for mark in SIDES:
        forward, _ = body.swing("hip", mark)
        if f"foot_{mark}" in body.pose.reaches and not _within("hip", forward):
            yield f"the hip is bent by {forward:.0f} to put the foot there"
        for joint, limb in (("knee", "foot"), ("elbow", "hand")):
            bent = body.angle(joint, mark)
            most = REACHED_ELBOW if joint == "elbow" else RANGES[joint][1]
            if f"{limb}_{mark}" in body.pose.reaches and bent > most:
                yield f"the {joint} is bent by {bent:.0f} to put the {limb} there"


def _within(joint: str, value: float) -> bool:
    low, high = RANGES[joint]
    return low - 1 <= value <= high + 1


def _contacts(shot: Shot) -> Iterator[str]:
    """Yield contacts that are off their surfaces, and surfaces that are not there."""
    body = shot.body
    if body.pose.grip is not None:
        return
    tops = [top for thing in shot.things for top in surfaces(thing)]
    for contact in body.pose.rests:
        off = gap(body, contact)
        if abs(off) > NEAR:
            yield f"`{contact.point}` is {off:.1f} off what it rests on"
        at = lowest(body, contact)
        in_air = all(one.point == "toes" for one in body.pose.rests) and "air" in body.pose.says
        known = [top for top in tops if _spans(top, at, contact.height)]
        if contact.height > FLOOR and tops and not known and not in_air:
            yield f"nothing is under `{contact.point}` at {at[0]:.0f}"
    yield from _promised(shot)


def _spans(top: Surface, at: Vector, height: float) -> bool:
    inside = top.start - OFF_TOP <= at[0] <= top.end + OFF_TOP
    return inside and abs(top.height - height) <= OFF_TOP


def _promised(shot: Shot) -> Iterator[str]:
    """Yield things that are to be under a point of the last panel, and are not."""
    if shot.panel.name != "end":
        return
    for thing in shot.things:
        name = thing.words.get("under")
        if name:
            point = shot.body.points[name]
            under = add(point, (0.0, -CONTACTS[name][1], 0.0))
            for top in surfaces(thing):
                inside = top.start <= point[0] <= top.end
                if not inside or abs(under[1] - top.height) > 2 * OFF_TOP:
                    yield f"the {thing.kind} is not under `{name}`"


def _under_the_floor(body: Body) -> Iterator[str]:
    for name, at in body.points.items():
        thick = THICK.get(name.removesuffix("_r").removesuffix("_l"))
        if thick is not None and at[1] - thick < -SUNK:
            yield f"`{name}` is {thick - at[1]:.0f} under the floor"


def _hovering(shot: Shot) -> Iterator[str]:
    """Yield flat feet that were not put anywhere, and are a little over what is under them."""
    pose, points = shot.body.pose, shot.body.points
    tops = (Surface(-inf, inf, 0.0), *(top for thing in shot.things for top in surfaces(thing)))
    for name in (f"foot_{mark}" for mark in SIDES):
        if name in pose.reaches or pose.words.get(name, "flat") != "flat":
            continue
        x, y, _ = points[f"sole_{name[-1]}"]
        under = (top.height for top in tops if top.start - OFF_TOP <= x <= top.end + OFF_TOP)
        off = min((y - CONTACTS[name][1] - height for height in under), key=abs)
        if OFF_TOP < off < HOVERS:
            yield f"`{name}` hovers {off:.0f} over what is under it"


THICK = {
    "ankle": 2.2, "heel": 2.0, "ball": 1.6, "toe": 1.3, "knee": 3.7, "elbow": 2.4, "wrist": 1.7,
    "hand": 1.5, "head": 5.3, "seat": 5.6, "belly": 5.0, "shoulder": 3.2,
}  # fmt: skip
"""How thick a body is at its points; what is not here lies inside of it."""


def _balance(body: Body) -> Iterator[str]:
    """Yield that a standing body would fall: its mass is not over its feet."""
    if any(one.point not in STANDING for one in body.pose.rests) or not body.pose.rests:
        return
    mid = mass(body)[0]
    on = [mark for mark in SIDES if body.points[f"ball_{mark}"][1] < _ground(body)]
    ends = [body.points[f"{end}_{mark}"][0] for mark in on for end in ("heel", "toe")]
    if ends and not min(ends) - STANDS <= mid <= max(ends) + STANDS:
        yield f"it would fall: its middle is at {mid:.0f}, {_from_to(ends)}"


def _from_to(ends: list[float]) -> str:
    return f"its feet from {min(ends):.0f} to {max(ends):.0f}"


STANDING = frozenset(("feet", "foot_r", "foot_l", "toes", "toe_r", "toe_l"))


def _ground(body: Body) -> float:
    """Return below what height a ball of the foot carries."""
    lowest_ = min(body.points[f"ball_{mark}"][1] for mark in SIDES)
    return lowest_ + 14.0


def mass(body: Body) -> Vector:
    """Return the middle of the mass of a body."""
    total, share = (0.0, 0.0, 0.0), 0.0
    for one, two, part, along in MASSES:
        a, b = body.points[one], body.points[two]
        total = add(total, add(a, minus(b, a), along), part)
        share += part
    return total[0] / share, total[1] / share, total[2] / share


def _propped(body: Body) -> Iterator[str]:
    """Yield arms that carry the body and are not under their shoulders."""
    for contact in body.pose.rests:
        kind = contact.point.split("_")[0]
        if kind not in {"hands", "hand", "elbows", "elbow"}:
            continue
        for name in CONTACTS[contact.point][0]:
            shoulder = body.points[f"shoulder_{name[-1]}"]
            x, _, z = minus(body.points[name], shoulder)
            if hypot(x, z) > PROPPED:
                yield f"`{name}` carries the body, {hypot(x, z):.0f} beside its shoulder"


def _back(shot: Shot) -> Iterator[str]:
    """Yield that the back does not do what is promised of it."""
    wanted, is_ = shot.panel.back, shape_of(shot.body)
    if wanted not in {BackShape.ANY, is_}:
        yield f"the back is promised `{wanted.value}`, and is not"


def _held(shot: Shot) -> Iterator[str]:
    """Yield things that a hand is not on."""
    heading = shot.body.frames["heading"]
    for thing in shot.things:
        if thing.kind not in BOTH_HANDS or len(thing.words.get("hands", "rl")) == 1:
            continue
        ends = [shot.body.points[f"hand_{mark}"] for mark in SIDES]
        apart = minus(ends[0], middle(*ends))
        off = hypot(
            *(sum(a * b for a, b in zip(apart, axis, strict=True)) for axis in heading[:2])
        )
        if off > GRASP:
            yield f"a hand is {off:.0f} off the {thing.kind}"


def _same(taken: tuple[Shot, ...]) -> Iterator[str]:
    """Yield that nothing moves; a back of another shape is a movement, however small."""
    first, last = taken[0].body.points, taken[-1].body.points
    if shape_of(taken[0].body) is not shape_of(taken[-1].body):
        return
    if all(hypot(*minus(last[name], at)) < MOVES for name, at in first.items()):
        yield "start and end are the same"


def _arrows(figure: Figure, taken: tuple[Shot, ...]) -> Iterator[str]:
    """Yield arrows that lie on the head."""
    for one in figure.arrows:
        shot = taken[-1 if one.last else 0]
        x, y = shot.camera.spot(shot.body.points["head"])
        ends = arrow_ends(one, taken)
        spots = [bow(ends, one.bend, share) for share in (0.0, 0.5, 1.0)]
        if min(hypot(a - x, b - y) for a, b in spots) < OFF_HEAD:
            yield "an arrow lies on the head"
