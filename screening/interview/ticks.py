"""From what was typed at a tick list to an answer for each item, a command, or why it is neither.

Items are numbered. A number is a tick; after a key it has the answer of that key, and a key with
no number is for all that is left. A word is read whole: never as keys, never as several numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from screening.diagnostics import nearest, quoted
from screening.interview.reply import (
    NOES,
    UNKNOWNS,
    YESES,
    Command,
    Unclear,
    keys,
    plain,
    read_command,
)
from screening.model.question import Question, Value
from screening.model.tick_list import tick_of
from screening.model.vocabularies import Unknown

SURE: Mapping[str, Value] = {"?": Unknown.DONT_KNOW}
BREAKS = re.compile(r"[,;]|\band\b")
ALL = frozenset(("all", "all of them", "all of these"))
NONES = NOES | {"none of these", "none of them", "no none", "nothing of that"}
SHORTEST = 3  # letters that an item can be begun with


@dataclass(frozen=True, slots=True)
class Ticks:
    """An answer for each item, in the order of the list."""

    values: Mapping[str, Value]


TicksReply = Command | Ticks | Unclear


@dataclass
class _Reading:
    """What is read of one line so far."""

    items: tuple[Question, ...]
    said: dict[str, Value] = field(default_factory=dict)
    rest: Value | None = None
    problem: str = ""

    def put(self, name: str, value: Value) -> None:
        """Note an answer to an item; two for one are a problem."""
        if self.said.setdefault(name, value) != value:
            place = [one.id for one in self.items].index(name) + 1
            self.problem = self.problem or f"{place} has two answers there."


def read_ticks(items: tuple[Question, ...], text: str) -> TicksReply:
    """Return what a line means as an answer to a list; case and spacing do not matter."""
    command, said = read_command(text), plain(text)
    if command is not None:
        return command
    bare = said.rstrip(".!")
    if not bare:
        return Unclear(f"Expected {expected_ticks(items)}, or ? for help.")
    if bare in NONES:
        return Ticks({one.id: one.harmless for one in items})
    reading = _Reading(items)
    if bare in ALL:
        reading.rest = tick_of(items[0])
    elif whole := _named(items, bare):
        reading.put(whole, tick_of(items[0]))
    else:
        _read(reading, bare)
    if reading.problem:
        return Unclear(
            f"{quoted(text.strip())}: {reading.problem} Expected {expected_ticks(items)}."
        )
    rest = reading.rest
    return Ticks(
        {i.id: reading.said.get(i.id, i.harmless if rest is None else rest) for i in items}
    )


def expected_ticks(items: tuple[Question, ...]) -> str:
    """Return what can be typed, in words."""
    return f"numbers from 1 to {len(items)} such as `1 {len(items)}`, n for none, or ? 2"


def list_keys(items: tuple[Question, ...]) -> dict[str, Value]:
    """Return the keys that are shown: those of other answers, and of not being sure of one."""
    first = items[0]
    others = {k: v for k, v in keys(first).items() if v not in {first.harmless, tick_of(first)}}
    return {**others, **SURE}


def typed_ticks(items: tuple[Question, ...], values: Mapping[str, Value]) -> str:
    """Return what is typed for an answer to each item: `read_ticks` reads the same again.

    >>> from screening.model.question import YES_NO
    >>> from screening.model.vocabularies import Kind
    >>> one, two = (Question(n, "t", "?", n, Kind.YES_NO, "no", YES_NO) for n in ("a", "b"))
    >>> typed_ticks((one, two), {"a": "no", "b": Unknown.DONT_KNOW})
    'dk 2'
    """
    words: dict[Value, str] = {Unknown.DONT_KNOW: "dk", Unknown.DECLINED: "pns"}
    by_answer: dict[Value, str] = {value: key for key, value in keys(items[0]).items()}
    by_answer |= words
    numbers: dict[Value, list[str]] = {}
    for place, one in enumerate(items, start=1):
        if values[one.id] != one.harmless:
            numbers.setdefault(values[one.id], []).append(str(place))
    said = (f"{by_answer[value]} {' '.join(places)}" for value, places in numbers.items())
    return ", ".join(said) or "n"


def _read(reading: _Reading, said: str) -> None:
    for words in _parts(reading.items, said):
        if not reading.problem:
            _part(reading, words)


def _parts(items: tuple[Question, ...], said: str) -> Iterator[str]:
    """Yield what stands between commas; the words of an item are one part, commas and all."""
    names = "|".join(map(re.escape, sorted(names_of(items), key=len, reverse=True)))
    ends = rf"\s*(?:{BREAKS.pattern}|$)"
    for part in re.finditer(rf"\s*(?:(?P<name>{names})(?={ends})|(?P<other>.*?)){ends}", said):
        if words := part["name"] or part["other"]:
            yield words


def _part(reading: _Reading, words: str) -> None:
    """Read one part: numbers, a key with or without numbers, or the words of an item."""
    tick = tick_of(reading.items[0])
    groups = _groups(reading.items, words)
    if not groups:
        _worded(reading, words)
    for value, numbers in groups:
        for number in numbers:
            _numbered(reading, number, value)
        if not numbers and value == tick:
            reading.problem = "which ones?"
        elif not numbers and reading.rest not in {None, value}:
            reading.problem = "the rest has two answers there."
        elif not numbers:
            reading.rest = value


def _groups(items: tuple[Question, ...], words: str) -> list[tuple[Value, list[str]]]:
    """Return each key's answer with the numbers after it; nothing where it is something else."""
    first = items[0]
    known: dict[str, Value] = {**UNKNOWNS, **SURE}
    known |= {key: value for key, value in keys(first).items() if value != first.harmless}
    pattern = "|".join(re.escape(key) for key in sorted(known, key=len, reverse=True))
    ahead = r"(?=\s|$)"
    key = rf"(?P<key>{pattern})(?:\s+about)?(?=\s|[0-9]|$)\s*"
    group = re.compile(rf"(?:{key})?(?P<numbers>(?:[0-9]+{ahead}\s*)*)")
    found: list[tuple[Value, list[str]]] = []
    end = 0
    while end < len(words):
        match = group.match(words, end)
        if match is None or match.end() == end or match.group().strip() == "?":
            return []
        found.append((known.get(match["key"], tick_of(first)), match["numbers"].split()))
        end = match.end()
    return found


