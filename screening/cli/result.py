"""Showing what an interview came to: the result on stdout."""

from __future__ import annotations

import click

from screening.app.clients.dossier import dossier, trend
from screening.app.recorded_cases import with_record
from screening.app.recorder import Recorder
from screening.assess import Assessor
from screening.cli.common import page_width
from screening.cli.conversation import Conversation
from screening.cli.terminal import plain_stdout
from screening.interview.recall import OPEN
from screening.records import client_of
from screening.render.formats import assessment_output
from screening.render.markdown import markdown
from screening.render.page import Format, PageFormat
from screening.render.table import text
from screening.render.trend import trend_blocks


def show(talk: Conversation, recorder: Recorder | None, form: PageFormat, *, ended: bool) -> None:
    """Conclude by both engines, record it, and print the result.

    Raises:
        DisagreementError: when the engines differ; nothing is printed then.
        RecordsError: when it cannot be recorded; nothing is printed then.

    """
    assessor = Assessor(talk.knowledge)
    case = talk.session.case()
    if recorder is not None and recorder.case:
        case = with_record(recorder.store, recorder.case, case)
    concluded = assessor.conclude(case)
    found = concluded.assessment
    if recorder is None or not recorder.case:
        shown = assessment_output(found, talk.knowledge, form, "", width=page_width())
    else:
        status = found.status.value if ended else OPEN
        shown = recorder.report(concluded, form, page_width(), status)
    talk.terminal.say()
    click.echo(shown, nl=False)
    earlier = talk.session.earlier
    followed = earlier is not None and not earlier.anew
    if recorder is not None and recorder.case and ended and followed and form is not Format.JSON:
        click.echo(_how_it_went(assessor, recorder, form), nl=False)


def _how_it_went(assessor: Assessor, recorder: Recorder, form: PageFormat) -> str:
    """Return the trend over the client's screenings, below the result of a follow-up."""
    store = recorder.store
    found = dossier(store, client_of(store, store.ledger(recorder.case).client))
    points = trend(assessor, found)
    page = tuple(trend_blocks(assessor.knowledge, points, plain=plain_stdout()))
    return "\n" + (markdown(page) if form is Format.MARKDOWN else text(page, page_width()))
