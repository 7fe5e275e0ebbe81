"""From an intake to its case, with what it follows, and to its record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from screening.app.clients.find_case import one_case
from screening.app.history import Found, Records, Tell, load_case, there, with_earlier
from screening.app.recorder import Recorder, Shape
from screening.app.start_interview import given
from screening.assess import Assessor, Concluded
from screening.errors import MisuseError, UnknownTargetError
from screening.interview.session import Order
from screening.load import load_intake, read_intake
from screening.load.column_map import load_column_map
from screening.model.case import Case
from screening.model.column_map import ColumnMap
from screening.model.knowledge import KnowledgeBase
from screening.records import Store

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
) -> Found:
    if raw is not None:
        return Found(read_intake(raw, "stdin", knowledge), path)
    named = path.suffix.lower() not in FILES and not there(path)
    store = records() if named else None
    if store is None:
        return Found(load_intake(path, knowledge), path)
    case = one_case(store, str(path))
    return Found(load_case(store, case, str(path), knowledge, tell), path, case)


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
