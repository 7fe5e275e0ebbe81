"""Showing what an interview came to: the result on stdout."""

from __future__ import annotations

import click

from screening.assess import Assessor
from screening.commands.conversation import Conversation
from screening.commands.intake import page_width
from screening.commands.recorder import Recorder
from screening.interview.recall import OPEN
from screening.render.output import assessment_output


def show(talk: Conversation, recorder: Recorder | None, form: str, *, ended: bool) -> None:
    """Conclude by both engines, record it, and print the result.

    Raises:
        DisagreementError: when the engines differ; nothing is printed then.
        RecordsError: when it cannot be recorded; nothing is printed then.

    """
    concluded = Assessor(talk.knowledge).conclude(talk.session.case())
    found = concluded.assessment
    if recorder is None or not recorder.case:
        shown = assessment_output(found, talk.knowledge, form, "", width=page_width())
    else:
        status = found.status.value if ended else OPEN
        shown = recorder.report(concluded, form, page_width(), status)
    talk.terminal.say()
    click.echo(shown, nl=False)
