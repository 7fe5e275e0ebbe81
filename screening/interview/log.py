"""Between entries of a session and plain JSON values."""

from __future__ import annotations

from screening.errors import ScreeningError, assert_never
from screening.interview.events import Answered, Entry, Kept, Listed, Skipped, Unsure
from screening.model.question import Value
from screening.model.words import ASKED_UNKNOWN, Unknown

SPECIAL = {unknown.value: unknown for unknown in ASKED_UNKNOWN}


class Damaged(ScreeningError):  # noqa: N818 - what is wrong, as in diagnostics
    """A draft holds what no interview writes."""


def as_text(entry: Entry) -> dict[str, object]:
    """Return an entry as JSON values.

    >>> as_text(Answered("saddle", Unknown.DONT_KNOW))
    {'answer': 'saddle', 'value': 'dont_know'}
    """
    match entry:
        case Answered(question, value):
            word = value.value if isinstance(value, Unknown) else value
            return {"answer": question, "value": word}
        case Unsure(question, value):
            return {"unsure": question, "value": value.value}
        case Skipped(question):
            return {"skip": question}
        case Listed(programme, other, more):
            return {"programme": list(programme), "other": list(other), "more": more}
        case Kept(rule):
            return {"keep": rule}
    assert_never(entry)


def entry_from(item: object) -> Entry:
    """Return the entry that JSON values stand for.

    Raises:
        Damaged: when they stand for none.

    >>> entry_from({"skip": "age"})
    Skipped(question='age')

    """
    match item:
        case {"answer": str(question), "value": value}:
            return Answered(question, _value(value))
        case {"unsure": str(question), "value": str(word)} if word in SPECIAL:
            return Unsure(question, SPECIAL[word])
        case {"skip": str(question)}:
            return Skipped(question)
        case {"programme": list(programme), "other": list(other), "more": bool(more)}:
            return Listed(names(programme), names(other), more)
        case {"keep": str(rule)}:
            return Kept(rule)
    raise Damaged("an entry is none an interview writes")


def _value(value: object) -> Value:
    if isinstance(value, str):
        return SPECIAL.get(value, value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise Damaged("an answer is neither text nor a whole number")


def names(written: object) -> tuple[str, ...]:
    """Return a list of texts.

    Raises:
        Damaged: when it is something else.

    """
    found = (
        [text for text in written if isinstance(text, str)] if isinstance(written, list) else []
    )
    if not isinstance(written, list) or len(found) != len(written):
        raise Damaged("a list holds something other than text")
    return tuple(found)


def said_by(item: dict[str, object]) -> str:
    """Return what was answered, in the words of the time."""
    return str(item.get("said") or f"{item.get('answer')}: {item.get('value')}")


def texts(tree: dict[str, object]) -> tuple[str, str, str, str, str]:
    """Return a draft's client, what it follows, its order, status and knowledge digest.

    Raises:
        Damaged: when one is missing or no text.

    """
    knowledge = tree.get("knowledge")
    digest = knowledge.get("digest") if isinstance(knowledge, dict) else None
    keys = ("client", "follows", "order", "status")
    match (*(tree.get(key) for key in keys), digest):
        case (str(client), str(follows), "adaptive" | "fixed" as order, str(status), str(known)):
            return client, follows, order, status, known
    raise Damaged("its client, order, status or knowledge is missing")
