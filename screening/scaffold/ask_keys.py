"""From an entry of the schema to what an author says for its keys, or keeps of what is there."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from screening.load.parameters import NAMED
from screening.model.knowledge import KnowledgeBase
from screening.scaffold import keeping
from screening.scaffold.conclusion_forms import offers
from screening.scaffold.conditions import ConditionTalk, in_words
from screening.scaffold.phrases import Offer
from screening.scaffold.prompts import Author, sentence
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
from screening.schema.questions import CONDITION, DEMANDS, VALIDITY
from screening.schema.vocabulary import PIECE
from screening.write import Plain

OFFERED = {
    Of.SOURCE: "sources",
    Of.GROUP: "groups",
    Of.CATEGORY: "categories",
    Of.MOVEMENT: "movements",
    Of.TARGET: "targets",
    Of.RULE: "rules",
    Of.EXERCISE: "exercises",
    Of.CAUTION: "cautions",
    Of.CLEARANCE: "clearances",
    Of.LIMIT: "limits",
}
LISTS = {"easier": "exercises", "sums_up": "questions", "by": "rules"}
"""What lists hold that a schema leaves to a reader of their own."""
ONE = {"to": "targets"}
LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")
END = " (empty: end): "
WRONG = {
    Bare.NUMBER: keeping.whole,
    Bare.RANGE: keeping.part,
    Bare.DATE: keeping.day,
}
FLAGS = (Offer("yes", "it is so"), Offer("no", "it is not"))
HARDEST = 3


@dataclass(frozen=True)
class KeyTalk:
    """Asks for the keys of an entry, in canonical order; `prompts` are said instead of the schema.

    What a key holds that nobody is asked for stays as it is.
    """

    author: Author
    knowledge: KnowledgeBase
    prompts: Mapping[str, str]

    def ask(
        self, entry: Entry[Any], now: Mapping[str, Plain], without: Collection[str] = ()
    ) -> dict[str, Plain]:
        """Return what is said for the keys of an entry; of what is `without` what is there."""
        said: dict[str, Plain] = {}
        for key in entry.applying(str(now.get(entry.by, ""))):
            held = now.get(key.name)
            value = held if key.name in without else self._value(key, held)
            if value not in (None, "", [], {}):
                said[key.name] = value if value is not None else ""
        return said

    def _words(self, key: Key) -> str:
        """Return how a key is asked for; the schema's words are without their links."""
        return self.prompts.get(key.name) or LINK.sub(r"\1", key.says).rstrip(".?")

    def _prompt(self, key: Key) -> str:
        words = self._words(key)
        return words if words.endswith(" ") else f"{words}{'' if key.required else EMPTY}: "

    def _value(self, key: Key, now: Plain | None) -> Plain | None:  # noqa: C901, PLR0911 - one case a kind
        text = now if isinstance(now, str) else ""
        optional, prompt = not key.required, self._prompt(key)
        match key.holds:
            case Bare.FLAG:
                return self._flag(prompt, text)
            case Bare.TEXTS:
                return self._several(key, LISTS.get(key.name), now)
            case Bare.FILLED:
                return keeping.line(self.author, prompt, text, self._braces, optional=optional)
            case Bare() as plain:
                wrong = WRONG.get(plain, lambda _: None)
                return keeping.line(self.author, prompt, text, wrong, optional=optional)
            case Shaped() | OneOf() | Name():
                return self._one(key, text)
            case NameList(of):
                return self._several(key, OFFERED[of], now)
            case Nested(inner):
                return self._nested(key, inner, now)
            case Rows(entry=inner) if inner is PIECE:
                return self.evidence(prompt, now, optional=optional)
            case Other() as other:
                return self._other(key, other, now)
            case Rows() | ByName():
                return now

    def _one(self, key: Key, now: str) -> str:
        """Return one word: of a closed list, the name of something, or of a shape."""
        optional, prompt = not key.required, self._prompt(key)
        match key.holds:
            case OneOf(words):
                legal = tuple(Offer(word, word.replace("_", " ")) for word in words)
            case Name(of):
                legal = tuple(offers(self.knowledge, OFFERED[of]))
            case Shaped() if key.name in ONE:
                legal = tuple(offers(self.knowledge, ONE[key.name]))
            case Shaped(shape=shape, help=help_):
                odd = lambda said: None if shape.fullmatch(said) else f"{help_}."  # noqa: E731
                return keeping.line(self.author, prompt, now, odd, optional=optional)
            case _:
                raise TypeError(key.name)
        return keeping.one_of(self.author, prompt, legal, now, optional=optional)

    def _flag(self, prompt: str, now: str) -> str:
        said = keeping.one_of(self.author, prompt, FLAGS, now, optional=True)
        return "" if said == "no" and not now else said

    def _braces(self, text: str) -> str | None:
        """Return what is wrong with a text that names numbers."""
        odd = [name for name in NAMED.findall(text) if name not in self.knowledge.parameters]
        return f"There is no number called `{odd[0]}`." if odd else None

    def _several(self, key: Key, kind: str | None, now: Plain | None) -> Plain:
        legal = None if kind is None else tuple(offers(self.knowledge, kind))
        words = self._words(key)
        before = [str(one) for one in now] if isinstance(now, list) else []
        prompt = words if words.endswith(" ") else f"{words}{END}"
        return list(keeping.several(self.author, prompt, legal, before))

    def _nested(self, key: Key, entry: Entry[Any], now: Plain | None) -> Plain | None:
        """Return a mapping; one that may be left out is asked for only on a yes."""
        held = now if isinstance(now, dict) else {}
        if not (held or key.required or self._wanted(key)):
            return None
        return KeyTalk(self.author, self.knowledge, {}).ask(entry, held)

    def _wanted(self, key: Key) -> bool:
        said = sentence(self.author, f"{key.says} Say it (y; empty: no)? ", optional=True)
        return said.lower() in ("y", "yes")

    def evidence(self, prompt: str, now: Plain | None, *, optional: bool) -> Plain | None:
        """Return who says so, source by source; what is there is shown and kept on Enter."""
        rows = now if isinstance(now, list) else []
        for row in rows:
            if isinstance(row, dict):
                self.author.say(f"Now: {', '.join(str(part) for part in row.values())}")
        legal = tuple(offers(self.knowledge, "sources"))
        found: list[Plain] = []
        while True:
            may_end = bool(found or rows) or optional
            source = keeping.one_of(self.author, prompt, legal, optional=may_end)
            if not source:
                return found or rows
            rest = KeyTalk(self.author, self.knowledge, EVIDENCE_PROMPTS)
            found.append(rest.ask(PIECE, {"source": source}, ("source",)))
            prompt = "Another source (empty: no): "

    def _other(self, key: Key, holds: Other, now: Plain | None) -> Plain | None:
        """Return what the schema leaves to a reader of its own, where it can be asked for."""
        if holds == CONDITION:
            if now is not None:
                self.author.say(f"Now: {in_words(now)}")
            talk = ConditionTalk(self.author, self.knowledge)
            said = talk.ask(self._prompt(key), optional=not key.required or now is not None)
            return now if said is None else said
        if holds == VALIDITY:
            text = now if isinstance(now, str) else ""
            prompt = self._prompt(key)
            return keeping.line(self.author, prompt, text, keeping.validity, optional=True)
        if holds == DEMANDS:
            return self._demands(now)
        if key.name in LISTS:
            return self._several(key, LISTS[key.name], now)
        return now

    def _demands(self, now: Plain | None) -> Plain:
        """Return how much an exercise loads each direction."""
        held = now if isinstance(now, dict) else {}
        self.author.say("How much it loads each direction: 0 not at all, 3 the most.")
        legal = tuple(Offer(str(n), str(n)) for n in range(HARDEST + 1))
        said: dict[str, Plain] = {}
        for direction in self.knowledge.pack.directions:
            text = str(held.get(direction, ""))
            wrong = lambda one: None if one in [o.written for o in legal] else "0 to 3, please."  # noqa: E731
            said[direction] = keeping.line(self.author, f"{direction} (0-3): ", text, wrong)
        return said


EMPTY = " (may stay empty)"
EVIDENCE_PROMPTS = {
    "at": "Where in it (may stay empty): ",
    "grade": "What kind of evidence? ",
}
