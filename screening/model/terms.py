"""The things rules conclude and take numbers from: findings, stages, limits, levels and more."""

from __future__ import annotations

from dataclasses import dataclass, field

from screening.diagnostics import Span
from screening.model.rule import Evidence
from screening.model.score import Score
from screening.model.vocabularies import Grade, Level


@dataclass(frozen=True, slots=True)
class DeclaredScore:
    """A score as the knowledge declares it: what it sums, and who says so."""

    score: Score
    evidence: tuple[Evidence, ...] = ()
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Group:
    """A family of movements: things the client does, which may bring the trouble on.

    `trained_by` are the categories whose exercises do just such movements.
    """

    id: str
    title: str
    trained_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something rules derive. A pattern is a finding about which movements matter."""

    id: str
    title: str
    pattern: bool = False
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage on an axis; the smallest `rank` is the most cautious."""

    id: str
    axis: str
    title: str
    rank: int
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Clearance:
    """Whether somebody must agree before training; the smallest `rank` is the strictest.

    `say` is for the client, empty when there is nothing to say; `meanwhile` is what may start.
    With `only_light`, usual light activity is all that is left.
    """

    id: str
    title: str
    say: str
    meanwhile: str
    rank: int
    only_light: bool = False
    at: Span = field(default=Span(""), compare=False, repr=False)

    @property
    def asks(self) -> bool:
        """Whether somebody must be asked at all."""
        return self.only_light or bool(self.say)


@dataclass(frozen=True, slots=True)
class LimitKind:
    """Something limited, in a unit."""

    id: str
    title: str
    unit: str
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named whole number in a unit, and where it is from; `place` is the place in the source."""

    id: str
    value: int
    unit: str
    title: str
    source: str
    grade: Grade
    place: str = ""
    note: str = ""
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence a rule may say.

    One for `always` stands on every result that is no emergency, and one for `later` below the
    first few. One with `not_while_light` is unsaid while usual light activity is all that is left,
    and one that `gives_way_to` others while one of those is given.
    """

    id: str
    text: str
    always: bool = False
    later: bool = False
    not_while_light: bool = False
    gives_way_to: tuple[str, ...] = ()
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ReferralLevel:
    """What a level means: what to do, what exercise is left, and whom to see by default."""

    level: Level
    title: str
    act: str
    exercise: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody to see, and how to reach them."""

    id: str
    title: str
    how: str = ""
