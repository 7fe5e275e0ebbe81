"""From an intake or an interview to its case, its conclusion, and the record of both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from screening.app.clients.dossier import dossier, trend
from screening.app.clients.find_case import one_case
from screening.app.history import (
    FoundCase,
    Records,
    Tell,
    load_case,
    there,
    with_earlier,
    with_record,
)
from screening.app.recorder import Recorder, Shape, Unsaved
from screening.app.start_interview import given
from screening.assess import Assessor, Concluded
from screening.errors import MisuseError, UnknownTargetError
from screening.follow.trend import Point
from screening.interview.recall import OPEN
from screening.interview.session import Order, Session
from screening.load import load_intake, read_intake
from screening.load.column_map import load_column_map
from screening.model.case import Case
from screening.model.column_map import ColumnMap
from screening.model.knowledge import KnowledgeBase
from screening.records import Store, client_of
from screening.render.formats import assessment_output

FILES = {".yaml", ".yml", ".json"}


def case_in(
    path: Path, raw: bytes | None, assessor: Assessor, records: Records, tell: Tell
) -> Case:
    """Return the case in a file, in `raw` from stdin, or the recorded case of that name.

    A case that follows an earlier one comes with what that one left behind.

    Raises:
        BadInputError: when it cannot be used.
        UnknownTargetError: when it is no file, and the records have no such case.

    """
    found = _found(path, raw, assessor.knowledge, records, tell)
    return with_earlier(found, assessor, records, tell)


def _found(
    path: Path, raw: bytes | None, knowledge: KnowledgeBase, records: Records, tell: Tell
) -> FoundCase:
    if raw is not None:
        return FoundCase(read_intake(raw, "stdin", knowledge), path)
    named = path.suffix.lower() not in FILES and not there(path)
    store = records() if named else None
    if store is None:
        return FoundCase(load_intake(path, knowledge), path)
    case = one_case(store, str(path))
    return FoundCase(load_case(store, case, str(path), knowledge, tell), path, case)


def case_in_row(table: Path, row: int, map_file: Path | None, knowledge: KnowledgeBase) -> Case:
    """Return the case in a row of a table, as `screening batch` reads it."""
    from screening.batch.single_row import case_at  # noqa: PLC0415 - only tables pay for it

    said = ColumnMap() if map_file is None else load_column_map(map_file, knowledge)
    return case_at(table, row, knowledge, said)


class Filed(NamedTuple):
    """A conclusion on record, its report, and what to say first of keeping it, if anything."""

    concluded: Concluded
    report: str
    caution: str | None


def filed(case: Case, assessor: Assessor, root: Path, store: Store, shape: Shape) -> Filed:
    """Conclude a case, which names its client, and record both.

    Raises:
        MisuseError: when it follows a case that is not recorded, or one of the client is open.
        RecordsError: when it cannot be recorded.

    """
    try:
        opening = given(assessor.knowledge, store, case, Order.ADAPTIVE)
    except UnknownTargetError as error:
        raise MisuseError(
            f"the earlier case `{case.follows}` is not recorded: record it first with "
            "`screening run FILE --client CLIENT`, then name that case under `follows`"
        ) from error
    earlier = case.earlier or opening.session.earlier
    concluded = assessor.conclude(replace(case, earlier=earlier))
    with Recorder(store, assessor.knowledge, root, opening) as recorder:
        caution = recorder.caution
        recorder.record()
        report = recorder.report(concluded, shape, concluded.assessment.status.value)
    return Filed(concluded, report, caution)


def concluded(
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
    assessor: Assessor, session: Session, keeper: Recorder | Unsaved
) -> tuple[Point, ...]:
    """Return the trend over the client's screenings, if an interview is a follow-up on record."""
    follows = session.earlier is not None and not session.earlier.anew
    if isinstance(keeper, Unsaved) or keeper.case is None or not follows:
        return ()
    store = keeper.store
    return trend(assessor, dossier(store, client_of(store, store.ledger(keeper.case).client)))
