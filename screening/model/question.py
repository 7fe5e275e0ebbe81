"""Questions and the answers they take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from screening.diagnostics import Span
from screening.model import kinds
from screening.model.expr import Expr
from screening.model.kinds import AnswerKind, Scale, WholeNumbers, how
from screening.model.vocabularies import ASKED_UNKNOWN, Kind, Level, Unknown

Value = str | int | Unknown
"""A choice's id, a whole number in the question's unit, or why there is none."""


def plain(value: Value) -> str | int:
    """Return a value as JSON has it, where the question it answers is not at hand.

    >>> plain(Unknown.DONT_KNOW), plain(7)
    ('dont_know', 7)
    """
    return value.value if isinstance(value, Unknown) else value


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice: its id and the words for it."""

    id: str
    say: str


def fixed_answers(kind: AnswerKind) -> tuple[Option, ...]:
    """Return the answers that every question of a kind takes; none where each has its own."""
    return tuple(Option(name, say) for name, say in (kind.answers or {}).items())


YES_NO = fixed_answers(kinds.YES_NO)
RECENCY = fixed_answers(kinds.RECENCY)
MOVEMENT = fixed_answers(kinds.MOVEMENT)


@dataclass(frozen=True, slots=True)
class Topic:
    """A part of the interview, in asking order."""

    id: str
    title: str
    lead_in: str = ""


@dataclass(frozen=True, slots=True)
class Validity:
    """How many weeks an answer stays good for: 0 is this session only, None is always.

    >>> Validity(4).covers(4), Validity(4).covers(5), Validity(4).covers(None)
    (True, False, False)
    """

    weeks: int | None = 0

    def covers(self, age: int | None) -> bool:
        """Tell whether an answer this many weeks old still counts; None is an unknown age."""
        if self.weeks is None:
            return True
        return self.weeks > 0 and age is not None and age <= self.weeks

    @property
    def words(self) -> str:
        """The validity as written in knowledge files and JSON."""
        if self.weeks is None:
            return "always"
        return f"{self.weeks} weeks" if self.weeks else "session"


WHOLE = WholeNumbers()
SESSION = Validity(0)
ALWAYS = Validity(None)


@dataclass(frozen=True, slots=True)
class IsFollowUp:
    """`yes` when the case follows an earlier one, else `no`."""


@dataclass(frozen=True, slots=True)
class ChangeOf:
    """Whether a number became better, stayed the same or became worse; lower is better.

    It is better from `by` units less, or from `percent` percent less (0: percent do not count),
    and worse from `by` units more. It is compared with the last screening, or with the first.
    """

    question: str
    by: int
    percent: int = 0
    since_first: bool = False


@dataclass(frozen=True, slots=True)
class WeeksInAll:
    """The whole weeks since the first of the screenings that follow each other."""


@dataclass(frozen=True, slots=True)
class WasOffered:
    """`yes` when the earlier screening offered a category, else `no`."""

    category: str


@dataclass(frozen=True, slots=True)
class WasAvoided:
    """`yes` when the earlier screening left a category out, hard or soft, else `no`."""

    category: str


@dataclass(frozen=True, slots=True)
class EarlierLevel:
    """The level the earlier screening referred at, as a word."""


@dataclass(frozen=True, slots=True)
class DaysBetween:
    """The days since the earlier screening, where both days are on record."""


Derivation = (
    IsFollowUp | ChangeOf | WeeksInAll | WasOffered | WasAvoided | EarlierLevel | DaysBetween
)


@dataclass(frozen=True, slots=True)
class Renamed:
    """What became of an answer that is gone: today's answers by question, as they are written.

    With none, what was answered is asked again.
    """

    question: str
    answer: str
    why: str
    now: Mapping[str, str] = field(default_factory=dict)
    at: Span = field(default=Span(""), compare=False, repr=False)


class NamedThing(Enum):
    """What an intake or a table names, and so may name by an older name."""

    QUESTION = "question"
    EXERCISE = "exercise"


