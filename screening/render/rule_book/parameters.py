"""The page of the named numbers: what each is for, where it is from, what takes it."""

from __future__ import annotations

from collections.abc import Iterator

from screening.model.expr import parameters_in
from screening.model.ids import Sort
from screening.model.terms import Parameter
from screening.render.explanation_page import GRADES
from screening.render.markdown import escaped
from screening.render.rule_book.place import Book, Here, anchor
from screening.render.rule_book.related import numbers_of
from screening.render.rule_book.sheet import anchored, sheet, table, titled

LEAD = (
    "Numbers that several rules or doses share. Each has a name, so that changing it here changes "
    "it everywhere."
)
HEADERS = ("what", "value", "source", "kind of evidence", "note", "used by")


def parameters_page(book: Book) -> str:
    """Return the page of the parameters, in the order of the file."""
    here = Here(book, "parameters.md")
    rows = [_row(here, parameter) for parameter in book.knowledge.parameters.values()]
    return sheet(
        (
            titled("Named numbers", 1),
            f"[Rule book]({here.to('index.md')}). {LEAD}",
            table(HEADERS, rows) if rows else "None.",
        )
    )


def _row(here: Here, parameter: Parameter) -> tuple[str, ...]:
    name = anchored(anchor(Sort.PARAMETER, parameter.id))
    place = f", {escaped(parameter.place)}" if parameter.place else ""
    return (
        f"{name}{escaped(parameter.title)} (`{parameter.id}`)",
        escaped(f"{parameter.value} {parameter.unit}"),
        f"{here.link(Sort.SOURCE, parameter.source)}{place}",
        GRADES[parameter.grade],
        escaped(parameter.note),
        ", ".join(_users(here, parameter.id)),
    )


def _users(here: Here, name: str) -> Iterator[str]:
    """Yield links to the rules, questions and categories that take a number from a parameter."""
    knowledge = here.book.knowledge
    for rule in knowledge.live_rules:
        if name in numbers_of(rule):
            yield here.link(Sort.RULE, rule.id)
    for question in knowledge.questions.values():
        if question.only_if is not None and name in parameters_in(question.only_if):
            yield f"whether to ask: {here.link(Sort.QUESTION, question.id)}"
    for category in knowledge.categories.values():
        if name in category.parameters:
            yield f"the dose: {here.link(Sort.CATEGORY, category.id)}"
