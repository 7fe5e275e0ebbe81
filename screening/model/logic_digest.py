"""What of a knowledge base concludes, apart from its words: two digests, of logic and of text.

A change of wording (`because`, `say`, a title, the text of advice) leaves the logic digest alone;
a change of a condition, a conclusion, a number or what unknown means does not. A field that is not
listed as wording counts as logic, so a new field can only make the digest too careful. A field at
its default is left out, so that a new field leaves the digests of what does not use it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from types import MappingProxyType

from screening.model.catalogue import Category, Caution, Dose, Equipment, Exercise
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Option, Question
from screening.model.rule import Keep, Recommend, Refer, Rule
from screening.model.score import Score
from screening.model.terms import (
    Advice,
    Clearance,
    Finding,
    Group,
    LimitKind,
    ReferralLevel,
    Stage,
    Target,
)

WORDS: Mapping[type, frozenset[str]] = MappingProxyType(
    {
        Rule: frozenset({"title", "because", "say", "conflict", "retired"}),
        Refer: frozenset({"tell"}),
        Recommend: frozenset({"note"}),
        Keep: frozenset({"note"}),
        Question: frozenset({"topic", "ask", "short", "intimate", "for_trainer", "help", "tick"}),
        Option: frozenset({"say"}),
        Group: frozenset({"title"}),
        Finding: frozenset({"title"}),
        Stage: frozenset({"title"}),
        Clearance: frozenset({"title", "say", "meanwhile"}),
        LimitKind: frozenset({"title"}),
        Category: frozenset({"title", "examples", "regress", "progress"}),
        Advice: frozenset({"text"}),
        ReferralLevel: frozenset({"title", "act", "exercise"}),
        Target: frozenset({"title", "how"}),
        Exercise: frozenset({"name", "aliases", "cues"}),
        Caution: frozenset({"title", "say", "because", "waits_for"}),
        Score: frozenset({"title"}),
        Equipment: frozenset({"title"}),
    }
)
"""The fields of each type that are words for people."""

NEITHER: Mapping[type, frozenset[str]] = MappingProxyType(
    {
        Rule: frozenset(
            {"topic", "status", "covers", "evidence", "review", "examples", "cell", "author"}
        ),
        Exercise: frozenset({"measured", "evidence"}),
        Category: frozenset({"parameters"}),
        Dose: frozenset({"source", "grade"}),
        Caution: frozenset({"evidence"}),
    }
)
"""The fields that neither conclude nor are shown as words: sources, reviews, proofs."""

CONCLUDES = (
    "questions",
    "groups",
    "findings",
    "stages",
    "limits",
    "categories",
    "advice",
    "levels",
    "targets",
    "equipment",
    "cautions",
    "exercises",
    "clearances",
)
"""The parts of a knowledge base that conclude, beside its live rules."""


def rule_logic(rule: Rule) -> str:
    """Return the digest of what a rule concludes and when, in hex; 16 characters.

    >>> from screening.model.expr import Is
    >>> one = Rule("a", "A", Is("age", "old"), (), "because")
    >>> same = Rule("a", "Another title", Is("age", "old"), (), "for another reason")
    >>> rule_logic(one) == rule_logic(same)
    True
    """
    return _digest(_form(rule, WORDS))


def rule_text(rule: Rule) -> str:
    """Return the digest of a rule's words, in hex; 16 characters."""
    return _digest(_words(rule))


def logic_digest(knowledge: KnowledgeBase) -> str:
    """Return the digest of all that concludes, in hex; retired rules do not."""
    parts = [_form(getattr(knowledge, name), WORDS) for name in CONCLUDES]
    return _digest([*parts, [_form(rule, WORDS) for rule in knowledge.live_rules]])


def vocabulary_digest(knowledge: KnowledgeBase) -> str:
    """Return the digest of all that concludes but the rules, in hex."""
    return digest_of(*(getattr(knowledge, name) for name in CONCLUDES))


def digest_of(*values: object) -> str:
    """Return the digest of values of the model, words for people left out, in hex.

    >>> digest_of("a", 1) == digest_of("a", 1), digest_of("a", 1) == digest_of(1, "a")
    (True, False)
    """
    return _digest([_form(value, WORDS) for value in values])


def text_digest(knowledge: KnowledgeBase) -> str:
    """Return the digest of the words of all that concludes, in hex."""
    parts = [_words(getattr(knowledge, name)) for name in CONCLUDES]
    return _digest([*parts, [_words(rule) for rule in knowledge.live_rules]])


def _digest(form: object) -> str:
    return hashlib.sha256(json.dumps(form, separators=(",", ":")).encode()).hexdigest()[:16]


def _form(value: object, without: Mapping[type, frozenset[str]]) -> object:
    """Return a value as JSON, each dataclass with the name of its type and the fields that count.

    Raises:
        TypeError: for a value of a kind the model does not have.

    """
    match value:
        case Enum():
            return value.name
        case str() | int() | None:
            return value
        case Mapping():
            return [[_form(key, without), _form(one, without)] for key, one in value.items()]
        case tuple():
            return [_form(one, without) for one in value]
    if not is_dataclass(value):
        raise TypeError(f"no form for {value!r}")
    kind = type(value)
    left_out = without.get(kind, frozenset()) | NEITHER.get(kind, frozenset())
    counted = [f for f in fields(value) if f.compare and f.name not in left_out]
    kept = [f.name for f in counted if f.default is MISSING or getattr(value, f.name) != f.default]
    return [kind.__name__, *([name, _form(getattr(value, name), without)] for name in kept)]


def _words(value: object) -> object:
    """Return the words within a value, in order, each under its field; none are an empty text."""
    match value:
        case Enum() | str() | int() | None:
            return []
        case Mapping():
            return [[str(key), _words(one)] for key, one in value.items()]
        case tuple():
            return [_words(one) for one in value]
    if not is_dataclass(value):
        raise TypeError(f"no words for {value!r}")
    own = WORDS.get(type(value), frozenset())
    neither = NEITHER.get(type(value), frozenset())
    counted = [f.name for f in fields(value) if f.compare and f.name not in neither]
    parts = ((name, getattr(value, name)) for name in counted)
    return [
        [name, "" if part is None else _form(part, {})] if name in own else _words(part)
        for name, part in parts
    ]
