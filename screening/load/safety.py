"""From `safety.yaml` to the flags and invariants that are proved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from screening.diagnostics import Code, Problems, quoted, suggestion
from screening.load.mapping_reader import Fields
from screening.load.phrase import Vocabulary, read_condition
from screening.load.tree import Node, Text
from screening.model.knowledge import KnowledgeBase
from screening.model.safety import (
    FITTING,
    After,
    Each,
    Exemption,
    Flag,
    Invariant,
    Phrase,
    Safety,
    Said,
)
from screening.model.vocabularies import Level

OWN = ("it ", "the referral ", "an exercise ", "nothing ", "a rule ")  # no question is called so


def read_safety(node: Node, knowledge: KnowledgeBase, problems: Problems) -> Safety:
    """Return what a file declares; what is wrong is noted."""
    vocabulary = Vocabulary(
        knowledge.questions, knowledge.findings, knowledge.groups, knowledge.parameters
    )
    fields = Fields.of(node, problems, "safety.yaml")
    if fields is None:
        return Safety((), ())
    reader = _Reader(vocabulary, problems)
    flags = tuple(map(reader.flag, fields.mappings("flags", "a flag")))
    invariants = tuple(reader.invariants(fields))
    fields.done()
    return Safety(flags, invariants)


@dataclass(frozen=True)
class _Reader:
    """Reads entries against the vocabulary."""

    vocabulary: Vocabulary
    problems: Problems

    def flag(self, entry: Fields) -> Flag:
        """Return one flag."""
        when = entry.get("when", required=True)
        levels = [level.word for level in Level if level > Level.NONE]
        level = Level[entry.word("refer", levels).upper()]
        unknown = Level[entry.word("unknown", ("none", *levels), default="none").upper()]
        flag = Flag(
            when=read_condition(when or entry.node, self.vocabulary, self.problems),
            words=entry.text("flag", required=True),
            level=level,
            unknown=unknown,
            by=entry.words("by"),
            at=entry.node.at,
        )
        entry.done()
        return flag

    def invariants(self, fields: Fields) -> Iterator[Invariant]:
        """Yield the invariants, noting an id used twice."""
        seen: set[str] = set()
        for entry in fields.mappings("invariants", "an invariant", required=True):
            found = self._invariant(entry)
            if found.id in seen:
                message = f"the id {quoted(found.id)} is used twice"
                self.problems.add(Code.duplicate_id, found.at, message)
            seen.add(found.id)
            yield found

    def _invariant(self, entry: Fields) -> Invariant:
        sometimes = "sometimes" in entry.node.by_key
        after = entry.word("after", [one.value for one in After]) if _has(entry, "after") else ""
        each = Each(entry.word("each", [e.value for e in Each], default=Each.CLIENT.value))
        found = Invariant(
            id=entry.id(),
            title=entry.text("title", required=True),
            because=entry.text("because", required=True),
            each=each,
            said=tuple(self._said(entry, "sometimes" if sometimes else "never", each)),
            sometimes=sometimes,
            after=After(after) if after else None,
            at_stake=tuple(self._said(entry, "at_stake", each)) if _has(entry, "at_stake") else (),
            exempt=tuple(map(self._exemption, entry.mappings("except", "an exception"))),
            at=entry.node.at,
        )
        entry.done()
        return found

    def _exemption(self, entry: Fields) -> Exemption:
        it, because = entry.text("it", required=True), entry.text("because", required=True)
        entry.done()
        return Exemption(it, because, entry.node.at)

    def _said(self, entry: Fields, key: str, each: Each) -> Iterator[Said]:
        """Yield what an invariant says: phrases of its own, or conditions as rules have them."""
        legal = {phrase.value: phrase for phrase in Phrase if phrase in FITTING[each]}
        for node in entry.items(key, required=True):
            words = " ".join(node.value.split()) if isinstance(node, Text) else ""
            if words in legal:
                yield legal[words]
            elif words.startswith(OWN):
                message = f"{quoted(words)} cannot be said of each {each.value}"
                help_ = suggestion(words, legal)
                self.problems.add(Code.bad_phrase, node.at, message, help_)
            else:
                yield read_condition(node, self.vocabulary, self.problems)


def _has(entry: Fields, key: str) -> bool:
    return key in entry.node.by_key
