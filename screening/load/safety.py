"""From `safety.yaml` to the flags and invariants that are proved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from screening.diagnostics import Code, Problems, quoted, suggestion
from screening.load.entries import Hand, Reader
from screening.load.mapping_reader import Fields
from screening.load.phrase import Vocabulary, read_condition, vocabulary_of
from screening.load.tree import Node, Text
from screening.model.knowledge import KnowledgeBase
from screening.model.safety import FITTING, Each, Flag, Invariant, Phrase, Safety, Said
from screening.schema.library import FLAG_ENTRY as FLAG
from screening.schema.library import INVARIANT, SAFETY

OWN = ("it ", "the referral ", "an exercise ", "nothing ", "a rule ")  # no question is called so


def read_safety(node: Node, knowledge: KnowledgeBase, problems: Problems) -> Safety:
    """Return what a file declares; what is wrong is noted."""
    vocabulary = vocabulary_of(knowledge)
    hand = _Hand(vocabulary, problems)
    hands: dict[str, Hand] = {FLAG.what: hand.flag, INVARIANT.what: hand.invariant}
    return Reader(problems, hands).file(node, SAFETY)


@dataclass(frozen=True)
class _Hand:
    """Finishes entries against the vocabulary."""

    vocabulary: Vocabulary
    problems: Problems
    seen: set[str] = field(default_factory=set)

    def flag(self, entry: Fields, flag: Flag) -> Flag:
        """Return a flag with its condition."""
        when = entry.get("when")
        return replace(
            flag, when=read_condition(when or entry.node, self.vocabulary, self.problems)
        )

    def invariant(self, entry: Fields, found: Invariant) -> Invariant:
        """Return an invariant with what it says, noting an id used twice."""
        if found.id in self.seen:
            message = f"the id {quoted(found.id)} is used twice"
            self.problems.add(Code.duplicate_id, found.at, message)
        self.seen.add(found.id)
        sometimes = "sometimes" in entry.node.by_key
        stake = "at_stake" in entry.node.by_key
        return replace(
            found,
            said=tuple(self._said(entry, "sometimes" if sometimes else "never", found.each)),
            sometimes=sometimes,
            at_stake=tuple(self._said(entry, "at_stake", found.each)) if stake else (),
        )

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
