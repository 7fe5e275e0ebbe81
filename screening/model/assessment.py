"""What is concluded about a client: the contract `assessment/1`, as types."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from screening.model.conclusions import ADVICE, Listing
from screening.model.decision import Agreement, Override
from screening.model.question import Value
from screening.model.vocabularies import Firmness, Level, Pace, Strength, Verdict
from screening.storage.codec import HIDDEN, KeptAs


class Progress(Enum):
    """How far the screening got."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Referral:
    """The highest level any rule refers at, whom to see, and every rule that refers at all."""

    level: Level = Level.NONE
    to: tuple[str, ...] = ()
    tell: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    decisive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A finding at its highest strength."""

    id: str
    strength: Strength
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Staged:
    """The stage on one axis."""

    axis: str
    id: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limited:
    """A limit in its own unit; `agreed` is the agreement that sets it."""

    id: str
    at_most: int
    rules: tuple[str, ...]
    agreed: Agreement | None = None


@dataclass(frozen=True, slots=True)
class Recommended:
    """A category to offer, with an exercise of it that stays as it is today, if one does."""

    category: str
    notes: tuple[str, ...]
    rules: tuple[str, ...]
    such_as: str = field(default="", metadata=HIDDEN, compare=False)


@dataclass(frozen=True, slots=True)
class Avoided:
    """What to leave out for now; `kind` is category, direction or exercise.

    `agreed` is the agreement that leaves it out.
    """

    target: str
    kind: str
    firmness: Firmness
    rules: tuple[str, ...]
    agreed: Agreement | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """A conclusion that was reached and not given: `by` are the rules that withhold it.

    `agreed` is the agreement that leaves it out.
    """

    target: str
    by: tuple[str, ...]
    rules: tuple[str, ...]
    agreed: Agreement | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """An exercise of the programme. `instead` is a text (modify) or exercise ids (avoid).

    `open` names the questions that could still make the verdict stricter, `agreed` the agreement
    that leaves it out.
    """

    exercise: str
    verdict: Verdict
    instead: str
    alternatives: tuple[str, ...]
    rules: tuple[str, ...]
    open: tuple[str, ...] = ()
    agreed: Agreement | None = None


@dataclass(frozen=True, slots=True)
class Advised:
    """One thing on a list that rules add to, such as a sentence to say."""

    id: str
    rules: tuple[str, ...]
    listing: Listing = ADVICE


@dataclass(frozen=True, slots=True)
class Cleared:
    """The strictest clearance any rule asks for; it never changes the referral."""

    id: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """What becomes of a category that the earlier screening offered."""

    category: str
    pace: Pace = field(metadata=KeptAs("verdict").metadata)
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overruled:
    """An override, and the rules that withhold nothing because of it now."""

    override: Override
    lifts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Open:
    """A question that could still change something, or answers to confirm."""

    question: str
    could_change: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidTo:
    """What was answered to a question."""

    question: str
    answer: Value


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An answer that does not fit another one; both count."""

    question: str
    answer: Value
    against: SaidTo


@dataclass(frozen=True, slots=True)
class SummedItem:
    """What the answer to a question gives a score; None while it is not known."""

    question: str
    points: int | None


@dataclass(frozen=True, slots=True)
class Summed:
    """The points of a score: two ends while something is missing. `band` once it is certain."""

    id: str
    least: int
    most: int
    band: str | None
    items: tuple[SummedItem, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything concluded about one client, in a fixed order.

    `advice` is all that is listed, list by list. `overrides` are all that trainers overrode so
    far, oldest first. `agreed` is the agreement whose limits count.
    """

    status: Progress
    referral: Referral
    findings: tuple[Found, ...]
    stage: tuple[Staged, ...]
    limits: tuple[Limited, ...]
    recommend: tuple[Recommended, ...]
    avoid: tuple[Avoided, ...]
    withheld: tuple[Withheld, ...]
    programme: tuple[Planned, ...]
    advice: tuple[Advised, ...]
    confirm: tuple[Open, ...]
    open: tuple[Open, ...]
    not_covered: tuple[str, ...]
    draft_rules: int
    clearance: Cleared | None = None
    moves: tuple[Moved, ...] = ()
    overrides: tuple[Overruled, ...] = ()
    agreed: Agreement | None = None
    contradictions: tuple[Contradiction, ...] = ()
    scores: tuple[Summed, ...] = ()

    def listed(self, listing: Listing) -> tuple[Advised, ...]:
        """Return what is on a list."""
        return tuple(one for one in self.advice if one.listing is listing)

    @property
    def lifted(self) -> tuple[str, ...]:
        """The rules that withhold nothing because a trainer overrode them."""
        return tuple(dict.fromkeys(rule for one in self.overrides for rule in one.lifts))
