"""Interviews an author for a category, a finding, a sentence of advice or a flag."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Strength
from screening.scaffold.ask_keys import KeyTalk
from screening.scaffold.new_entry import NewEntry, new_id
from screening.scaffold.phrases import Offer
from screening.scaffold.prompts import Author, word
from screening.schema.keys import Entry
from screening.schema.library import FLAG_ENTRY
from screening.schema.vocabulary import ADVICE_ENTRY, CATEGORY, FINDING
from screening.write import Plain

NAME = "A name for it, in a word or two: "
SURELY = {
    Strength.SUSPECTED: "it may be so: one sign",
    Strength.SUPPORTED: "several signs agree",
    Strength.CONFIRMED: "somebody who knows has found it",
}


def ask_category(author: Author, knowledge: KnowledgeBase, root: Path) -> NewEntry:
    """Return the category an author describes."""
    del root
    return _asked(author, knowledge, CATEGORY, "categories", knowledge.categories)


def ask_finding(author: Author, knowledge: KnowledgeBase, root: Path) -> NewEntry:
    """Return the finding an author describes, and how surely a first rule is to find it."""
    del root
    made = _asked(author, knowledge, FINDING, "findings", knowledge.findings)
    ways = [Offer(one.word, words) for one, words in SURELY.items()]
    author.say("A rule has to find it; it is asked for next.")
    strength = word(author, "How surely does that rule find it? ", ways)
    return made._replace(then={"find": made.id, "strength": strength})


def ask_advice(author: Author, knowledge: KnowledgeBase, root: Path) -> NewEntry:
    """Return the sentence an author gives, which rules may say."""
    del root
    return _asked(author, knowledge, ADVICE_ENTRY, "advice", knowledge.advice, joint="-")


def ask_flag(author: Author, knowledge: KnowledgeBase, root: Path) -> NewEntry:
    """Return what an author says must never be missed."""
    del root
    says = KeyTalk(author, knowledge, {}).ask(FLAG_ENTRY, {})
    return NewEntry(Path("safety.yaml"), "flags", str(says["flag"]), says)


def _asked(  # noqa: PLR0913 - what is asked, where it goes, and what names are taken
    author: Author,
    knowledge: KnowledgeBase,
    entry: Entry[Any],
    key: str,
    taken: Collection[str],
    *,
    joint: str = "_",
) -> NewEntry:
    """Return an entry of a file that is one list."""
    name = new_id(author, NAME, [*taken], joint)
    says: dict[str, Plain] = {"id": name}
    says |= KeyTalk(author, knowledge, {}).ask(entry, says, ("id",))
    return NewEntry(Path(f"{key}.yaml"), key, name, says)
