"""The closed vocabularies: truth, strength, level, effect, grade and their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from types import MappingProxyType


class Truth(Enum):
    """Strong Kleene truth: certainly true, certainly false, or undecided (Kleene 1952, §64)."""

    __hash__ = object.__hash__  # members are the same only if identical; Enum hashes in Python

    TRUE = "true"
    FALSE = "false"
    UNDECIDED = "undecided"

    def negated(self) -> Truth:
        """Return the truth of the opposite; undecided stays undecided.

        >>> Truth.UNDECIDED.negated().name
        'UNDECIDED'
        """
        return _NEGATED[self]


_NEGATED = {
    Truth.TRUE: Truth.FALSE,
    Truth.FALSE: Truth.TRUE,
    Truth.UNDECIDED: Truth.UNDECIDED,
}


class Word(IntEnum):
    """An ordered vocabulary whose members print as the word written in the knowledge."""

    @property
    def word(self) -> str:
        """The word as written in knowledge files and JSON."""
        return self.name.lower()


class Strength(Word):
    """How well a finding is supported; a stronger one implies the weaker ones."""

    SUSPECTED = 1
    SUPPORTED = 2
    CONFIRMED = 3


class Level(Word):
    """How soon somebody else must look, least urgent first."""

    NONE = 0
    MONITOR = 1
    ROUTINE = 2
    WITHIN_DAYS = 3
    SAME_DAY = 4
    EMERGENCY = 5


LEVELS: Mapping[str, Level] = MappingProxyType({level.word: level for level in Level})
"""Every level by its word, least urgent first."""


class Firmness(Word):
    """How firm an avoid is: soft is for now and re-tested, hard stays until the finding goes."""

    SOFT = 1
    HARD = 2


class Verdict(Word):
    """What becomes of an exercise; the highest wins."""

    KEEP = 1
    MODIFY = 2
    AVOID = 3


class Pace(Word):
    """What becomes of a category offered last time; the highest, most cautious one wins."""

    PROGRESS = 1
    HOLD = 2
    REGRESS = 3
    STOP = 4


class Effect(Enum):
    """What a counted movement does; CHANGE is provoke or relieve."""

    __hash__ = object.__hash__  # members are the same only if identical; Enum hashes in Python

    PROVOKE = "provoke"
    RELIEVE = "relieve"
    CHANGE = "change"

    @property
    def answers(self) -> tuple[str, ...]:
        """The movement answers that count."""
        return _EFFECT_ANSWERS[self]


_EFFECT_ANSWERS = {
    Effect.PROVOKE: ("provokes",),
    Effect.RELIEVE: ("relieves",),
    Effect.CHANGE: ("provokes", "relieves"),
}


class Kind(Enum):
    """What sort of answer a question takes."""

    __hash__ = object.__hash__  # members are the same only if identical; Enum hashes in Python

    YES_NO = "yes_no"
    RECENCY = "recency"
    MOVEMENT = "movement"
    CHOICE = "choice"
    NUMBER = "number"


class Unknown(Enum):
    """An answer that gives no value. `NOT_APPLICABLE` is derived, never typed."""

    __hash__ = object.__hash__  # members are the same only if identical; Enum hashes in Python

    DONT_KNOW = "dont_know"
    DECLINED = "declined"
    NOT_APPLICABLE = "not_applicable"


ASKED_UNKNOWN = (Unknown.DONT_KNOW, Unknown.DECLINED)
UNKNOWNS: Mapping[str, Unknown] = MappingProxyType({one.value: one for one in Unknown})
"""Every such answer by its word."""
ASKED_UNKNOWNS: Mapping[str, Unknown] = MappingProxyType({one.value: one for one in ASKED_UNKNOWN})
"""Those a person may give, by their words."""


class Status(Enum):
    """Where a rule is in its life; a retired rule never fires."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    ACTIVE = "active"
    RETIRED = "retired"


class Grade(Enum):
    """What kind of evidence stands behind a rule, strongest first."""

    GUIDELINE = "guideline"
    SYSTEMATIC_REVIEW = "systematic_review"
    RCT = "rct"
    COHORT = "cohort"
    BIOMECH = "biomech"
    CASE = "case"
    EXPERT = "expert"
    SEED = "seed"
    DESIGN = "design"


class How(Enum):
    """How a statement of the reference documents is carried out, or that it is not."""

    RULE = "rule"
    PARTLY = "partly"
    FINDING = "finding"
    PARAMETER = "parameter"
    QUESTION = "question"
    BUILT_IN = "built_in"
    NOT_YET = "not_yet"
    LEFT_OUT = "left_out"


class Read(Enum):
    """How much of a source was really read."""

    FULL = "full"
    TABLE = "table"
    ABSTRACT = "abstract"
    SECOND_HAND = "second_hand"
    UNVERIFIED = "unverified"


class Skill(Word):
    """Whom an exercise suits to begin with."""

    BEGINNER = 1
    INTERMEDIATE = 2
    ADVANCED = 3


@dataclass(frozen=True, slots=True)
class FromTo:
    """A whole number, or all from the lower to the higher.

    >>> str(FromTo(8, 12)), str(FromTo(3, 3))
    ('8 to 12', '3')
    """

    low: int
    high: int

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low} to {self.high}"


DEMANDING = 2  # a demand (0-3) from here on loads a direction; our own estimate
