"""Showing what an interview came to: the result on stdout."""

from __future__ import annotations

import click

from screening.assess import Assessor
from screening.commands.conversation import Conversation
from screening.commands.intake import page_width
from screening.interview.draft import OPEN, Store
from screening.model.assessment import Assessment
from screening.model.knowledge import KnowledgeBase
from screening.render.assessment_page import assessment_page
from screening.render.json_form import assessment_form, dumped
from screening.render.markdown import markdown
from screening.render.table import text


def show(store: Store, talk: Conversation, form: str, *, ended: bool) -> None:
    """Conclude by both engines, save the status, and print the result.

    Raises:
        DisagreementError: when the engines differ; nothing is printed then.

    """
    concluded = Assessor(talk.knowledge).conclude(talk.session.case())
    if talk.session.entries:
        store.keep(talk.session, concluded.assessment.status.value if ended else OPEN)
    talk.terminal.say()
    shown = _rendered(concluded.assessment, talk.knowledge, store.draft.case, form)
    click.echo(shown, nl=False)


def _rendered(found: Assessment, knowledge: KnowledgeBase, case: str, form: str) -> str:
    if form == "json":
        return dumped(assessment_form(found, knowledge))
    page = assessment_page(found, knowledge, case)
    return markdown(page) if form == "markdown" else text(page, page_width())
