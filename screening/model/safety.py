"""What must never happen: the flags that must be heard, and the invariants that are proved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from screening.diagnostics import Span
from screening.model.expr import Expr
from screening.model.rule import Head, Reading, Refer, Rule, UnknownPolicy, Unsure
from screening.model.vocabularies import Level


class Each(Enum):
    """What an invariant speaks about; `it` in its phrases is one of these."""

    CLIENT = "client"
    COMPLETE_CLIENT = "complete client"
    FLAG = "flag"
    URGENT_FLAG = "urgent flag"
    URGENT_QUESTION = "urgent question"
    CATEGORY = "category"
    EXERCISE = "exercise"
    RULE = "rule"
    ANSWER = "answer"
    FINDING = "finding"
    WORD = "word"


class After(Enum):
    """A change of the answers that an invariant compares a screening across."""

    LATER_ANSWER = "a later answer"
    WORSE_ANSWER = "a worse answer to a safety question"
    NOW_HURTS = "a movement that now brings it on"


class Phrase(Enum):
    """What can be said of a screening, besides the conditions that rules use."""

    SUGGESTED = "an exercise is suggested"
    NOTHING = "nothing is concluded"
    LOWER = "the referral is lower"
    LOOSER = "a restriction is gone"
    NEWLY_OFFERED = "an exercise that trains it is newly offered"
    HOLDS = "it holds"
    COULD_HOLD = "it could hold"
    MIGHT_HOLD = "it holds if unknown answers make it hold"
    BELOW = "the referral is below its level"
    BELOW_UNKNOWN = "the referral is below its level for unknown answers"
    OFFERED = "it is offered"
    ALTERNATIVE = "it is offered as an alternative"
    AVOIDED = "it is avoided"
    WANTED = "a rule wants it"
    UNWANTED = "a rule avoids it"
    FIRES = "it fires"
    MATTERS = "it matters"
    NEEDED = "it alone concludes something"
    CIRCULAR = "it rests on itself"
    UNUSED = "it is unused"
    HIDDEN = "another answer hides it"
    CARRIED = "an older answer stands for it"


OF_FLAGS = frozenset(
    (Phrase.HOLDS, Phrase.COULD_HOLD, Phrase.MIGHT_HOLD, Phrase.BELOW, Phrase.BELOW_UNKNOWN)
)
COMPARING = frozenset((Phrase.LOWER, Phrase.LOOSER, Phrase.NEWLY_OFFERED))
OF_CLIENTS = COMPARING | {Phrase.SUGGESTED, Phrase.NOTHING}
OF_EXERCISE = frozenset((Phrase.OFFERED, Phrase.AVOIDED, Phrase.WANTED, Phrase.UNWANTED))
FITTING: Mapping[Each, frozenset[Phrase]] = MappingProxyType(
    {
        Each.CLIENT: OF_CLIENTS,
        Each.COMPLETE_CLIENT: OF_CLIENTS,
        Each.FLAG: OF_FLAGS | OF_CLIENTS,
        Each.URGENT_FLAG: OF_FLAGS | OF_CLIENTS,
        Each.CATEGORY: OF_EXERCISE,
        Each.EXERCISE: OF_EXERCISE | {Phrase.ALTERNATIVE},
        Each.RULE: frozenset((Phrase.FIRES, Phrase.NEEDED)),
        Each.ANSWER: frozenset((Phrase.MATTERS,)),
        Each.FINDING: frozenset((Phrase.CIRCULAR,)),
        Each.WORD: frozenset((Phrase.UNUSED,)),
        Each.URGENT_QUESTION: frozenset((Phrase.HIDDEN, Phrase.CARRIED)),
    }
)
"""The phrases that make sense for what an invariant speaks about."""

Said = Phrase | Expr


@dataclass(frozen=True, slots=True)
class Flag:
    """A condition that must be referred at a level, whatever else is answered.

    `unknown` is the level where it could hold, were the unknown answers known; `by` names the
    rules that are to see to it, and `to` whom they send, where not whom the level names. In
    itself it is a rule of its own, read as rules are.
    """

    when: Expr
    words: str
    level: Level
    unknown: Level = Level.NONE
    by: tuple[str, ...] = ()
    to: str = ""
    at: Span = field(default=Span(""), compare=False, repr=False)

    def as_rule(self) -> Rule:
        """Return the rule that would refer for this flag alone."""
        policy = UnknownPolicy(Unsure.NOT_MET, level=self.unknown)
        then = (Refer(self.level, ""),)
        return Rule(f"flag: {self.words}", self.words, self.when, then, "", unknown=policy)

    def head(self, reading: Reading) -> Head:
        """Return a reading of the flag."""
        return Head(f"flag: {self.words}", reading)


@dataclass(frozen=True, slots=True)
class Exemption:
    """One thing an invariant is not asked of, and why not."""

    it: str
    because: str
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Invariant:
    """Something that must never be so, or (`sometimes`) must be so for some client, for each.

    All of `said` must hold together. `at_stake` is what some client must meet, or the proof is
    vacuous.
    """

    id: str
    title: str
    because: str
    each: Each
    said: tuple[Said, ...]
    sometimes: bool = False
    after: After | None = None
    at_stake: tuple[Said, ...] = ()
    exempt: tuple[Exemption, ...] = ()
    at: Span = field(default=Span(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Safety:
    """Everything `safety.yaml` declares, in order."""

    flags: tuple[Flag, ...]
    invariants: tuple[Invariant, ...]
