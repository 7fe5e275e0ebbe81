"""How each kind of conclusion is written in a rule file: its keys, and what may stand there.

The reader, the canonical order of keys, the editor's schema and the author's interview follow from
`FORMS`. A form whose `make` is the kind itself takes the slots in the order of its fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from screening.model.rule import (
    Advise,
    AtClearance,
    AtStage,
    AvoidCategory,
    AvoidDemand,
    AvoidExercise,
    Conclusion,
    Confirm,
    Find,
    Keep,
    Limit,
    Modify,
    Move,
    OfferOnly,
    Recommend,
    Refer,
)
from screening.model.vocabularies import Firmness, Pace, Strength


@dataclass(frozen=True)
class Slot:
    """One thing to say: its key, how it is asked for, and what may be said.

    `kind` names something the knowledge lists, an enum, `text`, `number` or `programme`. What is
    `urgent` must be said of referrals for now or today only.
    """

    key: str
    prompt: str
    kind: str | type[Enum]
    many: bool = False
    optional: bool = False
    urgent: bool = False
    low: int = 0
    high: int = 10**6


@dataclass(frozen=True)
class Form:
    """Slots in the order they are asked; `fixed` is what is written unasked."""

    words: str
    slots: tuple[Slot, ...]
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ConclusionForm(Form):
    """One way to write a conclusion of a kind.

    Authors choose it by `words`, in the order of `offered`; without words they are not offered it.
    """

    kind: type[Conclusion]
    make: Callable[..., Conclusion] | None = None
    offered: int = 99

    @property
    def head(self) -> str:
        """The key that tells what is concluded."""
        return next(iter(self.fixed), "") or self.slots[0].key

    def made(self, values: Iterable[object]) -> Conclusion:
        """Return the conclusion with these values in its slots; optional ones may end it."""
        build: Callable[..., Conclusion] = self.make or self.kind
        return build(*values)


def _limit(limit: str, at_most: tuple[int, str]) -> Limit:
    return Limit(limit, *at_most)


def _keep(_: str) -> Keep:
    return Keep()


INSTEAD = Slot(
    "instead", "Instead, nearest first (empty: end): ", "exercises", many=True, optional=True
)
FIRMLY = Slot("strength", "How firmly? ", Firmness)
FORMS: Mapping[str, ConclusionForm] = {
    "find": ConclusionForm(
        "find a pattern, for other rules",
        (Slot("find", "Which? ", "findings"), Slot("strength", "How surely? ", Strength)),
        kind=Find,
        offered=8,
    ),
    "refer": ConclusionForm(
        "refer to somebody",
        (
            Slot("refer", "How soon? ", "levels"),
            Slot("to", "To whom? ", "targets"),
            Slot("tell", "What to say on arrival: ", "text", urgent=True),
        ),
        kind=Refer,
        offered=6,
    ),
    "stage": ConclusionForm(
        "put the client at a stage",
        (Slot("stage", "Which? ", "stages"),),
        kind=AtStage,
        offered=11,
    ),
    "limit": ConclusionForm(
        "limit something",
        (Slot("limit", "What? ", "limits"), Slot("at_most", "At most: ", "number", high=1000)),
        kind=Limit,
        make=_limit,
        offered=12,
    ),
    "offer_category": ConclusionForm(
        "offer a category",
        (
            Slot("recommend", "Which category? ", "categories"),
            Slot("note", "Note (may stay empty): ", "text", optional=True),
        ),
        kind=Recommend,
        offered=5,
    ),
    "leave_out_direction": ConclusionForm(
        "leave out everything that loads a direction",
        (Slot("direction", "Which direction? ", "directions"), FIRMLY),
        {"avoid": "demand"},
        kind=AvoidDemand,
        offered=4,
    ),
    "leave_out_category": ConclusionForm(
        "leave out a category",
        (Slot("avoid", "Which category? ", "categories"), FIRMLY),
        kind=AvoidCategory,
        offered=3,
    ),
    "leave_out_exercise": ConclusionForm(
        "leave out an exercise",
        (
            Slot("avoid", "Which exercise? ", "exercises"),
            FIRMLY,
            Slot(
                "instead",
                "Instead, nearest first (empty: end): ",
                "exercises",
                many=True,
                optional=True,
            ),
        ),
        kind=AvoidExercise,
        offered=1,
    ),
    "change_exercise": ConclusionForm(
        "change an exercise",
        (Slot("modify", "Which exercise? ", "exercises"), Slot("instead", "How? ", "text")),
        kind=Modify,
        offered=2,
    ),
    "keep": ConclusionForm("", (Slot("keep", "", "programme"),), kind=Keep, make=_keep),
    "advise": ConclusionForm(
        "say a sentence to the client",
        (Slot("advise", "Which? ", "advice"),),
        kind=Advise,
        offered=7,
    ),
    "confirm": ConclusionForm(
        "ask again: answers do not fit together",
        (Slot("confirm", "Which questions (empty: end)? ", "questions", many=True),),
        kind=Confirm,
        offered=13,
    ),
    "clearance": ConclusionForm(
        "somebody must agree before training",
        (Slot("clearance", "Which? ", "clearances"),),
        kind=AtClearance,
        offered=9,
    ),
    "offer_only": ConclusionForm(
        "offer these categories and no others",
        (Slot("offer_only", "Which (empty: end)? ", "categories", many=True),),
        kind=OfferOnly,
        offered=10,
    ),
    "progress": ConclusionForm(
        "follow-up: what becomes of a category",
        (
            Slot("progress", "What? ", Pace),
            Slot("category", "Which category (empty: all)? ", "categories", optional=True),
        ),
        kind=Move,
        offered=14,
    ),
}
"""Every way to write a conclusion, in the canonical order of the keys it begins with."""

LATER = ("direction", "to", "at_most", "category", "strength", "instead", "tell", "note")
"""The canonical order of the keys that follow."""


def canonical_keys() -> tuple[str, ...]:
    """Return every key of a conclusion in canonical order."""
    heads = (form.head for form in FORMS.values())
    rest = (slot.key for form in FORMS.values() for slot in form.slots)
    return tuple(dict.fromkeys((*heads, *LATER, *rest)))


def offered_forms() -> dict[str, ConclusionForm]:
    """Return the forms that authors are offered, the commonest first."""
    ordered = sorted(FORMS.items(), key=lambda named: named[1].offered)
    return {name: form for name, form in ordered if form.words}
