"""What was found out about a rule before, so that one edit re-runs one rule.

An entry is asked for by a digest of everything it depends on, the program included. So an entry is
never out of date; it can only be missing.
"""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

from screening.author.sheets import Sheet, beneath
from screening.model.knowledge import KnowledgeBase
from screening.model.library import KnownCase
from screening.model.logic import digest_of, logic_digest, vocabulary_digest
from screening.model.rule import Rule
from screening.model.words import Truth


class Memory(Protocol):
    """Texts kept under names; a text that is not there to be trusted is empty."""

    def take(self, name: str) -> str:
        """Return the text under a name, or nothing."""

    def put(self, name: str, text: str) -> None:
        """Keep a text under a name."""


class NoMemory:
    """Remembers nothing."""

    def take(self, name: str) -> str:  # noqa: ARG002 - the protocol's name
        """Return nothing."""
        return ""

    def put(self, name: str, text: str) -> None:
        """Keep nothing."""


class Addresses:
    """The names under which what is known about rules and cases of one knowledge base is kept."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self.vocabulary = vocabulary_digest(knowledge)

    def rule(self, rule: Rule, named: tuple[Sheet, ...] = ()) -> str:
        """Return a digest of a rule, all it rests on, its examples and the cases that name it."""
        below = sorted(name for name in beneath(self.knowledge, rule) if isinstance(name, str))
        rests = tuple(self.knowledge.rules[name] for name in below)
        sheets = tuple(
            (
                sheet.name,
                sheet.answers,
                sheet.findings,
                tuple(t for t in Truth if t in sheet.expect),
            )
            for sheet in named
        )
        return digest_of(self.vocabulary, rule, rule.examples, rests, sheets)

    def case(self, case: KnownCase) -> str:
        """Return a digest of a case, those it follows, and all of the knowledge that concludes."""
        chain = [case]
        while chain[-1].follows:
            chain.append(self.knowledge.cases[chain[-1].follows])
        return digest_of(self._logic, tuple(chain))

    @cached_property
    def _logic(self) -> str:
        return logic_digest(self.knowledge)
