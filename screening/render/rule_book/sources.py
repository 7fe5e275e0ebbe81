"""The page of the sources: what was read, and what rests on each."""

from __future__ import annotations

from collections.abc import Iterator

from screening.check.orphans import disputing
from screening.model.ids import Sort
from screening.model.pack import Source
from screening.render.explanation_page import GRADES, READ
from screening.render.markdown import escaped
from screening.render.rule_book.place import Book, Here, anchor
from screening.render.rule_book.sheet import labelled, sheet, titled

NOTHING = "nothing"


def sources_page(book: Book) -> str:
    """Return the page of the sources, in the order of the file."""
    here = Here(book, "sources.md")
    return sheet(
        (
            titled("Sources", 1),
            f"[Rule book]({here.to('index.md')})",
            *(part for s in book.knowledge.sources.values() for part in _source(here, s)),
        )
    )


def _source(here: Here, source: Source) -> Iterator[str]:
    knowledge = here.book.knowledge
    yield titled(source.key, anchor=anchor(Sort.SOURCE, source.key))
    yield escaped(source.citation)
    citing = [
        (rule, evidence)
        for rule in knowledge.live_rules
        for evidence in rule.evidence
        if evidence.source == source.key
    ]
    written = ", ".join(
        f"{here.link(Sort.RULE, rule.id)} ({escaped(_place(evidence.at))}{GRADES[evidence.grade]})"
        for rule, evidence in citing
        if not rule.cell
    )
    cells = sum(rule.cell for rule, _ in citing)
    verdicts = f"[{cells} of the catalogue]({here.to('exercises.md')})" if cells else ""
    doses = [c.id for c in knowledge.categories.values() if c.dose.source == source.key]
    disputed = disputing(knowledge, source.key)
    numbers = [p.id for p in knowledge.parameters.values() if p.source == source.key]
    cases = [c.id for c in knowledge.cases.values() if c.source == source.key]
    asked = [
        q.id
        for q in knowledge.trainer_questions.values()
        if any(e.source == source.key for e in q.evidence)
    ]
    used = written or verdicts or doses or disputed or numbers or cases or asked
    yield labelled(
        (
            ("Read", READ[source.read]),
            ("Kind", escaped(source.kind)),
            ("Where", escaped("; ".join(filter(None, (source.doi, source.url))))),
            ("Note", escaped(source.note)),
            ("Rules that rest on it", written if used else NOTHING),
            ("Verdicts that rest on it", verdicts),
            ("Doses that rest on it", here.links(Sort.CATEGORY, doses)),
            ("Named numbers that rest on it", here.links(Sort.PARAMETER, numbers)),
            ("Questions for a trainer that rest on it", here.links(Sort.TRAINER_QUESTION, asked)),
            ("Cases from it", here.links(Sort.CASE, cases)),
            ("Named where sources disagree", here.links(Sort.RULE, disputed)),
        )
    )


def _place(at: str) -> str:
    return f"{at}, " if at else ""
