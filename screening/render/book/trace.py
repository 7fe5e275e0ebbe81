"""The page that traces each statement to rules, examples and cases, and lists the orphans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from screening.author.trace import Sort, orphans
from screening.model.knowledge import Statement
from screening.model.rule import Rule
from screening.model.words import How
from screening.render.book.place import Book, Here, anchor
from screening.render.book.sheet import anchored, bullets, sheet, table, titled
from screening.render.knowledge_page import EXPECTED
from screening.render.markdown import escaped

HOW = {
    How.RULE: "a rule",
    How.FINDING: "a finding",
    How.PARAMETER: "a stage or a limit",
    How.QUESTION: "a question",
    How.BUILT_IN: "built in",
    How.NOT_YET: "not yet",
    How.LEFT_OUT: "left out",
}
LEAD = (
    "Each statement of the reference documents, the rules that carry it out, the examples inside "
    "those rules, and the cases that fire them."
)


def trace_page(book: Book) -> str:
    """Return the page that traces statements; without a list of them, those rules name."""
    here = Here(book, "trace.md")
    statements = _statements(book)
    documents = dict.fromkeys(_document(name) for name in statements)
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


def _statements(book: Book) -> dict[str, Statement]:
    """Return the statements listed, then those that only rules name."""
    named = (name for rule in book.knowledge.rules.values() for name in rule.covers)
    return {**{name: Statement(name, "") for name in named}, **book.knowledge.statements}


def _document(statement: str) -> str:
    return statement.partition(":")[0]


def _counts(here: Here, statements: dict[str, Statement]) -> str:
    """Return how many statements are carried out how, by document."""
    covering = here.book.knowledge.covering
    count = Counter(
        (_document(name), How.RULE if name in covering else statement.how)
        for name, statement in statements.items()
    )
    kinds = [how for how in How if any(counted is how for _, counted in count)]
    rows = [
        (escaped(document), *(str(count[document, how]) for how in kinds))
        for document in dict.fromkeys(map(_document, statements))
    ]
    return table(("document", *(HOW[how] for how in kinds)), rows) if rows else ""


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
        yield name, said, _otherwise(statement), "", ""
        name, said = "", ""
    for rule in (knowledge.rules[r] for r in knowledge.covering.get(statement.id, ())):
        cases = escaped(", ".join(here.book.cases.get(rule.id, ())))
        yield name, said, here.link(Sort.RULE, rule.id), _examples(rule), cases
        name, said = "", ""


def _otherwise(statement: Statement) -> str:
    """Return what else carries a statement out, and why."""
    if statement.how is How.RULE:
        return "nothing"
    where = f" ({', '.join(statement.where)})" if statement.where else ""
    return escaped(f"{HOW[statement.how]}{where}: {statement.why}")


def _examples(rule: Rule) -> str:
    return "; ".join(f"{escaped(e.name)} ({EXPECTED[e.expect]})" for e in rule.examples)


def _orphans(here: Here) -> Iterator[str]:
    for found in orphans(here.book.knowledge):
        yield titled(found.what, 3)
        yield bullets([here.links(found.sort, found.ids)]) if found.ids else "None."
