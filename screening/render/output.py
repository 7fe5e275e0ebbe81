"""From a result to the text of one of the formats: table, markdown or json."""

from __future__ import annotations

from typing import NamedTuple

from screening.model.assessment import Assessment
from screening.model.knowledge import KnowledgeBase
from screening.render.assessment_page import assessment_page
from screening.render.json_form import Json, assessment_form, dumped
from screening.render.markdown import markdown
from screening.render.page import Page
from screening.render.table import WIDTH, text

FORMATS = ("table", "json", "markdown")


class Stamp(NamedTuple):
    """What a report says of the record it belongs to: the case, and its head digest then."""

    case: str
    head: str


def assessment_output(
    assessment: Assessment, knowledge: KnowledgeBase, form: str, intake: str, *, width: int = WIDTH
) -> str:
    """Return an assessment in a format; `intake` is how the user named the case."""
    page = assessment_page(assessment, knowledge, intake)
    return output(page, assessment_form(assessment, knowledge), form, width=width)


def recorded_output(
    assessment: Assessment, knowledge: KnowledgeBase, form: str, stamp: Stamp, *, width: int
) -> str:
    """Return an assessment in a format, with the head digest of its record."""
    page = assessment_page(assessment, knowledge, stamp.case, stamp.head)
    json = assessment_form(assessment, knowledge)
    record: dict[str, Json] = {"case": stamp.case, "head": stamp.head}
    return output(page, json | {"record": record}, form, width=width)


def output(page: Page, json: Json, form: str, *, width: int = WIDTH) -> str:
    """Return a result, given as a page and as JSON, in a format."""
    match form:
        case "json":
            return dumped(json)
        case "markdown":
            return markdown(page)
        case _:
            return text(page, width)
