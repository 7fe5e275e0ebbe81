"""The pages of findings and categories: what rules derive, and what they offer."""

from __future__ import annotations

from collections.abc import Iterator

from screening.model.catalogue import Category
from screening.model.conclusions import MOVED
from screening.model.expr import findings_of
from screening.model.ids import Sort
from screening.model.rule import AvoidCategory, Find, Move, OfferOnly, Recommend
from screening.model.terms import Finding
from screening.model.vocabularies import Strength
from screening.render.explanation_page import GRADES
from screening.render.markdown import escaped
from screening.render.rule_book.conclusions import ALL_MOVES
from screening.render.rule_book.place import Book, Here, anchor
from screening.render.rule_book.sheet import labelled, sheet, table, titled

FINDINGS_LEAD = (
    "What rules derive from answers. A finding says which answers go together; it is never a "
    "cause or a name for what is wrong."
)


def findings_page(book: Book) -> str:
    """Return the page of the findings: what makes each, and what rests on it."""
    here = Here(book, "findings.md")
    return sheet(
        (
            titled("Findings", 1),
            f"[Rule book]({here.to('index.md')}). {FINDINGS_LEAD}",
            *(part for f in book.knowledge.findings.values() for part in _finding(here, f)),
        )
    )


def _finding(here: Here, finding: Finding) -> Iterator[str]:
    knowledge = here.book.knowledge
    yield titled(finding.title, anchor=anchor(Sort.FINDING, finding.id))
    yield f"`{finding.id}`{': a pattern of movements' if finding.pattern else ''}"
    rows = []
    for strength in Strength:
        made = Find(finding.id, strength)
        rules = (rule.id for rule in knowledge.written_rules if made in rule.then)
        rows.append((strength.word, here.links(Sort.RULE, rules)))
    yield table(("strength", "found by"), rows)
    resting = [rule for rule in knowledge.live_rules if finding.id in findings_of(rule.when)]
    cells = [rule.id for rule in resting if rule.cell]
    exercises = f"[{len(cells)} verdicts]({here.to('exercises.md')})" if cells else ""
    yield labelled(
        (
            ("Used by", here.links(Sort.RULE, (r.id for r in resting if not r.cell))),
            ("Exercises", exercises),
        )
    )


def categories_page(book: Book) -> str:
    """Return the page of the exercise categories: what, how much, when offered."""
    here = Here(book, "categories.md")
    address = f"{here.to('conclusions.md')}#{ALL_MOVES}"
    moves = f"In a follow-up, what was offered [goes on, stays or stops]({address})."
    return sheet(
        (
            titled("Exercise categories", 1),
            f"[Rule book]({here.to('index.md')}). {moves}",
            *(part for c in book.knowledge.categories.values() for part in _category(here, c)),
        )
    )


def _category(here: Here, category: Category) -> Iterator[str]:
    knowledge, dose = here.book.knowledge, category.dose
    said = [(rule.id, c) for rule in knowledge.written_rules for c in rule.then]
    offered = [r for r, c in said if isinstance(c, Recommend) and c.category == category.id]
    left = [r for r, c in said if isinstance(c, AvoidCategory) and c.category == category.id]
    kept = [r for r, c in said if isinstance(c, OfferOnly) and category.id in c.categories]
    moved = ", ".join(
        f"{MOVED[c.pace]} it: {here.link(Sort.RULE, r)}"
        for r, c in said
        if isinstance(c, Move) and c.category == category.id
    )
    examples = (e.id for e in knowledge.exercises.values() if e.category == category.id)
    yield titled(category.title, anchor=anchor(Sort.CATEGORY, category.id))
    yield f"`{category.id}`: {escaped(category.examples)}"
    source = f"{here.link(Sort.SOURCE, dose.source)}, {GRADES[dose.grade]}"
    light = "stays when somebody must look within days"
    yield labelled(
        (
            ("Dose", f"{escaped(dose.text)} ({source})"),
            ("Named numbers in it", here.links(Sort.PARAMETER, category.parameters)),
            ("Easier", escaped(category.regress)),
            ("Harder", escaped(category.progress)),
            ("Usual light activity", light if category.light else ""),
            ("Offered by", here.links(Sort.RULE, offered)),
            ("Left out by", here.links(Sort.RULE, left)),
            ("Stays when little is offered", here.links(Sort.RULE, kept)),
            ("In a follow-up", moved),
            ("In the catalogue", here.links(Sort.EXERCISE, examples)),
        )
    )
