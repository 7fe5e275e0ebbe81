"""A case as text and back: all that a conclusion rests on, so that it can be drawn again later.

The text is canonical (JSON, sorted keys): the same case gives the same text. Who the client is
and where the case was read from are no part of it.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from typing import TypeAlias, TypeVar

from screening.errors import ScreeningError
from screening.model.case import Case, Earlier
from screening.model.decision import Agreement, Looked, OnRecord, Override
from screening.model.question import Value
from screening.model.vocabularies import LEVELS, Level, Unknown

Tree: TypeAlias = "str | int | list[Tree] | dict[str, Tree] | None"
T = TypeVar("T")
UNKNOWNS = {unknown.value: unknown for unknown in Unknown}


class UnreadableCaseError(ScreeningError):
    """The text stands for no case."""


def text_of(case: Case) -> str:
    """Return a case as text.

    >>> text_of(Case({"age": 40, "fever": Unknown.DECLINED}))
    '{"answers":{"age":40,"fever":"declined"},"earlier":null,"other":[],"programme":[],"record":null}'
    """
    tree: Tree = {
        "answers": _answers(case.answers),
        "programme": list(case.programme),
        "other": list(case.other_exercises),
        "earlier": None if case.earlier is None else _earlier(case.earlier),
        "record": None if case.record is None else _record(case.record),
    }
    return json.dumps(tree, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def case_of(text: str) -> Case:
    """Return the case that a text stands for.

    Raises:
        UnreadableCaseError: when it stands for none.

    """
    try:
        tree = _mapping(json.loads(text))
        case = Case(
            _read_answers(tree["answers"]),
            _texts(tree["programme"]),
            _texts(tree["other"]),
            earlier=_maybe(tree["earlier"], _read_earlier),
            record=_maybe(tree["record"], _read_record),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableCaseError("the case of a conclusion cannot be read back") from error
    return case


def _answers(answers: Mapping[str, Value]) -> Tree:
    return {name: v.value if isinstance(v, Unknown) else v for name, v in answers.items()}


def _earlier(earlier: Earlier) -> Tree:
    return {
        "answers": _answers(earlier.answers),
        "weeks": dict(earlier.weeks),
        "first": _answers(earlier.first),
        "span": earlier.span,
        "offered": list(earlier.offered),
        "avoided": list(earlier.avoided),
        "level": earlier.level.word,
        "looked": earlier.looked.value,
        "agreed": None if earlier.agreed is None else _agreement(earlier.agreed),
        "overrides": [_override(one) for one in earlier.overrides],
        "days": earlier.days,
        "anew": int(earlier.anew),
    }


def _record(record: OnRecord) -> Tree:
    return {
        "on": record.on.isoformat(),
        "overrides": [_override(one) for one in record.overrides],
        "lapsed": [_override(one) for one in record.lapsed],
        "agreed": None if record.agreed is None else _agreement(record.agreed),
        "looked": record.looked.value,
        "level": record.level.word,
    }


def _agreement(one: Agreement) -> Tree:
    return {
        "by": one.by,
        "role": one.role,
        "on": one.on.isoformat(),
        "limits": dict(one.limits),
        "leave_out": list(one.leave_out),
        "note": one.note,
    }


def _override(one: Override) -> Tree:
    on = one.on.isoformat()
    return {"by": one.by, "on": on, "reason": one.reason, "rules": list(one.rules)}


def _read_earlier(tree: Tree) -> Earlier:
    found = _mapping(tree)
    return Earlier(
        answers=_read_answers(found["answers"]),
        weeks={name: _maybe(v, _number) for name, v in _mapping(found["weeks"]).items()},
        first=_read_answers(found["first"]),
        span=_maybe(found["span"], _number),
        offered=_texts(found["offered"]),
        avoided=_texts(found["avoided"]),
        level=LEVELS[_text(found["level"])],
        looked=Looked(found["looked"]),
        agreed=_maybe(found["agreed"], _read_agreement),
        overrides=_read_overrides(found["overrides"]),
        days=_maybe(found["days"], _number),
        anew=bool(_number(found.get("anew", 0))),
    )


def _read_record(tree: Tree) -> OnRecord:
    found = _mapping(tree)
    return OnRecord(
        _day(found["on"]),
        _read_overrides(found["overrides"]),
        _read_overrides(found["lapsed"]),
        _maybe(found["agreed"], _read_agreement),
        Looked(found["looked"]),
        LEVELS[_text(found.get("level", Level.NONE.word))],
    )


def _read_agreement(tree: Tree) -> Agreement:
    found = _mapping(tree)
    return Agreement(
        _text(found["by"]),
        _text(found["role"]),
        _day(found["on"]),
        tuple((name, _number(most)) for name, most in _mapping(found["limits"]).items()),
        _texts(found["leave_out"]),
        _text(found["note"]),
    )


def _read_overrides(tree: Tree) -> tuple[Override, ...]:
    return tuple(_read_override(_mapping(one)) for one in _list(tree))


def _read_override(found: Mapping[str, Tree]) -> Override:
    return Override(
        _text(found["by"]), _day(found["on"]), _text(found["reason"]), _texts(found["rules"])
    )


def _read_answers(tree: Tree) -> dict[str, Value]:
    return {name: _value(value) for name, value in _mapping(tree).items()}


def _value(tree: Tree) -> Value:
    return UNKNOWNS.get(tree, tree) if isinstance(tree, str) else _number(tree)


def _maybe(tree: Tree, read: Callable[[Tree], T]) -> T | None:
    return None if tree is None else read(tree)


def _mapping(tree: Tree) -> dict[str, Tree]:
    if not isinstance(tree, dict):
        raise TypeError
    return tree


def _list(tree: Tree) -> list[Tree]:
    if not isinstance(tree, list):
        raise TypeError
    return tree


def _text(tree: Tree) -> str:
    if not isinstance(tree, str):
        raise TypeError
    return tree


def _texts(tree: Tree) -> tuple[str, ...]:
    return tuple(_text(one) for one in _list(tree))


def _number(tree: Tree) -> int:
    if not isinstance(tree, int) or isinstance(tree, bool):
        raise TypeError
    return tree


def _day(tree: Tree) -> datetime.date:
    return datetime.date.fromisoformat(_text(tree))
