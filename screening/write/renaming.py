"""From the text of a knowledge file to the same with another name for one thing, or without it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from screening.diagnostics import Problems
from screening.errors import BadInputError, assert_never
from screening.load.cases import VERBS
from screening.load.parameters import NAMED
from screening.load.phrase import COMPARE, IS, MOVES
from screening.load.phrase import NAME as BARE
from screening.load.tree import parse
from screening.model.ids import Sort
from screening.schema.named import NameForm
from screening.write.forms import form_of
from screening.write.layout import laid_out
from screening.write.mentions import Mention, Path, mentions
from screening.write.written import Listed, Mapped, Part, Plain, Value, from_plain, from_tree

BY, OR = "by", " or "
SPOKEN = 2  # words of the shortest claim: `avoid squat`


@dataclass(frozen=True)
class Renaming:
    """A new name for a thing of one sort, or for an answer of a question (`of`).

    `rules` are the rules that get another name with it, itself included where it is one. `lists`
    are the tick lists there are: what is said of one names questions.
    """

    sort: Sort
    old: str
    new: str
    of: str = ""
    rules: Mapping[str, str] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()

    def name(self, text: str, *sorts: Sort) -> str:
        """Return a name as it is with the new one, if it may be of one of the sorts."""
        if Sort.RULE in sorts and text in self.rules:
            return self.rules[text]
        own = not self.of and self.sort in sorts and text == self.old
        return self.new if own else text

    def answer(self, text: str, question: str) -> str:
        """Return an answer of a question, or an item of a list, as it is with the new name."""
        if question in self.lists:
            return self.name(text, Sort.QUESTION)
        return self.new if self.of and self.of == question and text == self.old else text

    def text(self, mention: Mention) -> str:
        """Return what a mention says with the new name."""
        said = mention.text.value
        match mention.form:
            case NameForm.OWN_ANSWER | NameForm.OWN_ANSWERS | NameForm.ANSWERS | NameForm.POINTS:
                return self.answer(said, mention.of)
            case NameForm.CHOICE:
                return OR.join(self.name(one, *mention.sorts) for one in said.split(OR))
            case NameForm.BRACES:
                return NAMED.sub(lambda found: self._braced(found[1]), said)
            case NameForm.PHRASE:
                return self.phrase(said)
            case NameForm.CLAIM:
                return self.claim(said)
            case (
                NameForm.NAME
                | NameForm.KEYS
                | NameForm.EXEMPT
                | NameForm.CONCLUSIONS
                | NameForm.DERIVED
            ):
                return self.name(said, *mention.sorts)
            case _ as never:
                assert_never(never)

    def _braced(self, name: str) -> str:
        return f"{{{self.name(name, Sort.PARAMETER)}}}"

    def phrase(self, said: str) -> str:
        """Return a phrase of a condition with the new name."""
        words = " ".join(said.split())
        if found := MOVES.fullmatch(words):
            return _put(said, words, found, group=self.name(found["group"] or "", Sort.GROUP))
        if found := IS.fullmatch(words):
            name = self.name(found["name"], Sort.QUESTION, Sort.FINDING, Sort.LIST, Sort.SCORE)
            answer = self.answer(found["word"], found["name"])
            return _put(said, words, found, name=name, word=answer)
        if found := COMPARE.fullmatch(words):
            name = self.name(found["name"], Sort.QUESTION, Sort.SCORE)
            number = self.name(found["number"], Sort.PARAMETER)
            return _put(said, words, found, name=name, number=number)
        return self.name(words, Sort.FINDING) if BARE.fullmatch(words) else said

    def claim(self, said: str) -> str:
        """Return what a case expects with the new name."""
        words = said.split()
        verb = VERBS.get(words[0]) if words else None
        if verb is None or len(words) < SPOKEN:
            return said
        new = [words[0], self.name(words[1], *verb.sorts), *words[2:]]
        if len(words) > SPOKEN + 1 and words[-2] == BY:
            new[-1] = self.name(words[-1], Sort.RULE)
        return said if new == words else " ".join(new)


def _put(said: str, words: str, found: re.Match[str], **new: str) -> str:
    """Return a phrase with some of its parts replaced; as it was where they stay."""
    changed = [(name, text) for name, text in new.items() if text != (found[name] or "")]
    for name, text in sorted(changed, key=lambda one: -found.start(one[0])):
        words = words[: found.start(name)] + text + words[found.end(name) :]
    return words if changed else said


def concerned(mention: Mention, renaming: Renaming) -> bool:
    """Tell whether a mention names what is renamed."""
    return renaming.text(mention) != mention.text.value


def found_in(text: str, shown: str, path: PurePath, renaming: Renaming) -> tuple[Mention, ...]:
    """Return the mentions of a thing in a file.

    Raises:
        BadInputError: when the text cannot be read.

    """
    problems = Problems()
    tree = parse(text, shown, problems)
    if tree is None:
        raise BadInputError(problems.sorted())
    return tuple(one for one in mentions(tree, path) if concerned(one, renaming))


def with_names(text: str, path: PurePath, found: tuple[Mention, ...], renaming: Renaming) -> str:
    """Return a file's canonical text with the new name at some mentions; comments stay."""
    values = {one.path: renaming.text(one) for one in found if not one.is_key}
    keys = {one.path: renaming.text(one) for one in found if one.is_key}
    return _rewritten(text, path, lambda value: _renamed(value, values, keys, ()))


