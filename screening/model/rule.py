"""Rules: a condition, what follows from it, and who stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from screening.diagnostics import Span
from screening.model.expr import Expr
from screening.model.question import Value
from screening.model.vocabularies import Firmness, Grade, Level, Pace, Status, Strength, Truth


@dataclass(frozen=True, slots=True)
class Find:
    """Derive a finding."""

    finding: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Refer:
    """Send the client to somebody; `tell` is what to say on arrival."""

    level: Level
    to: str
    tell: str = ""


@dataclass(frozen=True, slots=True)
class AtStage:
    """The client is at a stage of its axis."""

    stage: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit in its own unit; the lowest wins. `parameter` names the number, if it has one."""

    limit: str
    at_most: int
    parameter: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Recommend:
    """Offer a category."""

    category: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AvoidCategory:
    """Withhold a category and the exercises that are examples of it."""

    category: str
    firmness: Firmness


@dataclass(frozen=True, slots=True)
class AvoidExercise:
    """Avoid one exercise, with what to do instead, nearest first.

    With `follows`, the avoid is soft while that finding is only suspected and hard from
    supported on; `firmness` is then the soft one.
    """

    exercise: str
    firmness: Firmness
    instead: tuple[str, ...] = ()
    follows: str | None = None


@dataclass(frozen=True, slots=True)
class AvoidDemand:
    """Avoid the exercises that load a direction; `exercises` are those it reaches."""

    direction: str
    firmness: Firmness
    exercises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Modify:
    """Change one exercise."""

    exercise: str
    instead: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep one exercise, or (None) every exercise no other rule speaks about."""

    exercise: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Advise:
    """Say something."""

    advice: str


@dataclass(frozen=True, slots=True)
class Confirm:
    """These answers do not fit together: ask again."""

    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtClearance:
    """A clearance the client needs before training; the strictest wins."""

    clearance: str


@dataclass(frozen=True, slots=True)
class OfferOnly:
    """Offer none but these categories; says nothing about referrals."""

    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of a category offered last time; of every one where `category` is None."""

    pace: Pace
    category: str | None = None


Conclusion = (
    Find
    | Refer
    | AtStage
    | Limit
    | Recommend
    | AvoidCategory
    | AvoidExercise
    | AvoidDemand
    | Modify
    | Keep
    | Advise
    | Confirm
    | AtClearance
    | OfferOnly
    | Move
)


class Unsure(Enum):
    """How a rule reads an unknown answer to a question it asks about."""

    __hash__ = object.__hash__  # as Truth: heads of rules are looked up by it all the time

    UNDECIDED = "undecided"
    MET = "met"
    NOT_MET = "not_met"


@dataclass(frozen=True, slots=True)
class UnknownPolicy:
    """What `dont_know` and `declined` mean to one rule.

    `level` refers at that level where the condition holds only with unknown answers counted as
    meeting it. `see` names the rule that acts on them instead.
    """

    unsure: Unsure = Unsure.UNDECIDED
    level: Level = Level.NONE
    see: str | None = None


class Reading(Enum):
    """A rule's condition as written, or with unknown answers counted as meeting it."""

    __hash__ = object.__hash__  # as Truth: heads of rules are looked up by it all the time

    CERTAIN = "certain"
    POSSIBLE = "possible"


class Head(NamedTuple):
    """One reading of one rule: what an engine decides."""

    rule: str
    reading: Reading = Reading.CERTAIN


@dataclass(frozen=True, slots=True)
class Evidence:
    """A source, the place in it, and the kind of evidence it gives."""

    source: str
    grade: Grade
    at: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """When a rule must be looked at again, and by whom it was, when (None: by nobody yet).

    `logic` and `words` are the digests of what the reviewer saw (`what_is_seen`). Without `words`
    it is a review of the rule's own logic alone. It `stands` while nothing of that has changed.
    """

    due: str = ""
    by: str | None = None
    on: str | None = None
    logic: str | None = None
    words: str | None = None
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Example:
    """Answers, and what the rule must make of them.

    With `harmless_rest` every other question is answered harmlessly; else it is not asked.
    `refers` is the level the rule alone must refer at; None says nothing about it.
    """

    name: str
    given: Mapping[str, Value]
    expect: Truth
    harmless_rest: bool = False
    refers: Level | None = None
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `cell` marks a rule made from a cell of the exercise catalogue.

    `retired` is the reason why it is; `conflict` is where sources disagree; `author` wrote it. One
    that `ends` the interview leaves only the emergency questions to ask.
    """

    id: str
    title: str
    when: Expr
    then: tuple[Conclusion, ...]
    because: str
    topic: str = ""
    status: Status = Status.DRAFT
    say: str | None = None
    covers: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    conflict: str | None = None
    retired: str | None = None
    unknown: UnknownPolicy | None = None
    review: Review = Review()
    examples: tuple[Example, ...] = ()
    cell: bool = False
    author: str = ""
    ends: bool = False
    at: Span = field(default=Span(""), compare=False, repr=False)

    @property
    def reviewed(self) -> bool:
        """Whether a named clinician has reviewed it as it is: a name on a draft does not count."""
        named = bool(self.review.by) and self.review.stands
        return named and self.status is not Status.DRAFT

    @property
    def unsure(self) -> Unsure:
        """How the rule as written reads an unknown answer."""
        return Unsure.UNDECIDED if self.unknown is None else self.unknown.unsure

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The readings an engine must decide."""
        if self.unknown is not None and self.unknown.level > Level.NONE:
            return (Reading.CERTAIN, Reading.POSSIBLE)
        return (Reading.CERTAIN,)

    def reads_unknown_as(self, reading: Reading) -> Unsure:
        """Return how unknown answers count in a reading."""
        return Unsure.MET if reading is Reading.POSSIBLE else self.unsure

    def level(self, reading: Reading) -> Level:
        """Return the level the rule refers at in a reading; none when it does not refer."""
        if reading is Reading.POSSIBLE:
            return Level.NONE if self.unknown is None else self.unknown.level
        return max((c.level for c in self.then if isinstance(c, Refer)), default=Level.NONE)

    def refers(self, truths: Mapping[Reading, Truth]) -> Level:
        """Return the level the rule alone refers at, by the truth of its readings."""
        fired = (r for r in (Reading.CERTAIN, *self.readings) if truths[r] is Truth.TRUE)
        return next(map(self.level, fired), Level.NONE)
