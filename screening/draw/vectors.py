"""Vectors and turns in space: x is forward, y up, z to the right."""

from __future__ import annotations

from math import acos, atan2, cos, degrees, hypot, radians, sin, sqrt

Vector = tuple[float, float, float]
Turn = tuple[Vector, Vector, Vector]
"""A frame: what its own x, y and z are in the room."""

X: Vector = (1.0, 0.0, 0.0)
Y: Vector = (0.0, 1.0, 0.0)
Z: Vector = (0.0, 0.0, 1.0)
UPRIGHT: Turn = (X, Y, Z)


def add(a: Vector, b: Vector, times: float = 1.0) -> Vector:
    """Return a vector with another, so many times, added."""
    return a[0] + times * b[0], a[1] + times * b[1], a[2] + times * b[2]


def minus(a: Vector, b: Vector) -> Vector:
    """Return the way from one point to another, which is named first."""
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def dot(a: Vector, b: Vector) -> float:
    """Return how far one vector goes along another."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    """Return what stands on two vectors."""
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def length(a: Vector) -> float:
    """Return how long a vector is."""
    return sqrt(dot(a, a))


def unit(a: Vector) -> Vector:
    """Return a vector made one long; forward for one of no length."""
    size = length(a)
    return X if size == 0 else (a[0] / size, a[1] / size, a[2] / size)


def middle(*points: Vector) -> Vector:
    """Return the middle of points."""
    count = len(points)
    x, y, z = (sum(point[axis] for point in points) / count for axis in range(3))
    return x, y, z


def out_of(frame: Turn, own: Vector) -> Vector:
    """Return what a vector of a frame is in the room."""
    return add(add(add((0.0, 0.0, 0.0), frame[0], own[0]), frame[1], own[1]), frame[2], own[2])


def into(frame: Turn, room: Vector) -> Vector:
    """Return what a vector of the room is in a frame."""
    return dot(frame[0], room), dot(frame[1], room), dot(frame[2], room)


def turned(frame: Turn, *turns: Turn) -> Turn:
    """Return a frame turned by each turn in its own axes."""
    for turn in turns:
        frame = out_of(frame, turn[0]), out_of(frame, turn[1]), out_of(frame, turn[2])
    return frame


def about_x(angle: float) -> Turn:
    """Return the turn about x by degrees."""
    c, s = cos(radians(angle)), sin(radians(angle))
    return X, (0.0, c, s), (0.0, -s, c)


def about_y(angle: float) -> Turn:
    """Return the turn about y by degrees."""
    c, s = cos(radians(angle)), sin(radians(angle))
    return (c, 0.0, -s), Y, (s, 0.0, c)


def about_z(angle: float) -> Turn:
    """Return the turn about z by degrees.

    >>> [round(one, 6) for one in about_z(90)[0]]
    [0.0, 1.0, 0.0]
    """
    c, s = cos(radians(angle)), sin(radians(angle))
    return (c, s, 0.0), (-s, c, 0.0), Z


def about(axis: Vector, angle: float) -> Turn:
    """Return the turn about any axis that is one long."""
    c, s = cos(radians(angle)), sin(radians(angle))

    def one(v: Vector) -> Vector:
        across, along = cross(axis, v), dot(axis, v) * (1 - c)
        return add(add(add((0.0, 0.0, 0.0), v, c), across, s), axis, along)

    return one(X), one(Y), one(Z)


def angle_between(a: Vector, b: Vector) -> float:
    """Return the degrees between two vectors.

    >>> round(angle_between((1, 0, 0), (0, 2, 0)))
    90
    """
    return degrees(acos(max(-1.0, min(1.0, dot(unit(a), unit(b))))))


def slope(run: float, rise: float) -> float:
    """Return the degrees of a direction."""
    return degrees(atan2(rise, run))


def across(run: float, rise: float) -> tuple[float, float]:
    """Return what stands on a direction in the plane, one long."""
    size = hypot(run, rise) or 1.0
    return -rise / size, run / size
