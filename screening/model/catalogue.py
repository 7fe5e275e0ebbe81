"""Exercises, and what they are grouped by, need, ask caution for and begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from screening.diagnostics import Span
from screening.model.expr import Expr
from screening.model.rule import Evidence
from screening.model.vocabularies import FromTo, Grade, Skill


@dataclass(frozen=True, slots=True)
class Dose:
    """How much, with its source."""

    text: str
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class Category:
    """A category of exercise. `light` ones stay when a referral within days is due.

    `parameters` are those its texts take a number from.
    """

    id: str
    title: str
    examples: str
    dose: Dose
    regress: str = ""
    progress: str = ""
    light: bool = False
    parameters: tuple[str, ...] = ()
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Equipment:
    """A thing exercises need, and the places where it is at hand.

    `bands` are homes where there are bands or dumbbells.
    """

    id: str
    title: str
    gym: bool = False
    home: bool = False
    bands: bool = False


@dataclass(frozen=True, slots=True)
class Caution:
    """What a fact about a client's health means to the exercises that name it.

    While `leave_out` holds they are left out, while `change` holds they are changed as `say` says.
    With neither, it waits for a question, as `waits_for` says.
    """

    id: str
    title: str
    say: str
    because: str
    leave_out: Expr | None = None
    change: Expr | None = None
    waits_for: str = ""
    evidence: tuple[Evidence, ...] = ()
    at: Span = field(default=Span(""), compare=False, repr=False)


AMOUNTS = ("reps", "seconds", "minutes", "metres")


@dataclass(frozen=True, slots=True)
class StartDose:
    """How much to begin with: one of repetitions, seconds, minutes and metres; rest in seconds.

    Effort is 0 (none) to 10 (the most possible): for repetitions 10 less those that are left.
    """

    effort: FromTo
    sets: FromTo | None = None
    reps: FromTo | None = None
    seconds: FromTo | None = None
    minutes: FromTo | None = None
    metres: FromTo | None = None
    rest: FromTo | None = None

    @property
    def amounts(self) -> Mapping[str, FromTo]:
        """What is done in each set, by its unit."""
        return {u: amount for u in AMOUNTS if (amount := getattr(self, u)) is not None}


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise of the catalogue; `demands` are 0-3 by direction (our estimates).

    All of `equipment` is needed, any one of each choice. `slot` is the place in a session that it
    fills, and `rung` its place on the way from easy to hard there; what is `own_only` is never
    added to a programme. `easier` are nearest first. `measured` is what its demands rest on.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    trains: tuple[str, ...]
    demands: Mapping[str, int]
    category: str = ""
    performed_as: str = ""
    light: bool = False
    equipment: tuple[tuple[str, ...], ...] = ()
    position: str = ""
    skill: Skill = Skill.BEGINNER
    slot: str = ""
    rung: int = 0
    per_side: bool = False
    own_only: bool = False
    dose: StartDose | None = None
    cues: tuple[str, ...] = ()
    easier: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    measured: tuple[Evidence, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    at: Span = field(default=Span(""), compare=False, repr=False)

    @property
    def loads(self) -> int:
        """How much it loads the direction that it loads most."""
        return max(self.demands.values(), default=0)
