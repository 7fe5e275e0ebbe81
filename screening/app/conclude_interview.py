"""What an interview comes to: concluded by both engines, on record, as it is shown."""

from __future__ import annotations

from screening.app.clients.dossier import dossier, trend
from screening.app.history import with_record
from screening.app.recorder import Recorder, Shape, Unsaved
from screening.assess import Assessor
from screening.interview.recall import OPEN
from screening.interview.session import Session
from screening.records import client_of
from screening.render.formats import assessment_output
from screening.render.markdown import markdown
from screening.render.page import Format
from screening.render.table import text
from screening.render.trend import trend_blocks


def result(
    assessor: Assessor, session: Session, keeper: Recorder | Unsaved, shape: Shape, *, ended: bool
) -> str:
    """Return the result of an interview, which is on record by then; one not ended stays open.

    Raises:
        DisagreementError: when the engines differ.
        RecordsError: when it cannot be recorded.

    """
    case = session.case()
    if isinstance(keeper, Recorder) and keeper.case is not None:
        concluded = assessor.conclude(with_record(keeper.store, keeper.case, case))
        status = concluded.assessment.status.value if ended else OPEN
        return keeper.report(concluded, shape, status)
    found = assessor.conclude(case).assessment
    return assessment_output(found, assessor.knowledge, shape.form, "", width=shape.width)


def how_it_went(
    assessor: Assessor, session: Session, keeper: Recorder | Unsaved, shape: Shape, *, plain: bool
) -> str:
    """Return the trend over the client's screenings, below the result of a follow-up, if any."""
    follows = session.earlier is not None and not session.earlier.anew
    if (
        isinstance(keeper, Unsaved)
        or keeper.case is None
        or not follows
        or shape.form is Format.JSON
    ):
        return ""
    store = keeper.store
    found = dossier(store, client_of(store, store.ledger(keeper.case).client))
    page = tuple(trend_blocks(assessor.knowledge, trend(assessor, found), plain=plain))
    return "\n" + (markdown(page) if shape.form is Format.MARKDOWN else text(page, shape.width))
