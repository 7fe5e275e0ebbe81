"""The page that traces each statement to rules, examples and cases, and lists the orphans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from screening.check.orphans import orphans
from screening.model.ids import Sort
from screening.model.knowledge import KnowledgeBase
from screening.model.pack import Statement
from screening.model.rule import Rule
from screening.model.vocabularies import How
from screening.render.knowledge_page import EXPECTED
from screening.render.markdown import escaped
from screening.render.rule_book.place import Book, Here, anchor
from screening.render.rule_book.sheet import anchored, sheet, table, titled

HOW = {
    How.RULE: "a rule",
    How.FINDING: "a finding",
    How.PARTLY: "a rule, in part",
    How.PARAMETER: "a stage, a limit or a number",
    How.QUESTION: "a question",
    How.BUILT_IN: "built in",
    How.NOT_YET: "not yet",
    How.LEFT_OUT: "left out",
}
NAMED = {
    How.FINDING: (Sort.FINDING,),
    How.QUESTION: (Sort.QUESTION,),
    How.PARAMETER: (Sort.STAGE, Sort.LIMIT, Sort.PARAMETER),
}
LEAD = (
    "Each statement of the reference documents, the rules that carry it out, the examples inside "
    "those rules, and the cases that fire them."
)
LEAD_OF_COVERAGE = """\
Generated from `knowledge/coverage.yaml` by `docs/generate.py`. Each statement of the reference
documents the knowledge was written from, in our own words, with the rules that carry it out, or
why there is none. `screening knowledge doc` writes the same with links, examples and cases."""


def trace_page(book: Book) -> str:
    """Return the page that traces statements; without a list of them, those rules name."""
    here = Here(book, "trace.md")
    statements = _statements(book)
    documents = _documents(statements)
    return sheet(
        (
            titled("From statement to case", 1),
            f"[Rule book]({here.to('index.md')}). {LEAD}",
            _counts(here, statements),
            *(part for document in documents for part in _traced(here, document, statements)),
            titled("On their own"),
            "Not wrong by itself, but worth a look.",
            *_orphans(here),
        )
    )


def coverage_page(knowledge: KnowledgeBase) -> str:
    """Return the counts, and each statement with what carries it out, as a page without links."""
    here = Here(Book(knowledge), "")
    statements = _statements(here.book)
    parts = []
    for document in _documents(statements):
        rows = (
            (escaped(name), escaped(statement.says), _carried_out(knowledge, statement))
            for name, statement in statements.items()
            if _document(name) == document
        )
        parts += [titled(f"Statements of {document}")]
        parts += [table(("statement", "says", "carried out by"), rows)]
    return sheet(
        (
            titled("What the knowledge covers", 1),
            LEAD_OF_COVERAGE,
            _counts(here, statements),
            *parts,
        )
    )


def _carried_out(knowledge: KnowledgeBase, statement: Statement) -> str:
    """Return the rules that cover a statement, and what else carries it out."""
    rules = ", ".join(f"`{rule}`" for rule in knowledge.covering.get(statement.id, ()))
    where = ", ".join(escaped(place) for place in statement.where)
    otherwise = "" if rules and statement.how is How.RULE else _otherwise(statement, where)
    return "; ".join(filter(None, (rules, otherwise)))


def _documents(statements: dict[str, Statement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_document, statements)))


def _statements(book: Book) -> dict[str, Statement]:
    """Return the statements listed, then those that only rules name."""
    found = dict(book.knowledge.statements)
    for rule in book.knowledge.rules.values():
        for name in rule.covers:
            found.setdefault(name, Statement(name, ""))
    return found


def _document(statement: str) -> str:
    return statement.partition(":")[0]


def _counts(here: Here, statements: dict[str, Statement]) -> str:
    """Return how many statements are carried out how, by document."""
    ruled = {
        name for name in here.book.knowledge.covering if statements[name].how is not How.PARTLY
    }
    count = Counter(
        (_document(name), How.RULE if name in ruled else statement.how)
        for name, statement in statements.items()
    )
    kinds = [how for how in How if any(counted is how for _, counted in count)]
    rows = [
        (
            escaped(document),
            str(sum(count[document, how] for how in kinds)),
            *(str(count[document, how]) for how in kinds),
        )
        for document in _documents(statements)
    ]
    return table(("document", "statements", *(HOW[how] for how in kinds)), rows) if rows else ""


def _traced(here: Here, document: str, statements: dict[str, Statement]) -> Iterator[str]:
    yield titled(f"Statements of {document}")
    headers = ("statement", "says", "carried out by", "examples")
    rows: list[tuple[str, ...]] = []
    for name, statement in statements.items():
        if _document(name) == document:
            rows += _rows(here, statement)
    if here.book.cases:
        yield table((*headers, "cases"), rows)
    else:
        yield table(headers, (row[: len(headers)] for row in rows))


def _rows(here: Here, statement: Statement) -> Iterator[tuple[str, ...]]:
    """Yield a row for each rule that covers a statement, or one that says why there is none."""
    knowledge = here.book.knowledge
    name = f"{anchored(anchor(Sort.STATEMENT, statement.id))}{escaped(statement.id)}"
    said = escaped(statement.says)
    if statement.how is not How.RULE or statement.id not in knowledge.covering:
        yield name, said, _otherwise(statement, _where(here, statement)), "", ""
        name, said = "", ""
    for rule in (knowledge.rules[r] for r in knowledge.covering.get(statement.id, ())):
        cases = here.links(Sort.CASE, here.book.cases.get(rule.id, ()))
        yield name, said, here.link(Sort.RULE, rule.id), _examples(rule), cases
        name, said = "", ""


def _otherwise(statement: Statement, where: str) -> str:
    """Return what else carries a statement out, and why."""
    if statement.how is How.RULE:
        return "nothing"
    return f"{HOW[statement.how]}{f' ({where})' if where else ''}: {escaped(statement.why)}"


def _where(here: Here, statement: Statement) -> str:
    """Return links to what carries a statement out beside rules; what is built in has none."""
    sorts = NAMED.get(statement.how, ())
    return ", ".join(
        next((here.link(s, name) for s in sorts if here.book.has(s, name)), escaped(name))
        for name in statement.where
    )


def _examples(rule: Rule) -> str:
    return "; ".join(f"{escaped(e.name)} ({EXPECTED[e.expect]})" for e in rule.examples)


def _orphans(here: Here) -> Iterator[str]:
    for found in orphans(here.book.knowledge):
        yield titled(found.what, 3)
        yield here.links(found.sort, found.ids) or "None."
