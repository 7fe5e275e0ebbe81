"""Figures as they are described: poses from joint angles, things, and what they show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from screening.diagnostics import Span

Triple = tuple[float, float, float]
SIDES = ("r", "l")


class BackShape(Enum):
    """What a back does in a pose, as the text beside the figure promises."""

    STRAIGHT = "straight"
    ROUNDED = "rounded"
    ARCHED = "arched"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Contact:
    """A point of the body that rests on a surface of some height."""

    point: str
    height: float


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a hand or a foot is put: an offset from a point, or from the origin without one.

    The offset is forward, up and outward; `exact` takes the third as it is on either side. `floor`
    is the height instead, `pole` where elbow or knee points.
    """

    by: str
    offset: Triple
    floor: float | None = None
    exact: bool = False
    pole: Triple | None = None


@dataclass(frozen=True, slots=True)
class Pose:
    """A body: angles by joint in degrees, what it rests on, and where hands and feet are put.

    Angles, words and reaches of limbs are by side (`hip_r`). `at` is where the first contact is,
    `grip` where the middle of the hands is. `says` is its position in words.
    """

    angles: Mapping[str, float]
    words: Mapping[str, str]
    rests: tuple[Contact, ...]
    reaches: Mapping[str, Reach]
    at: float | None = None
    grip: tuple[float, float] | None = None
    says: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing in a figure: what it is, and its measures and words by name."""

    kind: str
    numbers: Mapping[str, tuple[float, ...]]
    words: Mapping[str, str]
    line: tuple[tuple[float, ...], ...] = ()

    def number(self, name: str, otherwise: float) -> float:
        """Return a measure, or what it usually is."""
        return self.numbers[name][0] if name in self.numbers else otherwise


@dataclass(frozen=True, slots=True)
class Arrow:
    """Where something moves: along a point of the body, or from one place to another."""

    by: str = ""
    shift: tuple[float, ...] = (0.0, 0.0)
    bend: float = 0.0
    start: tuple[float, ...] = ()
    end: tuple[float, ...] = ()
    last: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture of a figure: a pose, what its back does, and the things only it has."""

    name: str
    pose: Pose
    back: BackShape
    things: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One drawing: one or two panels, and the exercises and questions it shows.

    `view` turns it toward its front, `pitch` looks down on it. It `leans` where a thing holds it,
    so that it need not balance. `mirrored` is drawn the other way round.
    """

    id: str
    shows: tuple[str, ...]
    panels: tuple[Panel, ...]
    view: float = 0.0
    pitch: float = 0.0
    things: tuple[Thing, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    leans: bool = False
    mirrored: bool = False
    icon: str = ""
    says: str = ""
    at: Span = field(default=Span(""), compare=False, repr=False)
