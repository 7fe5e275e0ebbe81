"""Everything a screening concludes as one boolean circuit over the answers as given.

A gate is two-valued, because "not asked" is one of the things an answer can be: what is certainly
true and what is certainly false are two gates, and neither is on while it is undecided. Gates
stand in an order in which each rests only on gates before it, and each is written once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from screening.errors import assert_never
from screening.model.program import Atom
from screening.model.question import Value
from screening.model.vocabularies import Firmness, Level, Strength, Verdict

Wire: TypeAlias = int
"""The number of a gate in its circuit."""


@dataclass(frozen=True, slots=True)
class IsOneOf:
    """The answer given is one of these words; `dont_know` and `declined` are words."""

    question: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class InRange:
    """The answer given is a number from `low` to `high`, both included."""

    question: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class IsAsked:
    """An answer was given, unknown ones included."""

    question: str


@dataclass(frozen=True, slots=True)
class Every:
    """All parts are on; on when there are none."""

    parts: tuple[Wire, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """A part is on; off when there is none."""

    parts: tuple[Wire, ...]


@dataclass(frozen=True, slots=True)
class Opposite:
    """The part is off."""

    part: Wire


@dataclass(frozen=True, slots=True)
class Enough:
    """At least so many of the parts are on; a part listed twice counts twice."""

    needed: int
    parts: tuple[Wire, ...]


AnswerGate = IsOneOf | InRange | IsAsked
Gate = IsOneOf | InRange | IsAsked | Every | Some | Opposite | Enough


@dataclass(frozen=True, slots=True)
class Refers:
    """A referral at this level or a more urgent one."""

    level: Level


@dataclass(frozen=True, slots=True)
class Blocks:
    """Every exercise conclusion is withheld: there is no positive clearance."""


@dataclass(frozen=True, slots=True)
class LeavesLight:
    """Usual light activity is all that is left; it says nothing while all is withheld."""


@dataclass(frozen=True, slots=True)
class Finds:
    """A finding at this strength or a higher one."""

    finding: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Stages:
    """The stage on its axis."""

    stage: str


@dataclass(frozen=True, slots=True)
class Clears:
    """The clearance the client needs."""

    clearance: str


@dataclass(frozen=True, slots=True)
class Limits:
    """A limit, in its own unit."""

    limit: str
    at_most: int


@dataclass(frozen=True, slots=True)
class Offers:
    """A category is recommended and nothing withholds it."""

    category: str


@dataclass(frozen=True, slots=True)
class Withholds:
    """A category is recommended and withheld; the rules are those that withhold it."""

    category: str


@dataclass(frozen=True, slots=True)
class Avoids:
    """A category, direction or exercise is to be left out, this firmly or more so."""

    kind: str
    target: str
    firmness: Firmness


@dataclass(frozen=True, slots=True)
class Plans:
    """What becomes of an exercise if it is in the client's programme."""

    exercise: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Replaces:
    """An exercise is offered instead of one of the programme."""

    exercise: str
    instead: str


@dataclass(frozen=True, slots=True)
class Advises:
    """Something is on a list, by the key of the list: on `advice`, a sentence is said."""

    advice: str
    listing: str = "advice"


Output: TypeAlias = (
    Refers | Blocks | LeavesLight | Finds | Stages | Clears | Limits
    | Offers | Withholds | Avoids | Plans | Replaces | Advises
)  # fmt: skip


class Behind(NamedTuple):
    """A rule stands behind an output while this gate is on; the output then is too."""

    rule: str
    when: Wire


class Concluded(NamedTuple):
    """When an output is concluded, and the rules behind it in the order an assessment has.

    A rule may be listed twice, with gates of its own.
    """

    when: Wire
    rules: tuple[Behind, ...]


class Fill(NamedTuple):
    """A question reads as this value while the gate is on, beside an answer that was given."""

    value: Value
    when: Wire


@dataclass(frozen=True, slots=True)
class Circuit:
    """What a screening concludes, as gates; only the gates behind what is wanted need be worked.

    `truths` holds both sides of every reading of every rule and of every finding. `fills` says
    what questions read as beside what was answered, `contradicts` whose answer does not fit
    another one. `could_refer` says of each level whether nothing refers at it or above yet, and
    something still could.
    """

    gates: tuple[Gate, ...]
    fills: Mapping[str, tuple[Fill, ...]]
    truths: Mapping[Atom, Wire]
    outputs: Mapping[Output, Concluded]
    contradicts: Mapping[str, Concluded] = field(default_factory=dict)
    could_refer: Mapping[Level, Wire] = field(default_factory=dict)

    def needed(self, wires: Iterable[Wire]) -> tuple[Wire, ...]:
        """Return these gates and all they rest on, in order.

        >>> gates = (IsAsked("a"), IsAsked("b"), Opposite(0))
        >>> Circuit(gates, {}, {}, {}).needed([2])
        (0, 2)
        """
        found: set[Wire] = set()
        left = list(wires)
        while left:
            wire = left.pop()
            if wire not in found:
                found.add(wire)
                left += parts(self.gates[wire])
        return tuple(sorted(found))


def parts(gate: Gate) -> tuple[Wire, ...]:
    """Return the gates that a gate rests on."""
    match gate:
        case IsOneOf() | InRange() | IsAsked():
            return ()
        case Opposite(part):
            return (part,)
        case Every(parts) | Some(parts) | Enough(_, parts):
            return parts
    assert_never(gate)