def with_values(text: str, path: PurePath, values: Mapping[Path, str]) -> str:
    """Return a file's canonical text with other texts at some places; comments stay."""
    return _rewritten(text, path, lambda value: _renamed(value, values, {}, ()))


def with_row(text: str, path: PurePath, row: Path, says: Mapping[str, Plain]) -> str:
    """Return a file's canonical text with a mapping that says something else at a place.

    Keys that say what they said keep their comments.
    """
    return _rewritten(text, path, lambda value: _said_anew(value, row, says))


def without(text: str, path: PurePath, places: frozenset[Path]) -> str:
    """Return a file's canonical text without the values at some places; comments beside go too."""
    return _rewritten(text, path, lambda value: _thinned(value, places, ()))


def _rewritten(text: str, path: PurePath, change: Callable[[Value], Value | None]) -> str:
    tree = parse(text, str(path), Problems())
    if tree is None:
        raise AssertionError("a file that was read before is read again")
    document = from_tree(tree, text)
    return laid_out(document._replace(value=change(document.value) or Mapped(())), form_of(path))


def _renamed(
    value: Value, values: Mapping[Path, str], keys: Mapping[Path, str], here: Path
) -> Value:
    match value:
        case str():
            return values.get(here, value)
        case Listed(parts):
            new = (
                replace(part, value=_renamed(part.value, values, keys, (*here, place)))
                for place, part in enumerate(parts)
            )
            return Listed(tuple(new))
        case Mapped(parts):
            return Mapped(tuple(_renamed_part(part, values, keys, here) for part in parts))


def _renamed_part(
    part: Part, values: Mapping[Path, str], keys: Mapping[Path, str], here: Path
) -> Part:
    below = (*here, part.key)
    value = _renamed(part.value, values, keys, below)
    return replace(part, key=keys.get(below, part.key), value=value)


def _said_anew(value: Value, row: Path, says: Mapping[str, Plain]) -> Value:
    """Return a value with a mapping in it replaced."""
    if not row:
        old = {part.key: part for part in value.parts} if isinstance(value, Mapped) else {}
        new = (
            old[key]
            if key in old and plain_of(old[key].value) == one
            else Part(key, from_plain(one))
            for key, one in says.items()
        )
        return Mapped(tuple(new))
    if isinstance(value, str):
        return value
    first, *rest = row
    parts = tuple(
        replace(part, value=_said_anew(part.value, tuple(rest), says))
        if first == (part.key if isinstance(value, Mapped) else place)
        else part
        for place, part in enumerate(value.parts)
    )
    return Mapped(parts) if isinstance(value, Mapped) else Listed(parts)


def plain_of(value: Value) -> Plain:
    """Return a value without its comments."""
    match value:
        case str():
            return value
        case Listed(parts):
            return [plain_of(part.value) for part in parts]
        case Mapped(parts):
            return {part.key: plain_of(part.value) for part in parts}


def _thinned(value: Value, places: frozenset[Path], here: Path) -> Value | None:
    """Return a value without what stands at some places; None when nothing is left of it."""
    if isinstance(value, str):
        return value
    named = isinstance(value, Mapped)
    kept = []
    for place, part in enumerate(value.parts):
        below = (*here, part.key if named else place)
        left = None if below in places else _thinned(part.value, places, below)
        if left is not None:
            kept.append(replace(part, value=left))
    if value.parts and not kept:
        return None
    return Mapped(tuple(kept)) if named else Listed(tuple(kept))