@dataclass(frozen=True, slots=True)
class OlderName:
    """A name that nothing has any more, and what the same thing is called today.

    `now` is empty where the thing is gone.
    """

    of: NamedThing
    was: str
    now: str = ""
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """Something asked.

    `low`, `high` and `unit` bound a number; `safety` is the highest level an answer can raise on
    its own; `harmless` is the answer that raises no concern. A question whose `only_if` is
    certainly false does not apply. One with `sums_up` asks about several others at once. An answer
    is good for `valid`. A `derived` question is worked out and never asked. `gap` marks the
    question for the weeks since the earlier screening; after a yes to one that `renews`, what was
    answered then is asked again. `tick` is how it stands in a tick list, if not by `short`. One
    `for_trainer` asks the trainer, not the client.
    """

    id: str
    topic: str
    ask: str
    short: str
    kind: Kind
    harmless: str | int
    answers: tuple[Option, ...] = ()
    low: int = 0
    high: int = 0
    unit: str = ""
    safety: Level = Level.NONE
    intimate: bool = False
    help: str = ""
    groups: tuple[str, ...] = ()
    only_if: Expr | None = None
    sums_up: tuple[str, ...] = ()
    valid: Validity = SESSION
    derived: Derivation | None = None
    gap: bool = False
    renews: bool = False
    tick: str = ""
    for_trainer: bool = False
    at: Span = field(default=Span(""), compare=False, repr=False)

    @property
    def words(self) -> tuple[str, ...]:
        """The ids of the answers a choice takes; empty for a number."""
        return tuple(option.id for option in self.answers)

    @property
    def item(self) -> str:
        """Its words in a tick list."""
        return self.tick or self.short

    @property
    def how(self) -> AnswerKind:
        """What is different about answers of its kind."""
        return how(self.kind)

    @property
    def is_number(self) -> bool:
        """Whether its answers are numbers of a scale; else they are words."""
        return how(self.kind).scale is not None

    @property
    def is_movement(self) -> bool:
        """Whether it asks what a movement does."""
        return how(self.kind).movement

    @property
    def is_yes_no(self) -> bool:
        """Whether it takes yes and no."""
        return how(self.kind) is kinds.YES_NO

    @property
    def scale(self) -> Scale:
        """How its numbers are read and written; of no use where its answers are words."""
        return how(self.kind).scale or WHOLE

    @property
    def span(self) -> str:
        """From which number to which it goes, in words."""
        return f"{self.scale.write(self.low)} to {self.amount(self.high)}"

    def amount(self, number: int) -> str:
        """Return a number in words, with its unit."""
        return f"{self.scale.write(number)} {self.unit}".strip()

    def written(self, value: Value) -> str | int:
        """Return an answer as a file or JSON has it.

        >>> Question("a", "t", "A?", "a", Kind.YES_NO, "no").written(Unknown.DECLINED)
        'declined'
        """
        if isinstance(value, Unknown):
            return value.value
        if isinstance(value, str) or self.scale.digits:
            return value
        return self.scale.write(value)

    def takes(self, value: Value) -> bool:
        """Tell whether a value is one of the question's answers, or asked and unknown."""
        if isinstance(value, Unknown):
            return value in ASKED_UNKNOWN
        if self.is_number:
            return isinstance(value, int) and self.low <= value <= self.high
        return value in self.words

    def concerns(self, value: Value) -> bool:
        """Tell whether an answer says something: known, and not the harmless one.

        >>> Question("a", "t", "A?", "a", Kind.MOVEMENT, "no_effect").concerns("not_tried")
        False
        """
        quiet = (self.harmless, *how(self.kind).quiet)
        return not isinstance(value, Unknown) and value not in quiet

    def said(self, value: Value) -> str:
        """Return an answer in words.

        >>> q = Question("a", "t", "Age?", "age", Kind.NUMBER, 35, low=16, high=99, unit="years")
        >>> q.said(40), q.said(Unknown.DONT_KNOW)
        ('40 years', "don't know")
        """
        match value:
            case Unknown.DONT_KNOW:
                return "don't know"
            case Unknown.DECLINED:
                return "prefers not to say"
            case Unknown.NOT_APPLICABLE:
                return "does not apply"
            case int():
                unit = self.unit.removesuffix("s") if value == 1 else self.unit
                return f"{self.scale.write(value)} {unit}"
            case _:
                return next((o.say for o in self.answers if o.id == value), value)
