"""What the next hour is built from, and the hour itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from screening.diagnostics import Span
from screening.model.expr import Expr
from screening.model.vocabularies import FromTo


class Place(Enum):
    """Where a session takes place, by what is at hand there."""

    GYM = "gym"
    HOME = "home"
    BANDS = "bands"


class Experience(Enum):
    """How long a client has trained with weights or similar, at least weekly."""

    NEW = "new"
    SOME = "some"
    YEARS = "years"

    @property
    def rung(self) -> int:
        """How far from easy an exercise may be: one more is not too far."""
        return [*Experience].index(self)


@dataclass(frozen=True, slots=True)
class UsualWeight:
    """The last weight a client used for an exercise without trouble, and how often."""

    exercise: str
    kilos: int
    reps: int


@dataclass(frozen=True, slots=True)
class SessionInputs:
    """What is said of the next session. No rule reads it: it is no answer.

    What is not said is None, or empty; `goal` is what the client most wants to do again.
    """

    minutes: int = 45
    place: Place = Place.GYM
    experience: Experience | None = None
    days: int | None = None
    weights: tuple[UsualWeight, ...] = ()
    goal: str = ""


class Phase(Enum):
    """The parts of a session, in order."""

    CHECK_IN = "check_in"
    WARM_UP = "warm_up"
    CONTROL = "control"
    MAIN = "main"
    CONDITIONING = "conditioning"
    COOL_DOWN = "cool_down"
    TAKE_HOME = "take_home"


class Planning(Enum):
    """Whether there is a session."""

    PLANNED = "planned"
    WALKING_ONLY = "walking_only"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class SessionGate:
    """What holds a session back: a condition, or a clearance that is asked for.

    `leaves` is what is left; without it only effort is limited, to at most `effort`.
    """

    id: str
    say: str
    when: Expr | None = None
    clearance: str = ""
    leaves: Planning | None = None
    effort: int = 0
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SessionSlot:
    """A place in a session that one exercise of a kind fills.

    `near` are the slots an alternative may come from; `back` ones load the back, `graded` ones go
    back into a direction, and so only once nothing is sensitive to it. `setup` is in
    seconds, `family` what is kept in balance.
    """

    id: str
    title: str
    phase: Phase
    family: str = ""
    near: tuple[str, ...] = ()
    back: bool = False
    setup: int = 45
    graded: bool = False
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Minutes:
    """How long each phase of a session of some length is, and how many exercises are in two."""

    length: int
    phases: tuple[str, ...]
    control: int
    main: int


@dataclass(frozen=True, slots=True)
class Work:
    """Sets to begin with and at most, repetitions, effort at most, and rest.

    Holds are many and short instead: `holds` of `hold` seconds with a `pause` between them.
    """

    sets: int
    most: int
    reps: FromTo
    hold: FromTo
    holds: int
    pause: int
    rest: int
    effort: int


@dataclass(frozen=True, slots=True)
class RoadLine:
    """What some weeks hold, and what must be true before they begin."""

    weeks: FromTo
    what: str
    when: str


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of a ladder: an exercise, in a form, and what must be true before it comes.

    `stage` is the one of sessions from which on it may come.
    """

    exercise: str
    stage: str
    form: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Exercises on the way from easy to hard, and what must be true before each."""

    id: str
    title: str
    rungs: tuple[Rung, ...]
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SessionStage:
    """What a session holds for clients at a stage: those for whom all of `all` and any is found.

    `demand` is the most an added exercise may load any direction, `rung` how far from easy it may
    be; None is as far as the client's experience goes. `general` says that exercises without a
    category may be added, `load` how many per cent of a usual weight to begin with (0: not said),
    `freely` that what was done last time holds nothing back. `again` is the work of a lift that
    comes back.
    """

    id: str
    title: str
    aim: str
    lengths: tuple[Minutes, ...]
    control: tuple[str, ...]
    main: tuple[str, ...]
    back: Work
    other: Work
    conditioning: int
    demand: int
    every: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    easiest: bool = False
    general: bool = False
    freely: bool = False
    load: int = 0
    days: FromTo | None = None
    road: tuple[RoadLine, ...] = ()
    again: Work | None = None
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class PainClass:
    """How much pain goes on (`green`) and how much asks for less (`amber`), from none at rest.

    It holds while a limit of the assessment is at most so much.
    """

    id: str
    limit: str
    at_most: int
    green: int
    amber: int
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A sentence of a session, with what goes into it in braces."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class SessionKnowledge:
    """Everything sessions are built from. `trained` holds for who trains already.

    The notes of the rules `forms` say how exercises of a category are done for now, those `apart`
    excepted; by the rules `returns` a lift comes back.
    """

    trained: Expr | None
    general: str
    forms: tuple[str, ...]
    gates: tuple[SessionGate, ...]
    slots: Mapping[str, SessionSlot]
    stages: tuple[SessionStage, ...]
    pain: tuple[PainClass, ...]
    lines: Mapping[str, SessionLine]
    ladders: tuple[Ladder, ...] = ()
    apart: tuple[str, ...] = ()
    returns: tuple[str, ...] = ()

    def stage_named(self, name: str) -> SessionStage:
        """Return the stage of an id."""
        return next(one for one in self.stages if one.id == name)

    def ladder_of(self, exercise: str) -> Ladder | None:
        """Return the ladder an exercise is on; None where there is none."""
        on = (one for one in self.ladders if exercise in {rung.exercise for rung in one.rungs})
        return next(on, None)


@dataclass(frozen=True, slots=True)
class Because:
    """Why an exercise is in a session: in words, and the rule or answer behind it."""

    reason: str
    rule: str | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class SessionItem:
    """One exercise of a session; `minutes` are those it takes, in halves.

    `changed` says that it is changed as `because` says; `instead` is None where it is left out
    when it does not go.
    """

    exercise: str
    slot: str
    changed: bool
    sets: int
    amount: FromTo
    unit: str
    effort: FromTo
    rest: int
    cues: tuple[str, ...]
    easier: str | None
    harder: str | None
    instead: str | None
    because: tuple[Because, ...]
    minutes: float
    load: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What was done of an exercise in a session: the next one begins from it."""

    exercise: str
    sets: int
    amount: FromTo
    unit: str
    effort: FromTo


