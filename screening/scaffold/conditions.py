"""How a condition is asked for: phrase by phrase, groups within groups, numbers where needed."""

from __future__ import annotations

from dataclasses import dataclass

from screening.diagnostics import Diagnostic
from screening.model.knowledge import KnowledgeBase
from screening.scaffold.keeping import CLEAR
from screening.scaffold.phrases import NUMBER, Offer, phrases, read_phrase
from screening.scaffold.prompts import Author, number, on_scale, read, word
from screening.write import Plain

NOT = "not "
OPEN = "("
GROUPS = (OPEN, NOT + OPEN)
DEEPEST = 4  # groups in groups; nobody reads more


@dataclass(frozen=True)
class ConditionTalk:
    """Asks an author for a condition; what is `noticed` is offered first."""

    author: Author
    knowledge: KnowledgeBase
    noticed: tuple[Offer, ...] = ()

    def ask(self, prompt: str, *, optional: bool = False, depth: int = 0) -> Plain | None:
        """Return what is said; None where nothing need be and nothing is."""
        every = (*self.noticed, *phrases(self.knowledge))
        found: list[Plain] = []
        while True:
            else_ = "And what else in the group (empty: it ends)? " if depth else ELSE
            said = read(
                self.author,
                else_ if found else prompt,
                every,
                self._phrase if depth < DEEPEST else self._typed,
                shown=self.noticed,
                optional=bool(found) or optional,
            )
            if not said:
                return self._joined(found) if found else None
            found.append(self._said(said, depth))

    def again(self, now: Plain) -> Plain:
        """Return a condition that was there, part by part as its author wants it."""
        how, parts = _parts(now)
        every = phrases(self.knowledge)
        kept: list[Plain] = []
        for one in parts:
            self.author.say(f"Now: {in_words(one)}")
            said = read(self.author, STAYS, tuple(every), self._replaced, optional=True)
            if said != CLEAR:
                kept.append(one if not said else self._said(said, 0))
        while said := read(
            self.author,
            ELSE if kept else FIRST,
            (*phrases(self.knowledge),),
            self._phrase,
            optional=bool(kept),
        ):
            kept.append(self._said(said, 0))
        if kept == parts or (how and len(kept) > 1 and len(kept) == len(parts)):
            return {how: kept} if how else kept[0]
        return self._joined(kept)

    def _replaced(self, text: str) -> str | None:
        return text if text == CLEAR else self._phrase(text)

    def _said(self, said: str, depth: int) -> Plain:
        """Return one condition: a phrase, or the group that begins with it; either may be not."""
        if said in GROUPS:
            inner = self.ask("What is in the group? ", depth=depth + 1) or ""
            return {"not": inner} if said.startswith(NOT) else inner
        written = self._numbered(said)
        return {"not": written[len(NOT) :]} if written.startswith(NOT) else written

    def _phrase(self, text: str) -> str | None:
        return " ".join(text.split()) if " ".join(text.split()) in GROUPS else self._typed(text)

    def _typed(self, text: str) -> str | None:
        """Return a phrase typed in full, `not` before it or not; None when it is none."""
        bare = text.removeprefix(NOT)
        if NUMBER in bare:
            return None
        known = not isinstance(read_phrase(self.knowledge, bare), Diagnostic)
        return text if known else None

    def _numbered(self, phrase: str) -> str:
        """Return a phrase with the number that is still to be said."""
        if NUMBER not in phrase:
            return phrase
        question = self.knowledge.questions.get(phrase.split(maxsplit=1)[0])
        if question is None:
            most = len(self.knowledge.members[phrase.split()[3]])
            return phrase.replace(NUMBER, number(self.author, "How many? ", 1, most))
        parameters = self.knowledge.parameters.values()
        names = [parameter.id for parameter in parameters if parameter.unit == question.unit]
        hint = f", or {', '.join(names)}" if names else ""
        prompt = f"Number, {question.span}{hint}: "
        said = on_scale(self.author, prompt, question.scale, (question.low, question.high), names)
        return phrase.replace(NUMBER, said)

    def _joined(self, found: list[Plain]) -> Plain:
        if len(found) == 1:
            return found[0]
        ways = (Offer("all", "every one must hold"), Offer("any", "one is enough"))
        several = Offer("at_least", "a number of them")
        how = word(self.author, "How many must hold? ", (*ways, several) if found[2:] else ways)
        if how != "at_least":
            return {how: found}
        count = number(self.author, "At least how many? ", 2, len(found) - 1)
        return {"at_least": {"count": count, "of": found}}


ELSE = "And what else (empty: nothing)? "
FIRST = "What does it notice? "
STAYS = "This (Enter keeps it)? "


def _parts(now: Plain) -> tuple[str, list[Plain]]:
    """Return how the parts of a condition are joined, and the parts; one part is not joined."""
    if isinstance(now, dict):
        for how in ("all", "any"):
            parts = now.get(how)
            if isinstance(parts, list):
                return how, list(parts)
    return "", [now]


def in_words(value: Plain) -> str:
    """Return a condition or a conclusion on one line, as it is written in a file.

    >>> in_words({"all": ["a is yes", {"not": "b"}]})
    'all of (a is yes; not b)'
    """
    match value:
        case str():
            return value
        case list():
            return "; ".join(in_words(one) for one in value)
        case dict():
            return ", ".join(_named(key, one) for key, one in value.items())


def _named(key: str, value: Plain) -> str:
    if key in ("all", "any"):
        return f"{key} of ({in_words(value)})"
    if key == "not":
        return f"not {in_words(value)}"
    if key == "at_least" and isinstance(value, dict):
        return f"at least {value.get('count')} of ({in_words(value.get('of', []))})"
    return f"{key.replace('_', ' ')} {in_words(value)}"
