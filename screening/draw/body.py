"""From a pose to a body in space: the chain of joints, what it rests on, and what it reaches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import acos, asin, cos, degrees, sqrt

from screening.draw.vectors import (
    UPRIGHT,
    Turn,
    Vector,
    Y,
    about,
    about_x,
    about_y,
    about_z,
    add,
    angle_between,
    cross,
    dot,
    into,
    length,
    middle,
    minus,
    out_of,
    slope,
    turned,
    unit,
)
from screening.model.figure import SIDES, Contact, Pose, Reach

THIGH, SHANK, UPPER_ARM, FOREARM = 24.0, 24.0, 18.6, 15.0
PELVIS, WAIST, LOWER_CHEST, UPPER_CHEST, NECK = 8.0, 8.5, 8.5, 8.0, 4.0
HIP_WIDE, SHOULDER_WIDE = 4.6, 9.2
SHOULDER_UP, SHOULDER_ON = 0.68 * UPPER_CHEST, 0.6
SIGN = {"r": 1.0, "l": -1.0}
USUAL = {"hip_out": 2.0, "shoulder_out": 6.0, "elbow": 8.0}
FIST, OPEN = 2.75, 4.0
FARTHEST = 75  # degrees a body is turned to lie on two contacts

CONTACTS: Mapping[str, tuple[tuple[str, ...], float]] = {
    "feet": (("sole_r", "sole_l"), 4.0),
    "foot_r": (("sole_r",), 4.0),
    "foot_l": (("sole_l",), 4.0),
    "toes": (("ball_r", "ball_l"), 1.6),
    "toe_r": (("ball_r",), 1.6),
    "toe_l": (("ball_l",), 1.6),
    "heels": (("heel_r", "heel_l"), 2.0),
    "knees": (("knee_r", "knee_l"), 3.7),
    "knee_r": (("knee_r",), 3.7),
    "knee_l": (("knee_l",), 3.7),
    "shins": (("ankle_r", "ankle_l"), 2.4),
    "hands": (("wrist_r", "wrist_l"), 2.0),
    "hand_r": (("wrist_r",), 2.0),
    "hand_l": (("wrist_l",), 2.0),
    "elbows": (("elbow_r", "elbow_l"), 2.4),
    "elbow_r": (("elbow_r",), 2.4),
    "elbow_l": (("elbow_l",), 2.4),
    "seat": (("seat",), 5.6),
    "back": (("back",), 5.3),
    "belly": (("belly",), 5.0),
    "sacrum": (("pelvis",), 6.3),
    "head": (("head",), 6.2),
    "hip_side_r": (("hip_r",), 5.2),
    "hip_side_l": (("hip_l",), 5.2),
    "shoulder_side_r": (("shoulder_r",), 3.4),
    "shoulder_side_l": (("shoulder_l",), 3.4),
}
"""What can rest on something: its points, of which the lowest counts, and how thick it is."""


@dataclass(frozen=True)
class Body:
    """A body in space: its points and its frames by name, and what it could not reach."""

    pose: Pose
    points: Mapping[str, Vector]
    frames: Mapping[str, Turn]
    missed: tuple[str, ...] = ()

    def angle(self, joint: str, side: str) -> float:
        """Return the bend of a knee or an elbow as it is, after reaching."""
        upper, mid, end = JOINTS[joint]
        p = self.points
        one = minus(p[f"{mid}_{side}"], p[f"{upper}_{side}"])
        return angle_between(one, minus(p[f"{end}_{side}"], p[f"{mid}_{side}"]))

    def swing(self, joint: str, side: str) -> tuple[float, float]:
        """Return how far a thigh or an upper arm is forward, and outward, after reaching."""
        near, far, frame = SWINGS[joint]
        way = minus(self.points[f"{far}_{side}"], self.points[f"{near}_{side}"])
        x, y, z = into(self.frames[frame], unit(way))
        return slope(-y, x), degrees(asin(max(-1.0, min(1.0, SIGN[side] * z))))


JOINTS = {"knee": ("hip", "knee", "ankle"), "elbow": ("shoulder", "elbow", "wrist")}
SWINGS = {"hip": ("hip", "knee", "pelvis"), "shoulder": ("shoulder", "elbow", "upper_chest")}


def posed(pose: Pose) -> Body:
    """Return a pose as a body that rests on what it rests on, with hands and feet where put."""
    body = _resting(pose)
    for limb in ("foot_r", "foot_l", "hand_r", "hand_l"):
        if limb in pose.reaches:
            body = _reached(body, limb, pose.reaches[limb])
    if pose.grip is not None:
        hands = middle(body.points["hand_r"], body.points["hand_l"])
        body = _moved(body, (pose.grip[0] - hands[0], pose.grip[1] - hands[1], 0.0))
    return body


def gap(body: Body, contact: Contact) -> float:
    """Return how far a contact is above its surface."""
    names, thick = CONTACTS[contact.point]
    return min(body.points[name][1] for name in names) - thick - contact.height


def lowest(body: Body, contact: Contact) -> Vector:
    """Return the point of a contact that is lowest."""
    names, _ = CONTACTS[contact.point]
    return min((body.points[name] for name in names), key=lambda point: point[1])


def _resting(pose: Pose) -> Body:
    """Return a pose turned and dropped until it touches what it rests on."""
    whole = UPRIGHT
    if len(pose.rests) > 1:
        whole = _level(pose)
    body = _chain(pose, whole)
    if not pose.rests:
        return body
    first = pose.rests[0]
    body = _moved(body, (0.0, -gap(body, first), 0.0))
    if pose.at is not None:
        body = _moved(body, (pose.at - lowest(body, first)[0], 0.0, 0.0))
    return body


def _level(pose: Pose) -> Turn:
    """Return the turn after which two contacts are as far from their surfaces."""
    one, two = pose.rests[:2]
    flat = _chain(pose, UPRIGHT)
    way = minus(lowest(flat, two), lowest(flat, one))
    axis = unit(cross((way[0], 0.0, way[2]), Y))

    def uneven(angle: float) -> float:
        turn = about(axis, angle)
        return _turned_gap(flat, one, turn) - _turned_gap(flat, two, turn)

    return about(axis, _zero(uneven))


def _turned_gap(body: Body, contact: Contact, turn: Turn) -> float:
    """Return how far a contact is above its surface when a body is turned as a whole."""
    names, thick = CONTACTS[contact.point]
    heights = (out_of(turn, body.points[name])[1] for name in names)
    return min(heights) - thick - contact.height


def _zero(uneven: Callable[[float], float]) -> float:
    """Return the angle nearest to none at which something is even."""
    for far in range(0, FARTHEST, 5):
        for low, high in ((far, far + 5), (-far - 5, -far)):
            if uneven(low) * uneven(high) <= 0:
                return _bisected(uneven, low, high)
    return 0.0


def _bisected(uneven: Callable[[float], float], low: float, high: float) -> float:
    rising = uneven(low) < uneven(high)
    for _ in range(24):
        mid = (low + high) / 2
        if (uneven(mid) < 0) == rising:
            low = mid
        else:
            high = mid
    return (low + high) / 2


def _moved(body: Body, way: Vector) -> Body:
    return replace(body, points={name: add(at, way) for name, at in body.points.items()})


def _chain(pose: Pose, whole: Turn) -> Body:
    """Return a body with its hips at the origin, from trunk to hands and feet."""
    a = pose.angles
    low, up, side, twist = (
        a.get(n, 0.0) for n in ("low_back", "upper_back", "side_bend", "twist")
    )
    tilts = about_y(a.get("turn", 0.0)), about_z(-a.get("lean", 0.0)), about_x(a.get("roll", 0.0))
    pelvis = turned(whole, *tilts)
    waist = turned(pelvis, about_z(-0.5 * low), about_x(0.35 * side), about_y(0.25 * twist))
    lower = turned(
        waist, about_z(-0.5 * low - 0.35 * up), about_x(0.35 * side), about_y(0.4 * twist)
    )
    upper = turned(lower, about_z(-0.65 * up), about_x(0.3 * side), about_y(0.35 * twist))
    bent = a.get("neck", 0.0) / 2
    neck = turned(upper, about_z(-12 - bent))
    head = turned(neck, about_z(12 - bent), about_y(a.get("head_turn", 0.0)))
    frames = {"pelvis": pelvis, "waist": waist, "lower_chest": lower, "upper_chest": upper}
    frames |= {"neck": neck, "head": head, "heading": about_y(a.get("turn", 0.0))}
    body = Body(pose, _trunk(frames), frames)
    for mark in SIDES:
        body = _arm(_leg(body, mark), mark)
    return body


def _trunk(frames: Mapping[str, Turn]) -> dict[str, Vector]:
    """Return the points of the trunk and the head, the middle of the hips at the origin."""
    hips = (0.0, 0.0, 0.0)
    pelvis, upper = frames["pelvis"], frames["upper_chest"]
    l5 = add(hips, pelvis[1], PELVIS)
    t12 = add(l5, frames["waist"][1], WAIST)
    t6 = add(t12, frames["lower_chest"][1], LOWER_CHEST)
    base = add(t6, upper[1], UPPER_CHEST)
    top = add(base, frames["neck"][1], NECK)
    line = add(add(t6, upper[1], SHOULDER_UP), upper[0], SHOULDER_ON)
    points = {"pelvis": hips, "L5": l5, "T12": t12, "T6": t6, "neck": base, "shoulders": line}
    points["head"] = add(top, out_of(frames["head"], (0.8, 5.2, 0.0)))
    points["chest"] = add(t6, upper[1], 3.0)
    points["sacrum"] = add(hips, out_of(pelvis, (-5.0, 4.0, 0.0)))
    points["seat"] = add(hips, out_of(pelvis, (-1.2, 0.5, 0.0)))
    points["back"] = add(t6, upper[1], 3.0)
    points["belly"] = l5
    for mark, sign in SIGN.items():
        points[f"hip_{mark}"] = add(hips, pelvis[2], sign * HIP_WIDE)
        points[f"shoulder_{mark}"] = add(line, upper[2], sign * SHOULDER_WIDE)
    return points


def angle(pose: Pose, joint: str, mark: str) -> float:
    """Return an angle of a limb as given, or as it usually is."""
    return pose.angles.get(f"{joint}_{mark}", USUAL.get(joint, 0.0))


def _leg(body: Body, mark: str) -> Body:
    pose, sign = body.pose, SIGN[mark]
    thigh = turned(
        body.frames["pelvis"],
        about_z(angle(pose, "hip", mark)),
        about_x(-sign * angle(pose, "hip_out", mark)),
        about_y(-sign * angle(pose, "hip_turn", mark)),
    )
    shank = turned(thigh, about_z(-angle(pose, "knee", mark)))
    knee = add(body.points[f"hip_{mark}"], thigh[1], -THIGH)
    return _footed(body, mark, knee, add(knee, shank[1], -SHANK), shank)


def _footed(body: Body, mark: str, knee: Vector, ankle: Vector, shank: Turn) -> Body:
    """Return a body with one leg ending in its foot."""
    word = body.pose.words.get(f"foot_{mark}", "flat")
    foot = turned(shank, about_z(angle(body.pose, "ankle", mark)))
    if word == "flat":
        foot = body.frames["heading"]
    ball = add(ankle, out_of(foot, (7.5, -2.4, 0.0)))
    toe = add(ankle, out_of(foot, (10.5, -2.7, 0.0)))
    if word == "toes":
        toe = add(ball, out_of(body.frames["heading"], (3.0, -0.3, 0.0)))
    own = {"knee": knee, "ankle": ankle, "sole": ankle, "ball": ball, "toe": toe}
    own["heel"] = add(ankle, out_of(foot, (-3.6, -2.0, 0.0)))
    points = {**body.points, **{f"{name}_{mark}": at for name, at in own.items()}}
    return replace(body, points=points, frames={**body.frames, f"shank_{mark}": shank})


def _arm(body: Body, mark: str) -> Body:
    pose, sign = body.pose, SIGN[mark]
    upper = turned(
        body.frames["upper_chest"],
        about_z(angle(pose, "shoulder", mark)),
        about_x(-sign * angle(pose, "shoulder_out", mark)),
        about_y(sign * angle(pose, "arm_turn", mark)),
    )
    lower = turned(upper, about_z(angle(pose, "elbow", mark)))
    elbow = add(body.points[f"shoulder_{mark}"], upper[1], -UPPER_ARM)
    return _handed(body, mark, elbow, add(elbow, lower[1], -FOREARM))


def _handed(body: Body, mark: str, elbow: Vector, wrist: Vector) -> Body:
    """Return a body with one arm ending in its hand."""
    word = body.pose.words.get(f"hand_{mark}", "fist")
    way = unit(minus(wrist, elbow))
    if word == "flat":
        way = body.frames["heading"][0]
    hand = add(wrist, way, FIST if word == "fist" else OPEN)
    own = {"elbow": elbow, "wrist": wrist, "hand": hand}
    return replace(body, points={**body.points, **{f"{n}_{mark}": at for n, at in own.items()}})


def _target(body: Body, reach: Reach, mark: str) -> Vector:
    """Return where a hand or foot is put."""
    forward, up, outward = reach.offset
    aside = outward if reach.exact else outward * SIGN[mark]
    heading = body.frames["heading"]
    base = body.points[reach.by.replace("*", mark)] if reach.by else (0.0, 0.0, 0.0)
    x, y, z = add(base, out_of(heading, (forward, up, aside)))
    return x, y if reach.floor is None else reach.floor, z


def _reached(body: Body, limb: str, reach: Reach) -> Body:
    """Return a body with one hand or foot where it is put, as near as it goes."""
    kind, mark = limb.split("_")
    arm = kind == "hand"
    root = body.points[f"shoulder_{mark}" if arm else f"hip_{mark}"]
    upper, lower = (UPPER_ARM, FOREARM) if arm else (THIGH, SHANK)
    goal = _target(body, reach, mark)
    mid, end, there = _two_bones(root, goal, (upper, lower), _pole(body, reach, mark, arm=arm))
    if not there:
        body = replace(body, missed=(*body.missed, limb))
    if arm:
        return _handed(body, mark, mid, end)
    return _footed(body, mark, mid, end, _shank(body, mid, end))


def _pole(body: Body, reach: Reach, mark: str, *, arm: bool) -> Vector:
    usual = (-1.0, -0.6, 0.0) if arm else (1.0, 0.0, 0.0)
    x, y, z = reach.pole or usual
    return out_of(body.frames["heading"], (x, y, z * SIGN[mark]))


def _two_bones(
    root: Vector, goal: Vector, bones: tuple[float, float], pole: Vector
) -> tuple[Vector, Vector, bool]:
    """Return the middle joint, the end, and whether it reaches its goal."""
    upper, lower = bones
    way = minus(goal, root)
    far = length(way)
    straight = min(max(far, abs(upper - lower) + 0.01), upper + lower - 0.001)
    along = unit(way)
    bent = acos(max(-1.0, min(1.0, (upper**2 + straight**2 - lower**2) / (2 * upper * straight))))
    side = unit(add(pole, along, -dot(pole, along)))
    on = upper * cos(bent)
    mid = add(add(root, along, on), side, sqrt(max(0.0, upper**2 - on**2)))
    return mid, add(root, along, straight), abs(far - straight) < 0.05  # noqa: PLR2004 - a hair


def _shank(body: Body, knee: Vector, ankle: Vector) -> Turn:
    """Return the frame of a shank that was put somewhere."""
    up = unit(minus(knee, ankle))
    right = body.frames["pelvis"][2]
    z = unit(add(right, up, -dot(right, up)))
    return cross(up, z), up, z
