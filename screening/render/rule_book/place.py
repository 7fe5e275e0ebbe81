"""Where everything in the rule book is, and links to it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from screening.model.case_library import Named
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.render.markdown import escaped

PAGES: Mapping[Sort, str] = {
    Sort.STATEMENT: "trace.md",
    Sort.SOURCE: "sources.md",
    Sort.QUESTION: "questions.md",
    Sort.GROUP: "questions.md",
    Sort.FINDING: "findings.md",
    Sort.CATEGORY: "categories.md",
    Sort.ADVICE: "conclusions.md",
    Sort.STAGE: "conclusions.md",
    Sort.LIMIT: "conclusions.md",
    Sort.CLEARANCE: "conclusions.md",
    Sort.TARGET: "conclusions.md",
    Sort.EXERCISE: "exercises.md",
    Sort.PARAMETER: "parameters.md",
    Sort.SCORE: "scores.md",
    Sort.CASE: "cases.md",
    Sort.TRAINER_QUESTION: "trainer.md",
}
FOLDER = "rules"
LONGEST_NAME = 60  # characters of a file name; every file system takes these
ODD = re.compile(r"[^A-Za-z0-9.:_-]")


def anchor(sort: Sort, name: str) -> str:
    """Return the anchor of something; names that differ have anchors that differ.

    >>> anchor(Sort.SOURCE, "A&B")
    'source-A~26~B'

    """
    return f"{sort.value}-" + ODD.sub(lambda odd: f"~{ord(odd[0]):x}~", name)


@dataclass(frozen=True)
class Book:
    """The knowledge being written down."""

    knowledge: KnowledgeBase

    @cached_property
    def cases(self) -> Mapping[str, tuple[str, ...]]:
        """The cases of the library that fire a rule, by rule: `knowledge test` proves it."""
        return _by_rule((case.id, case.expect.rules) for case in self.knowledge.cases.values())

    @cached_property
    def silent(self) -> Mapping[str, tuple[str, ...]]:
        """The cases of the library that a rule must not fire in, by rule."""
        return _by_rule((case.id, case.expect.not_rules) for case in self.knowledge.cases.values())

    @cached_property
    def topics(self) -> Mapping[str, str]:
        """The page of each topic of written rules, in the order of the files."""
        pages: dict[str, str] = {}
        for rule in self.knowledge.rules.values():
            if not rule.cell and rule.topic not in pages:
                name = re.sub(r"[^a-z0-9]+", "-", rule.topic.lower()).strip("-")[:LONGEST_NAME]
                pages[rule.topic] = _unused(f"{FOLDER}/{name or 'topic'}", set(pages.values()))
        return pages

    def page(self, sort: Sort, name: str) -> str:
        """Return the page something is on."""
        if sort is not Sort.RULE:
            return PAGES[sort]
        rule = self.knowledge.rules[name]
        return PAGES[Sort.EXERCISE] if rule.cell else self.topics[rule.topic]

    def has(self, sort: Sort, name: str) -> bool:
        """Tell whether something with a title has a place in the book."""
        return (sort, name) in self.titles or (
            sort is Sort.ADVICE and name in self.knowledge.advice
        )

    @cached_property
    def titles(self) -> Mapping[tuple[Sort, str], str]:
        """What links say, where that is not the id."""
        known = self.knowledge
        return {
            **{(Sort.QUESTION, q.id): q.short for q in known.questions.values()},
            **{(Sort.FINDING, f.id): f.title for f in known.findings.values()},
            **{(Sort.GROUP, g.id): g.title for g in known.groups.values()},
            **{(Sort.CATEGORY, c.id): c.title for c in known.categories.values()},
            **{(Sort.EXERCISE, e.id): e.name for e in known.exercises.values()},
            **{(Sort.STAGE, s.id): s.title for s in known.stages.values()},
            **{(Sort.LIMIT, m.id): m.title for m in known.limits.values()},
            **{(Sort.CLEARANCE, c.id): c.title for c in known.clearances.values()},
            **{(Sort.TARGET, t.id): t.title for t in known.targets.values()},
            **{(Sort.TRAINER_QUESTION, q.id): q.ask for q in known.trainer_questions.values()},
            **{(Sort.SCORE, name): one.score.title for name, one in known.scores.items()},
            **{(Sort.PARAMETER, p.id): p.title for p in known.parameters.values()},
        }


@dataclass(frozen=True)
class Here:
    """One page of the book: links from it are relative to it."""

    book: Book
    page: str

    def link(self, sort: Sort, name: str, words: str = "") -> str:
        """Return a link to something, named by its title or by other words."""
        shown = escaped(words or self.book.titles.get((sort, name), name))
        return f"[{shown}]({self.to(self.book.page(sort, name))}#{anchor(sort, name)})"

    def links(self, sort: Sort, names: Iterable[str]) -> str:
        """Return links to several things, in one line."""
        return ", ".join(self.link(sort, name) for name in names)

    def to(self, page: str) -> str:
        """Return the relative address of a page."""
        return posixpath.relpath(page, posixpath.dirname(self.page) or ".")


def _by_rule(cases: Iterable[tuple[str, Iterable[Named]]]) -> Mapping[str, tuple[str, ...]]:
    """Return the cases that name a rule, by rule."""
    naming: dict[str, list[str]] = {}
    for case, rules in cases:
        for named in rules:
            naming.setdefault(named.rule, []).append(case)
    return {rule: tuple(names) for rule, names in naming.items()}


def _unused(stem: str, used: set[str]) -> str:
    """Return a file name that no other page has."""
    page, number = f"{stem}.md", 1
    while page in used:
        number += 1
        page = f"{stem}-{number}.md"
    return page