@dataclass(frozen=True, slots=True)
class SessionPhase:
    """One part of a session."""

    phase: Phase
    minutes: int
    items: tuple[SessionItem, ...] = ()


@dataclass(frozen=True, slots=True)
class PainZone:
    """What pain during an exercise means, by the pain at rest: goes on, or asks for less."""

    rest: int
    green: int
    amber: int


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing that changes next time."""

    exercise: str
    sets: int
    amount: FromTo
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A category that is offered and has no exercise in the session, and why."""

    category: str
    reason: str


@dataclass(frozen=True, slots=True)
class HomeLine:
    """What the client does or knows until next time; `line` is the id of what is said."""

    line: str
    text: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An exercise of the programme that is not in the session, and why."""

    exercise: str
    reason: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrainingSession:
    """The next hour, or why there is none: `by` are the rules that hold it back, `says` in words.

    `home` are the exercises that the client does until next time, `moved` is what is otherwise
    than last time, `ahead` the next rungs, `often` how many such sessions a week.
    """

    minutes: int
    place: Place
    status: Planning
    by: tuple[str, ...]
    says: tuple[str, ...]
    stage: str = ""
    phases: tuple[SessionPhase, ...] = ()
    pain_class: str = ""
    pain: tuple[PainZone, ...] = ()
    one_step: NextStep | None = None
    take_home: tuple[HomeLine, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    unfilled: tuple[Unfilled, ...] = ()
    home: tuple[str, ...] = ()
    moved: str = ""
    ahead: tuple[str, ...] = ()
    road: tuple[RoadLine, ...] = ()
    often: str = ""

    @property
    def items(self) -> tuple[SessionItem, ...]:
        """Every exercise, in order."""
        return tuple(item for phase in self.phases for item in phase.items)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules behind it, each once, in order of first use."""
        whys = (why.rule for item in self.items for why in item.because)
        out = (rule for one in self.left_out for rule in one.rules)
        return tuple(dict.fromkeys(filter(None, (*self.by, *whys, *out))))
