"""Rules in parts that can be read at a sitting, the most urgent first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html import unescape
from math import ceil

from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Rule
from screening.model.seen_part import SeenPart
from screening.model.urgency import by_urgency
from screening.model.vocabularies import Level
from screening.render.review_bundle.rule_section import Bundled, rule_section, unsaid

A_MINUTE = 200  # words: slow and careful; Brysbaert 2019 has 238 for prose
SITTING = 30  # minutes
PICTURE = re.compile(r"<svg.*?</svg>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class BundlePart:
    """What is read at a sitting: rules of one level, each as HTML; numbered from 1.

    `shared` are words that are signed with several rules, each in the first part that needs it;
    `earlier` are the parts where others stand. `words` counts all that is read.
    """

    number: int
    level: Level
    rules: tuple[Rule, ...]
    sections: tuple[str, ...]
    shared: tuple[SeenPart, ...]
    earlier: tuple[int, ...]
    words: int

    @property
    def minutes(self) -> int:
        """How long it takes to read, the pictures not counted."""
        return max(1, ceil(self.words / A_MINUTE))


def words_in(html: str) -> int:
    """Return how many words a piece of HTML has, pictures left out.

    >>> words_in("<p>Two <b>words</b></p>")
    2
    """
    return len(unescape(TAG.sub(" ", PICTURE.sub(" ", html))).split())


def in_parts(knowledge: KnowledgeBase, rules: Iterable[Rule]) -> tuple[BundlePart, ...]:
    """Return rules in parts, the most urgent first; none is longer than a sitting.

    A rule that alone is longer has a part of its own.
    """
    levels = by_urgency(rules)
    ordered = [rule for those in levels.values() for rule in those]
    alone = Bundled(knowledge, frozenset(rule.id for rule in ordered), frozenset())
    bundled = replace(alone, shared=_shared(alone, ordered))
    parts: list[BundlePart] = []
    told: dict[SeenPart, int] = {}
    for level, those in levels.items():
        part = _OpenPart(len(parts) + 1, level, bundled, told)
        for rule in those:
            if part.full_with(rule):
                parts.append(part.closed())
                part = _OpenPart(len(parts) + 1, level, bundled, told)
            part.add(rule)
        parts.append(part.closed())
    return tuple(parts)


def _shared(bundled: Bundled, rules: Iterable[Rule]) -> frozenset[SeenPart]:
    """Return the words that are signed with several rules and stand in the section of none."""
    counted = Counter(one for rule in rules for one in unsaid(bundled, rule))
    return frozenset(one for one, times in counted.items() if times > 1)


@dataclass
class _OpenPart:
    """A part as it fills; `told` are the words that are shared, with the part they stand in."""

    number: int
    level: Level
    bundled: Bundled
    told: dict[SeenPart, int]
    held: list[tuple[Rule, str]] = field(default_factory=list)
    needed: dict[SeenPart, None] = field(default_factory=dict)
    words: int = 0

    def _new(self, rule: Rule) -> tuple[str, list[SeenPart], int]:
        """Return what a rule adds: its section, the shared words it needs, and what is read."""
        section = rule_section(self.bundled, rule)
        needed = [one for one in unsaid(self.bundled, rule) if one in self.bundled.shared]
        new = [one for one in needed if one not in self.told]
        read = words_in(section) + sum(len(f"{one.named} {one.says}".split()) for one in new)
        return section, needed, read

    def full_with(self, rule: Rule) -> bool:
        """Tell whether a rule would make it longer than a sitting."""
        return bool(self.held) and self.words + self._new(rule)[2] > A_MINUTE * SITTING

    def add(self, rule: Rule) -> None:
        """Add a rule."""
        section, needed, read = self._new(rule)
        self.held.append((rule, section))
        self.needed.update(dict.fromkeys(needed))
        for one in needed:
            self.told.setdefault(one, self.number)
        self.words += read

    def closed(self) -> BundlePart:
        """Return it as a part."""
        rules, sections = zip(*self.held, strict=True)
        here = tuple(sorted(one for one in self.needed if self.told[one] == self.number))
        earlier = tuple(sorted({self.told[one] for one in self.needed} - {self.number}))
        return BundlePart(self.number, self.level, rules, sections, here, earlier, self.words)
