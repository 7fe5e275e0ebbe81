"""Showing what an interview came to: the result on stdout."""

from __future__ import annotations

import click

from screening.assess import Assessor
from screening.commands.conversation import Conversation
from screening.commands.intake import page_width
from screening.commands.recorder import Line, Recorder
from screening.interview.recall import OPEN
from screening.model.assessment import Assessment
from screening.model.knowledge import KnowledgeBase
from screening.render.assessment_page import assessment_page
from screening.render.json_form import assessment_form, dumped
from screening.render.markdown import markdown
from screening.render.page import Paragraph
from screening.render.table import text


def show(talk: Conversation, recorder: Recorder | None, form: str, *, ended: bool) -> None:
    """Conclude by both engines, record it, and print the result.

    Raises:
        DisagreementError: when the engines differ; nothing is printed then.
        RecordsError: when it cannot be recorded; nothing is printed then.

    """
    found = Assessor(talk.knowledge).conclude(talk.session.case()).assessment
    line = None
    if recorder is not None and recorder.case:
        status = found.status.value if ended else OPEN
        line = recorder.conclude(dumped(assessment_form(found, talk.knowledge)), form, status)
    talk.terminal.say()
    click.echo(_rendered(found, talk.knowledge, line, form), nl=False)
    if line is not None and form == "json":
        talk.terminal.say(line.words)


def _rendered(found: Assessment, knowledge: KnowledgeBase, line: Line | None, form: str) -> str:
    if form == "json":
        return dumped(assessment_form(found, knowledge))
    page = assessment_page(found, knowledge, line.case if line else "")
    if line is not None:
        page = (*page, Paragraph(line.words))
    return markdown(page) if form == "markdown" else text(page, page_width())
