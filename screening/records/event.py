"""Everything a record can say: one frozen type per event, in the words of an interview.

Events are facts about what happened. They name questions, rules and findings by id, and know
nothing of what those mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from screening.model.question import Value
from screening.model.session import Held, SessionInputs
from screening.model.vocabularies import Unknown
from screening.records.store_event import StoreEvent
from screening.storage.codec import SPARED


@dataclass(frozen=True, slots=True)
class Started:
    """A case began, with this knowledge (the digest of its files) and this program.

    `by` is the trainer who asks, as the settings have them; empty where nobody was named.
    """

    order: str
    knowledge: str
    program: str
    follows: str = ""
    by: str = field(default="", metadata=SPARED)


@dataclass(frozen=True, slots=True)
class Resumed:
    """A case was taken up again, in this order; what was skipped may be asked again.

    `by` is the trainer who asks from now on; empty where nobody was named.
    """

    order: str
    knowledge: str
    program: str
    by: str = field(default="", metadata=SPARED)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question was shown; `wording` is the digest of it as shown."""

    question: str
    wording: str


BY_RECORDS = "(from the records)"
"""Ends what is said of an answer that was known from earlier screenings, and not asked."""
BY_SETTINGS = "(from the settings)"
"""Ends what is said of an answer that the settings give of the trainer, and nobody typed."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question was answered; `said` is the answer in the words of the time."""

    question: str
    value: Value
    wording: str = ""
    said: str = ""

    @property
    def by_records(self) -> bool:
        """Whether the answer was known from earlier screenings, and not asked."""
        return self.said.endswith(BY_RECORDS)


@dataclass(frozen=True, slots=True)
class Changed:
    """An answer replaced an earlier one."""

    question: str
    value: Value
    before: Value
    wording: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Unsure:
    """An emergency question got no value the first time."""

    question: str
    value: Unknown
    wording: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A question was put off."""

    question: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The current programme so far; `more` while further names are asked for.

    `typed` are the lines it was given in, where they say more than the names.
    """

    programme: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    more: bool = False
    typed: tuple[str, ...] = field(default=(), metadata=SPARED)


@dataclass(frozen=True, slots=True)
class Kept:
    """Answers that a rule finds at odds were looked at and kept."""

    rule: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The last thing said was undone."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was said to a question no longer counts, because of `reason`."""

    question: str
    reason: str


@dataclass(frozen=True, slots=True)
class FlagRaised:
    """A referral at a level came up for the first time in this case."""

    level: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concluded:
    """A conclusion: the text of the case as it was concluded, and that of the assessment.

    The case holds all a conclusion rests on, what earlier screenings left behind included. The
    knowledge goes by the digest of its files.
    """

    case: str
    assessment: str
    knowledge: str
    program: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A report was shown: this text, of the case so named, with this head digest on it.

    It was laid out as the program did at the time, by its `layout`, in the words of a `country`.
    """

    form: str
    width: int
    named: str
    head: str
    text: str
    layout: int = field(default=1, metadata=SPARED)
    country: str = field(default="", metadata=SPARED)


@dataclass(frozen=True, slots=True)
class PaperMade:
    """A paper was made, of this kind: whom it is for, all else that is on it, and what it is.

    `named` is what the case is called on it, `name` the client's own; `private` are the private
    questions whose answers the client let into it. One that is text is kept; of any other, made
    by `maker`, the SHA-256 digest is. A sheet is of a session of `minutes` at a `place`, of which
    more may be `said`, and which begins from the `last` one; `by` is the trainer who asked. It is
    in the words of a `country`.
    """

    kind: str
    to: str
    named: str
    name: str
    on: str
    size: str
    head: str
    private: tuple[str, ...] = ()
    maker: str = ""
    digest: str = ""
    text: str = ""
    minutes: int = field(default=0, metadata=SPARED)
    place: str = field(default="", metadata=SPARED)
    by: str = field(default="", metadata=SPARED)
    said: SessionInputs | None = field(default=None, metadata=SPARED)
    last: tuple[Held, ...] = field(default=(), metadata=SPARED)
    country: str = field(default="", metadata=SPARED)


@dataclass(frozen=True, slots=True)
class Overridden:
    """A trainer decided, for a reason, to go on against what these rules withhold."""

    by: str
    reason: str
    level: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreementRecorded:
    """A named clinician answered, on a day (YYYY-MM-DD), whether the client may exercise.

    `level` is what had been referred. `limits` are of the form `LIMIT=NUMBER`; `leave_out` are
    categories and exercises. `answer` is that of the reply slip; empty is an agreement. It counts
    `until` a day. `seen` is the day of the visit; `may_contact` is yes, no, or not said.
    """

    by: str
    role: str
    on: str
    level: str
    limits: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    note: str = ""
    seen: str = ""
    answer: str = ""
    until: str = ""
    stop_if: str = ""
    may_contact: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """A case ended, in this state."""

    status: str


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """A client agreed to one purpose, in these words."""

    purpose: str
    words: str


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """A client took an agreement back."""

    purpose: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A trainer wrote something down about a client; it is no answer."""

    words: str


@dataclass(frozen=True, slots=True)
class GoalSaid:
    """A client said what they want to be able to do, and how near that is, 0 to 10 or not said."""

    goal: str
    score: int | None


@dataclass(frozen=True, slots=True)
class SessionPlanned:
    """A session was planned by a case: what was said of it, and what was to be done in it.

    No rule reads it. The next one is asked less, and begins from what was done.
    """

    case: str
    said: SessionInputs
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class FormMade:
    """A form to answer at home was made, with this knowledge, on a day (YYYY-MM-DD).

    Answers to the `invitation` are opened with the private `key`, both in hexadecimal.
    """

    invitation: str
    key: str
    knowledge: str
    on: str


@dataclass(frozen=True, slots=True)
class FormReceived:
    """Answers to an invitation came back and were filed as this case; `digest` is of the seal."""

    invitation: str
    case: str
    digest: str


@dataclass(frozen=True, slots=True)
class AlarmRaised:
    """A client who answered alone gave an emergency answer in this case."""

    case: str


@dataclass(frozen=True, slots=True)
class AlarmSeen:
    """A trainer has seen the emergency answer in this case."""

    case: str


CaseEvent = (
    Started
    | Resumed
    | Asked
    | Answered
    | Changed
    | Unsure
    | Skipped
    | Listed
    | Kept
    | TakenBack
    | Withdrawn
    | FlagRaised
    | Concluded
    | Printed
    | PaperMade
    | Overridden
    | AgreementRecorded
    | Closed
)
ClientEvent = (
    ConsentGiven
    | ConsentWithdrawn
    | PaperMade
    | Noted
    | GoalSaid
    | SessionPlanned
    | FormMade
    | FormReceived
    | AlarmRaised
    | AlarmSeen
)
Event = CaseEvent | ClientEvent | StoreEvent
