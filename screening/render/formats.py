"""From a result to the text of one of the formats: table, markdown, json or html."""

from __future__ import annotations

from screening.errors import assert_never
from screening.model.assessment import Assessment
from screening.model.knowledge import KnowledgeBase
from screening.render.assessment_page import assessment_page
from screening.render.html import page_html
from screening.render.json_form import Json, assessment_form, dumped
from screening.render.local import in_words_of
from screening.render.markdown import markdown
from screening.render.page import FORMATS_OF_ONE, Format, Page, PageFormat, Shape
from screening.render.stamp import Stamp
from screening.render.table import WIDTH, text


def assessment_output(
    assessment: Assessment,
    knowledge: KnowledgeBase,
    form: PageFormat,
    intake: str,
    *,
    width: int = WIDTH,
) -> str:
    """Return an assessment in a format; `intake` is how the user named the case."""
    return unrecorded_output(assessment, knowledge, Shape(form, width), intake)


def unrecorded_output(
    assessment: Assessment, knowledge: KnowledgeBase, shape: Shape, intake: str
) -> str:
    """Return an assessment of which nothing is on record."""
    page = assessment_page(assessment, knowledge, intake)
    page = in_words_of(knowledge.countries.get(shape.country), page)
    return output(page, assessment_form(assessment, knowledge), shape.form, width=shape.width)


def recorded_output(
    assessment: Assessment, knowledge: KnowledgeBase, shape: Shape, stamp: Stamp
) -> str:
    """Return an assessment in a format, with what it says of its record."""
    page = assessment_page(assessment, knowledge, stamp.case, stamp, shape.layout)
    page = in_words_of(knowledge.countries.get(shape.country), page)
    json = assessment_form(assessment, knowledge) | {"record": stamp.form}
    return output(page, json, shape.form, width=shape.width)


def output(page: Page, json: Json, form: PageFormat, *, width: int = WIDTH) -> str:
    """Return a result, given as a page and as JSON, in a format."""
    match form:
        case Format.TABLE:
            return text(page, width)
        case Format.JSON:
            return dumped(json)
        case Format.MARKDOWN:
            return markdown(page)
        case Format.HTML:
            return page_html(page)
    assert_never(form)


def page_format(word: str) -> PageFormat:
    """Return the format of a report on record; text where this program has no such format."""
    return next((form for form in FORMATS_OF_ONE if form.value == word), Format.TABLE)
