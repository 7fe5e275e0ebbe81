"""How each kind of knowledge file is laid out: the order of its keys, and what stays on a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import PurePath

from screening.model.conclusion_forms import canonical_keys


class Style(Enum):
    """Whether the parts of a mapping or list stand on one line."""

    LINE = "always"
    FIT = "where they fit"
    BLOCK = "never"


@dataclass(frozen=True)
class Form:
    """How a value is laid out.

    `keys` are in their canonical order, each with the form of its value; other keys follow in the
    order written. `rest` is the form of list items and of other keys; without it they are laid
    out as what holds them.
    """

    mapping: Style = Style.FIT
    listing: Style = Style.FIT
    keys: Mapping[str, Form] = field(default_factory=dict)
    rest: Form | None = None

    def of(self, key: str) -> Form:
        """Return the form of the value of a key; of an item of a list when it is empty."""
        return self.keys.get(key) or self.rest or self

    def in_order(self, keys: Iterable[str]) -> list[str]:
        """Return keys in canonical order.

        >>> row("id title").in_order(["note", "title", "id"])
        ['id', 'title', 'note']
        """
        order = {key: place for place, key in enumerate(self.keys)}
        return sorted(keys, key=lambda key: order.get(key, len(order)))


LINE = Form(Style.LINE, Style.LINE)
FIT = Form()
BLOCK = Form(Style.BLOCK, Style.BLOCK)


def row(keys: str) -> Form:
    """Return the form of a mapping that stands on one line, with these keys."""
    return Form(Style.LINE, Style.LINE, dict.fromkeys(keys.split(), LINE))


def spread(keys: str, **forms: Form) -> Form:
    """Return the form of a mapping with one key a line; what has no form of its own may fit."""
    return Form(Style.BLOCK, Style.BLOCK, {key: forms.get(key, FIT) for key in keys.split()}, FIT)


def each(entry: Form) -> Form:
    """Return the form of a list with one entry after the other, or of one such entry alone."""
    return Form(entry.mapping, Style.BLOCK, entry.keys, entry)


def listing(**lists: Form) -> Form:
    """Return the form of a file that holds lists of entries."""
    return Form(Style.BLOCK, Style.BLOCK, {name: each(entry) for name, entry in lists.items()})


CONDITION = Form(keys={"count": FIT, "of": FIT})
PIECE = row("source at grade")
EVIDENCE = Form(Style.LINE, Style.FIT, PIECE.keys, PIECE)
CONCLUSION = row(" ".join(canonical_keys()))
RULE = spread(
    "id title status retired covers when unknown then because say conflict evidence review "
    "examples",
    covers=LINE,
    when=CONDITION,
    unknown=row("treat_as see"),
    then=each(CONCLUSION),
    evidence=EVIDENCE,
    review=row("due by on logic"),
    examples=each(row("name given rest expect refers")),
)
CASE = spread(
    "id title source kind follows answers assumed harmless_rest programme action expect note",
    answers=BLOCK,
    assumed=BLOCK,
    programme=LINE,
    action=row("text level"),
    expect=spread(
        "referral pattern must must_not rules not_rules",
        referral=row("is at_least at_most"),
        pattern=LINE,
        must=BLOCK,
        must_not=BLOCK,
        rules=LINE,
        not_rules=LINE,
    ),
)
QUESTION = spread(
    "id ask short kind valid from to unit answers groups sums_up gap renews only_if derived "
    "harmless safety intimate help",
    answers=each(row("id say")),
    groups=LINE,
    sums_up=LINE,
    only_if=CONDITION,
    derived=LINE,
)
QUESTIONS = spread("topic title lead_in valid questions", questions=each(QUESTION))
EXERCISE = spread(
    "id name aliases trains category performed_as light demands verdicts",
    aliases=LINE,
    trains=LINE,
    demands=LINE,
    verdicts=Form(Style.BLOCK, rest=row("keep modify avoid evidence")),
)
EXERCISES = spread("exercises evidence", exercises=each(EXERCISE), evidence=EVIDENCE)
CATEGORY = spread("id title light examples regress progress dose", dose=row("text source grade"))
ADVISER = spread("id ask because evidence", evidence=EVIDENCE)
FILES: Mapping[str, Form] = {
    "pack": spread(
        "id title version language region intended_use not_for review directions", not_for=BLOCK
    ),
    "sources": listing(sources=spread("key citation year kind read doi url note")),
    "groups": listing(groups=row("id title")),
    "findings": listing(findings=row("id title pattern")),
    "stages": listing(stages=row("id axis title")),
    "limits": listing(limits=row("id title unit")),
    "parameters": listing(parameters=row("id value unit title source at grade note")),
    "categories": listing(categories=CATEGORY),
    "advice": listing(advice=spread("id text")),
    "referrals": listing(
        levels=spread("id title to act exercise"), targets=spread("id title how")
    ),
    "clearances": listing(clearances=spread("id title say meanwhile only_light")),
    "trainer": spread("note questions", questions=each(ADVISER)),
    "coverage": listing(statements=row("id says how where why")),
    "accepted": listing(accepted=spread("before after by on because looser")),
    "waivers": listing(waivers=row("rule mutant reason")),
}
FOLDERS: Mapping[str, Form] = {
    "rules": RULE,
    "cases": CASE,
    "questions": QUESTIONS,
    "exercises": EXERCISES,
}
OTHER = Form(Style.BLOCK, Style.BLOCK, rest=Form(Style.BLOCK, Style.BLOCK, rest=FIT))


def form_of(path: PurePath) -> Form:
    """Return the form of a file by its path below the knowledge directory.

    >>> form_of(PurePath("rules/avoid/a.yaml")) is RULE, form_of(PurePath("pack.yaml")) is RULE
    (True, False)
    """
    if len(path.parts) > 1:
        return FOLDERS.get(path.parts[0], OTHER)
    return FILES.get(path.stem, OTHER)
