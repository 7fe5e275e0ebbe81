"""Where the names of things stand in knowledge files: of which sorts, and how they are written.

What a key holds says it by itself for `Name`, `NameList` and texts with `{parameters}`; the rest
is listed here, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from screening.model.ids import Sort
from screening.schema.figures import FIGURE
from screening.schema.keys import Bare, Entry, Key, Name, NameList, Of, Other
from screening.schema.library import (
    CASE,
    EXEMPTION,
    EXPECT,
    FLAG_ENTRY,
    INVARIANT,
    OLDER_NAME,
    RENAMED_ANSWER,
    STATEMENT,
)
from screening.schema.questions import (
    CAUTION,
    CELL,
    CONDITION,
    EQUIPMENT,
    EXERCISE,
    QUESTION,
    TICK_LIST,
)
from screening.schema.rules import ANSWERS, CONCLUSIONS, RECORD, RULE, UNKNOWN
from screening.schema.scores import ITEM, SCORE
from screening.schema.session import STAGE as SESSION_STAGE
from screening.schema.vocabulary import (
    ADVICE_ENTRY,
    ADVISER,
    CATEGORY,
    CLEARANCE,
    FINDING,
    GROUP,
    LIMIT,
    PARAMETER,
    SOURCE,
    STAGE,
    TARGET,
)


class NameForm(Enum):
    """How names stand in a text, a list of texts or the keys of a mapping."""

    NAME = "the name and nothing else"
    KEYS = "each key is a name"
    CHOICE = "names with `or` between them"
    PHRASE = "a condition, or the phrases of one"
    CLAIM = "what a case expects, as in `avoid squat by stiff-rule`"
    ANSWERS = "answers by question"
    BRACES = "names in braces"
    CONCLUSIONS = "what a rule concludes"
    DERIVED = "how an answer is worked out"
    EXEMPT = "what an invariant is not asked of: a thing of the kind it is asked of"
    POINTS = "each key is an answer of the questions under `of` beside it"
    OWN_ANSWER = "an answer of the question it stands in"
    OWN_ANSWERS = "the answers of the question they stand in"


@dataclass(frozen=True)
class NamesHeld:
    """What names a key holds, and how they are written."""

    form: NameForm
    sorts: tuple[Sort, ...] = ()


def _name(*sorts: Sort) -> NamesHeld:
    return NamesHeld(NameForm.NAME, sorts)


PHRASE, CLAIM, EXERCISES = (
    NamesHeld(NameForm.PHRASE),
    NamesHeld(NameForm.CLAIM),
    _name(Sort.EXERCISE),
)
STATED = (Sort.FINDING, Sort.QUESTION, Sort.PARAMETER, Sort.STAGE, Sort.LIMIT)
BY_HAND: tuple[tuple[Entry[Any], Mapping[str, NamesHeld]], ...] = (
    (SOURCE, {"key": _name(Sort.SOURCE)}),
    (GROUP, {"id": _name(Sort.GROUP)}),
    (FINDING, {"id": _name(Sort.FINDING)}),
    (STAGE, {"id": _name(Sort.STAGE)}),
    (LIMIT, {"id": _name(Sort.LIMIT)}),
    (PARAMETER, {"id": _name(Sort.PARAMETER)}),
    (CATEGORY, {"id": _name(Sort.CATEGORY)}),
    (ADVICE_ENTRY, {"id": _name(Sort.ADVICE), "gives_way_to": _name(Sort.ADVICE)}),
    (TARGET, {"id": _name(Sort.TARGET)}),
    (CLEARANCE, {"id": _name(Sort.CLEARANCE)}),
    (ADVISER, {"id": _name(Sort.TRAINER_QUESTION)}),
    (EQUIPMENT, {"id": _name(Sort.EQUIPMENT)}),
    (CAUTION, {"id": _name(Sort.CAUTION)}),
    (
        QUESTION,
        {
            "id": _name(Sort.QUESTION),
            "answers": NamesHeld(NameForm.OWN_ANSWERS),
            "harmless": NamesHeld(NameForm.OWN_ANSWER),
            "sums_up": _name(Sort.QUESTION),
            "derived": NamesHeld(NameForm.DERIVED),
        },
    ),
    (TICK_LIST, {"id": _name(Sort.LIST), "items": _name(Sort.QUESTION)}),
    (
        EXERCISE,
        {
            "id": EXERCISES,
            "easier": EXERCISES,
            "equipment": NamesHeld(NameForm.CHOICE, (Sort.EQUIPMENT,)),
            "verdicts": NamesHeld(NameForm.KEYS, (Sort.FINDING,)),
        },
    ),
    (SCORE, {"id": _name(Sort.SCORE)}),
    (ITEM, {"of": _name(Sort.QUESTION), "points": NamesHeld(NameForm.POINTS)}),
    (CELL, {"avoid": EXERCISES}),
    (RULE, {"id": _name(Sort.RULE), "covers": _name(Sort.STATEMENT)}),
    (UNKNOWN, {"see": _name(Sort.RULE)}),
    (RECORD, {"rule": _name(Sort.RULE)}),
    (STATEMENT, {"id": _name(Sort.STATEMENT), "where": _name(*STATED)}),
    (FLAG_ENTRY, {"by": _name(Sort.RULE), "to": _name(Sort.TARGET)}),
    (INVARIANT, {"never": PHRASE, "sometimes": PHRASE, "at_stake": PHRASE}),
    (EXEMPTION, {"it": NamesHeld(NameForm.EXEMPT)}),
    (RENAMED_ANSWER, {"question": _name(Sort.QUESTION), "now": PHRASE}),
    (OLDER_NAME, {"now": _name(Sort.QUESTION, Sort.EXERCISE)}),
    (SESSION_STAGE, dict.fromkeys(("every", "some"), _name(Sort.FINDING, Sort.STAGE))),
    (FIGURE, {"shows": _name(Sort.EXERCISE, Sort.QUESTION)}),
    (
        EXPECT,
        {
            "pattern": PHRASE,
            "must": CLAIM,
            "must_not": CLAIM,
            "rules": _name(Sort.RULE),
            "not_rules": _name(Sort.RULE),
        },
    ),
    (
        CASE,
        {
            "id": _name(Sort.CASE),
            "follows": _name(Sort.CASE),
            "programme": EXERCISES,
            "source": _name(Sort.SOURCE),
        },
    ),
)
_LISTED = {(id(entry), name): held for entry, keys in BY_HAND for name, held in keys.items()}
_READ = {
    CONDITION.words: NameForm.PHRASE,
    CONCLUSIONS.words: NameForm.CONCLUSIONS,
    ANSWERS.words: NameForm.ANSWERS,
}
_SORTS = {
    Of.SOURCE: Sort.SOURCE,
    Of.GROUP: Sort.GROUP,
    Of.CATEGORY: Sort.CATEGORY,
    Of.MOVEMENT: Sort.QUESTION,
    Of.TARGET: Sort.TARGET,
    Of.RULE: Sort.RULE,
    Of.EXERCISE: Sort.EXERCISE,
    Of.CAUTION: Sort.CAUTION,
    Of.CLEARANCE: Sort.CLEARANCE,
    Of.LIMIT: Sort.LIMIT,
}


def names_held(entry: Entry[Any], key: Key) -> NamesHeld | None:
    """Return what names a key of an entry holds; None where it holds none.

    >>> from screening.schema.vocabulary import DOSE
    >>> names_held(DOSE, DOSE.key("source"))
    NamesHeld(form=<NameForm.NAME: 'the name and nothing else'>, sorts=(<Sort.SOURCE: 'source'>,))
    """
    listed = _LISTED.get((id(entry), key.name))
    if listed is not None:
        return listed
    match key.holds:
        case Other(words, None) if words in _READ:
            return NamesHeld(_READ[words])
        case Name(of) | NameList(of):
            return _name(_SORTS[of])
        case Bare.FILLED:
            return NamesHeld(NameForm.BRACES, (Sort.PARAMETER,))
        case _:
            return None