def names_of(items: tuple[Question, ...]) -> dict[str, str]:
    """Return all that an item may be called, in plain letters, with the item."""
    named = {one.id: one.id for one in items} | {one.id.replace("_", " "): one.id for one in items}
    return named | {plain(one.item): one.id for one in items}


def _named(items: tuple[Question, ...], words: str) -> str:
    """Return the item that a whole line names or begins, commas and all; else nothing."""
    found = _begun(names_of(items), words)
    return found[0] if len(found) == 1 else ""


def _begun(named: Mapping[str, str], words: str) -> list[str]:
    """Return the items that are called so, or whose name begins so: whole words first."""
    if words in named:
        return [named[words]]
    if len(words) < SHORTEST:
        return []
    whole = [item for name, item in named.items() if f"{name} ".startswith(f"{words} ")]
    begun = whole or [item for name, item in named.items() if name.startswith(words)]
    return list(dict.fromkeys(begun))


def _numbered(reading: _Reading, number: str, value: Value) -> None:
    if len(number) < SHORTEST and 0 < int(number) <= len(reading.items):
        reading.put(reading.items[int(number) - 1].id, value)
    else:
        reading.problem = f"there is no {number[:9]} here."


def _worded(reading: _Reading, words: str) -> None:
    """Tick the item that words are, or begin; what is none of one item is a problem."""
    if words in NONES or ("none" in words.split() and not words.isalpha()):
        reading.problem = "none goes with no tick."
        return
    named = names_of(reading.items)
    found = _begun(named, words)
    if len(found) == 1:
        reading.put(found[0], tick_of(reading.items[0]))
    elif words in YESES:
        reading.problem = "which ones?"
    elif found:
        places = [str(n) for n, one in enumerate(reading.items, 1) if one.id in found]
        reading.problem = f"that can be {' or '.join(places)}."
    else:
        near = nearest(words, list(named))
        hint = "" if near is None else f" Did you mean `{near}`?"
        reading.problem = f"that is no item here.{hint}"
