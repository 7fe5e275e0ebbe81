"""The case library: whole clients, and what must be concluded about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from screening.diagnostics import Span
from screening.errors import assert_never
from screening.model.ids import Sort
from screening.model.question import Value
from screening.model.vocabularies import Firmness, Level, Strength


class Origin(Enum):
    """Where a known case comes from: a publication, or made up for the rules it fires."""

    PUBLISHED = "published"
    SYNTHETIC = "synthetic"


class Verb(Enum):
    """What an expectation says of its target."""

    RECOMMEND = "recommend"
    AVOID = "avoid"
    MODIFY = "modify"
    KEEP = "keep"
    FIND = "find"
    ADVISE = "advise"
    CLEARANCE = "clearance"
    PROGRESS = "progress"
    HOLD = "hold"
    REGRESS = "regress"
    STOP = "stop"
    STAGE = "stage"
    LIMIT = "limit"
    CONFIRM = "confirm"

    @property
    def sorts(self) -> tuple[Sort, ...]:  # noqa: PLR0911 - one line for each sort
        """What its target may be; none where rules say it in words of their own.

        A direction of load is no such thing: it has no entry. It may be avoided all the same.
        """
        match self:
            case Verb.RECOMMEND | Verb.PROGRESS | Verb.HOLD | Verb.REGRESS | Verb.STOP:
                return (Sort.CATEGORY,)
            case Verb.AVOID:
                return (Sort.CATEGORY, Sort.EXERCISE)
            case Verb.MODIFY | Verb.KEEP:
                return (Sort.EXERCISE,)
            case Verb.FIND:
                return (Sort.FINDING,)
            case Verb.ADVISE:
                return (Sort.ADVICE,)
            case Verb.CLEARANCE:
                return (Sort.CLEARANCE,)
            case Verb.STAGE:
                return (Sort.STAGE,)
            case Verb.LIMIT:
                return (Sort.LIMIT,)
            case Verb.CONFIRM:
                return (Sort.QUESTION,)
        assert_never(self)


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that must, or must not, be concluded.

    `least` is the strength of a finding or the firmness of an avoid that is enough; `number` is
    what a limit must be; `by` is a rule that must be among those behind it.
    """

    verb: Verb
    target: str
    least: Strength | Firmness | None = None
    number: int | None = None
    by: str = ""
    at: Span = field(default=Span(""), compare=False, repr=False)

    @property
    def degree(self) -> str:
        """What comes after `is` in a case file; empty when any will do."""
        if self.least is not None:
            return self.least.word
        return "" if self.number is None else str(self.number)

    @property
    def words(self) -> str:
        """The claim as it is written in a case file.

        >>> Claim(Verb.FIND, "stiff", Strength.SUPPORTED).words
        'find stiff is supported'
        """
        return f"{self.verb.value} {self.target}{self.rest}"

    @property
    def rest(self) -> str:
        """What comes after the target in a case file, with the space before it."""
        degree = f" is {self.degree}" if self.degree else ""
        return degree + (f" by {self.by}" if self.by else "")


@dataclass(frozen=True, slots=True)
class Named:
    """A rule that is named, and where."""

    rule: str
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Expected:
    """What must be concluded: a level within bounds, one of the patterns, and all the rest."""

    at_least: Level = Level.NONE
    at_most: Level = Level.EMERGENCY
    pattern: tuple[Claim, ...] = ()
    must: tuple[Claim, ...] = ()
    must_not: tuple[Claim, ...] = ()
    rules: tuple[Named, ...] = ()
    not_rules: tuple[Named, ...] = ()
    referral_at: Span = field(default=Span(""), compare=False, repr=False)

    @property
    def level(self) -> str:
        """The bounds of the level in words; empty when any will do.

        >>> Expected(Level.ROUTINE).level
        'at least routine'
        """
        if self.at_least is self.at_most:
            return self.at_least.word
        bounds = [f"at least {self.at_least.word}"] if self.at_least > Level.NONE else []
        bounds += [f"at most {self.at_most.word}"] if self.at_most < Level.EMERGENCY else []
        return ", ".join(bounds)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A mutant of a rule that may stay alive, by name, and why."""

    rule: str
    mutant: str
    reason: str
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Somebody answers for a change that clears clients who were not cleared before.

    `before` and `after` are the logic digests of the knowledge it leads from and to; `looser` says
    what became looser, in words.
    """

    before: str
    after: str
    by: str
    because: str
    on: str
    looser: tuple[str, ...]
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Action:
    """What the source did about the client, and the level we read it as."""

    text: str
    level: Level


@dataclass(frozen=True, slots=True)
class KnownCase:
    """One case of the library.

    `answers` are what the source reports, `assumed` what was added; the two share no question.
    With `harmless_from`, every other question that can raise that level or a higher one is taken
    as answered harmlessly; what is left was not asked. A synthetic case has no source. `follows`
    is the case of the screening before this one, if there was one.
    """

    id: str
    title: str
    origin: Origin
    answers: Mapping[str, Value]
    assumed: Mapping[str, Value]
    expect: Expected
    source: str = ""
    harmless_from: Level | None = None
    programme: tuple[str, ...] = ()
    follows: str = ""
    action: Action | None = None
    note: str = ""
    at: Span = field(default=Span(""), compare=False, repr=False)
    follows_at: Span = field(default=Span(""), compare=False, repr=False)
