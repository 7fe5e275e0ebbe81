"""A client's answers, and what an engine makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from screening.diagnostics import Diagnostic, Span
from screening.model.decision import Agreement, Looked, OnRecord, Override
from screening.model.question import Value
from screening.model.rule import Head
from screening.model.vocabularies import Effect, Level, Strength, Truth
from screening.storage.codec import FLAG, HIDDEN, SPARED, KeptAs


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the screenings before leave behind for the next one.

    `answers` were in force at the end of the last one. `weeks` holds, for those carried into it,
    how many whole weeks old they were then (None: not known); all others were given then.
    `first` are the answers given in the first screening, `span` the weeks from it to the last
    (None: not known). `offered` and `avoided` are the categories the last one offered and left
    out, in catalogue order, and `level` is what it referred at. `looked` says whether somebody
    has looked at that, `agreed` what a clinician agreed to last, `overrides` what trainers
    overrode in any of them, and `days` how long ago the last one was; None: not on record.
    `anew` says that the case follows none: all is asked again, and only an open referral and what
    people decided are left.
    """

    answers: Mapping[str, Value]
    weeks: Mapping[str, int | None] = field(default_factory=lambda: MappingProxyType({}))
    first: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    span: int | None = 0
    offered: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    level: Level = Level.NONE
    looked: Looked = Looked.ASK
    agreed: Agreement | None = None
    overrides: tuple[Override, ...] = ()
    days: int | None = None
    anew: bool = field(default=False, metadata=KeptAs(added=True, form=FLAG).metadata)


@dataclass(frozen=True, slots=True)
class ListedOtherwise:
    """An item of a tick list whose own answer is another one than the list gives it."""

    tick_list: str
    item: str
    own: Value
    listed: Value


@dataclass(frozen=True, slots=True)
class Case:
    """What is known about a client. A question absent from `answers` was not asked.

    `programme` holds exercise ids; `other_exercises` are names the catalogue does not cover;
    `places` says where in a file an answer stands, and `dated` what became of answers to older
    questions. `follows` is what the file names as the earlier case, at `follows_at`, and `earlier`
    is what that one left behind once it was read. `record` is what its record says beside the
    answers; an intake file has none. `at_odds` are items that a list and an own
    answer say two things of.
    """

    answers: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    programme: tuple[str, ...] = ()
    other_exercises: tuple[str, ...] = field(default=(), metadata=KeptAs("other").metadata)
    client: str = field(default="", metadata=HIDDEN)
    follows: str = field(default="", metadata=HIDDEN)
    earlier: Earlier | None = None
    record: OnRecord | None = None
    at_odds: tuple[ListedOtherwise, ...] = field(default=(), metadata=SPARED)
    places: Mapping[str, Span] = field(
        default_factory=lambda: MappingProxyType({}), compare=False, repr=False, metadata=HIDDEN
    )
    dated: tuple[Diagnostic, ...] = field(default=(), compare=False, repr=False, metadata=HIDDEN)
    follows_at: Span = field(default=Span(""), compare=False, repr=False, metadata=HIDDEN)


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """A question's answer was among the facts that matched."""

    question: str
    value: Value


@dataclass(frozen=True, slots=True)
class TallyFact:
    """A count was among the facts that matched: `definite` to `possible` of the group do it."""

    group: str
    effect: Effect
    definite: int
    possible: int


@dataclass(frozen=True, slots=True)
class PointsFact:
    """A sum was among the facts that matched: the score has `least` to `most` points."""

    score: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class FindingFact:
    """A finding was among the facts that matched: that it is, or certainly is not."""

    finding: str
    strength: Strength
    truth: Truth


Fact = AnswerFact | TallyFact | PointsFact | FindingFact


@dataclass(frozen=True, slots=True)
class Firing:
    """One rule fired on these facts: the audit record."""

    head: Head
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an engine decided. Firings are in order of rule id; the reference keeps none."""

    heads: Mapping[Head, Truth]
    findings: Mapping[tuple[str, Strength], Truth]
    firings: tuple[Firing, ...] = ()

    def fired(self, head: Head) -> bool:
        """Tell whether a head is certainly true."""
        return self.heads[head] is Truth.TRUE
