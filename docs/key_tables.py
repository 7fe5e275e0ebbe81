"""Tables of the keys of knowledge files, from `screening/schema`, for `docs/knowledge-format.md`.

A table stands between `<!-- keys: NAME -->` and `<!-- end of keys -->`; the prose around it is
written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from screening.schema import figures, library, questions, rules, scores, session, vocabulary
from screening.schema.keys import (
    Bare,
    ByName,
    Entry,
    Key,
    Name,
    NameList,
    Nested,
    Of,
    OneOf,
    Other,
    Rows,
    Shaped,
)

TABLE = re.compile(
    r"(?<=^<!-- keys: )(\S+)( -->\n)(?:.*?)(?=^<!-- end of keys -->$)", re.MULTILINE | re.DOTALL
)
NAMED = {Of.MOVEMENT: "movement question"}
SHOWN: dict[str, Entry[Any]] = {
    "topic": questions.TOPIC,
    "question": questions.QUESTION,
    "tick_list": questions.TICK_LIST,
    "rule": rules.RULE,
    "example": rules.EXAMPLE,
    "evidence": vocabulary.PIECE,
    "review": rules.REVIEW,
    "record": rules.RECORD,
    "part": rules.PART,
    "reviewer": vocabulary.REVIEWER,
    "exercise": questions.EXERCISE,
    "verdict": questions.CELL,
    "equipment": questions.EQUIPMENT,
    "start": questions.START,
    "caution": questions.CAUTION,
    "session": session.SESSION,
    "gate": session.GATE,
    "slot": session.SLOT,
    "session_stage": session.STAGE,
    "pain": session.PAIN,
    "figure": figures.FIGURE,
    "thing": figures.THING,
    "reach": figures.TARGET,
    "arrow": figures.ARROW,
    "pose": figures.POSE,
    "statement": library.STATEMENT,
    "flag": library.FLAG_ENTRY,
    "invariant": library.INVARIANT,
    "case": library.CASE,
    "expect": library.EXPECT,
    "waiver": library.WAIVER,
    "renamed": library.RENAMED_ANSWER,
    "called": library.OLDER_NAME,
    "parameter": vocabulary.PARAMETER,
    "score": scores.SCORE,
    "item": scores.ITEM,
    "pack": vocabulary.PACK,
    "source": vocabulary.SOURCE,
    "group": vocabulary.GROUP,
    "finding": vocabulary.FINDING,
    "stage": vocabulary.STAGE,
    "limit": vocabulary.LIMIT,
    "category": vocabulary.CATEGORY,
    "dose": vocabulary.DOSE,
    "advice": vocabulary.ADVICE_ENTRY,
    "country": vocabulary.COUNTRY,
    "level": vocabulary.LEVEL,
    "target": vocabulary.TARGET,
    "clearance": vocabulary.CLEARANCE,
    "acceptance": library.ACCEPTANCE,
    "adviser": vocabulary.ADVISER,
}


def with_tables(page: str) -> str:
    """Return a page with each of its tables of keys brought up to date."""
    return TABLE.sub(lambda m: f"{m[1]}{m[2]}{_table(SHOWN[m[1]])}", page)


def _table(entry: Entry[Any]) -> str:
    rows = [f"| {_key(key, entry)} | {_holds(key)} | {key.says} |" for key in _once(entry)]
    return "\n".join(["| key | holds | |", "|---|---|---|", *rows, ""])


def _once(entry: Entry[Any]) -> Iterator[Key]:
    """Yield each key once, as it is where it is read at all."""
    yield from reversed({key.name: key for key in reversed(entry.keys)}.values())


def _key(key: Key, entry: Entry[Any]) -> str:
    notes = [] if key.required else ["optional"]
    if key.only:
        notes.append(f"with `{entry.by}` {', '.join(f'`{word}`' for word in key.only)}")
    return f"`{key.name}`" + (f" ({'; '.join(notes)})" if notes else "")


def _holds(key: Key) -> str:  # noqa: PLR0911 - one case a kind
    match key.holds:
        case Bare() as plain:
            return plain.value
        case Shaped(words):
            return words
        case OneOf(words):
            told = ", ".join(f"`{word}`" for word in words)
            return told + (f"; without it `{key.default}`" if key.default else "")
        case Name(of):
            return f"the name of a {NAMED.get(of, of.value)}"
        case NameList(of):
            return f"a list of {of.value}s"
        case Rows(entry):
            return f"a list; each {', '.join(f'`{one.name}`' for one in _once(entry))}"
        case Nested(entry) | Other(entry=Entry() as entry):
            return f"a mapping: {', '.join(f'`{one.name}`' for one in _once(entry))}"
        case ByName(words) | Other(words):
            return words
