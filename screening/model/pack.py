"""What a pack says of itself: its purpose, sources, reviewers, countries and what it covers."""

from __future__ import annotations

from dataclasses import dataclass, field

from screening.diagnostics import Span
from screening.model.rule import Evidence
from screening.model.vocabularies import How, Read


@dataclass(frozen=True, slots=True)
class Pack:
    """What this knowledge is for, who has reviewed it, and the directions exercises may load."""

    id: str
    title: str
    version: str
    language: str
    region: str
    intended_use: str
    not_for: tuple[str, ...]
    review: str
    directions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A person who may review rules: their profession, and where they are registered for it."""

    id: str
    name: str
    profession: str
    registration: str
    since: str
    at: Span = field(default=Span(""), compare=False, repr=False)

    @property
    def titled(self) -> str:
        """The name with the profession."""
        return f"{self.name}, {self.profession}"


@dataclass(frozen=True, slots=True)
class Source:
    """A publication, and how much of it was really read."""

    key: str
    citation: str
    kind: str
    read: Read
    year: str = ""
    doi: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LocalWords:
    """What a text says, and what is said `instead` in one country."""

    say: str
    instead: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country that results can be worded for: its numbers, and what things are called there."""

    id: str
    title: str
    words: tuple[LocalWords, ...]
    at: Span = field(default=Span(""), compare=False, repr=False)

    def local(self, text: str) -> str:
        """Return a text as it is said there; the longest words are replaced first."""
        for one in sorted(self.words, key=lambda one: -len(one.say)):
            text = text.replace(one.say, one.instead)
        return text


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of a reference document (`DOCUMENT:NUMBER`), in our own words.

    `where` names what carries it out when that is no rule: findings, questions, stages, limits or
    parameters by id, or for what is built in the modules and tests. `why` says why it is no rule,
    or what of it the rules leave.
    """

    id: str
    says: str
    how: How = How.RULE
    where: tuple[str, ...] = ()
    why: str = ""
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class TrainerQuestion:
    """A question a client should ask a trainer, and what it is good for."""

    id: str
    ask: str
    because: str
    evidence: tuple[Evidence, ...]
