"""Reading the case a command is about."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from screening.app.clients.find_case import one_case
from screening.app.prior_case import Found, Records, there, with_earlier
from screening.app.recorded_cases import load_case
from screening.app.stores import Place, open_records
from screening.assess import Assessor
from screening.load import load_intake, read_intake
from screening.load.column_map import load_column_map
from screening.load.source import SIZE_LIMIT
from screening.model.case import Case
from screening.model.column_map import ColumnMap
from screening.model.knowledge import KnowledgeBase
from screening.records import Store
from screening.records.database import exists

STDIN = Path("-")
FILES = {".yaml", ".yml", ".json"}


@contextmanager
def records_of(place: Place) -> Iterator[Records]:
    """Yield what opens the records when they are first needed, and close them at the end."""
    opened: list[Store] = []

    def records() -> Store | None:
        if not opened and exists(place.path):
            opened.append(open_records(place))
        return opened[0] if opened else None

    try:
        yield records
    finally:
        for store in opened:
            store.close()


def open_intake(path: Path, assessor: Assessor, records: Records) -> Case:
    """Return the case in a file, on stdin for `-`, or the recorded case of that name.

    A case that follows an earlier one comes with what that one left behind.

    Raises:
        BadInputError: when it cannot be used.
        UnknownTargetError: when it is no file, and the records have no such case.

    """
    return with_earlier(_found(path, assessor, records), assessor, records)


def _found(path: Path, assessor: Assessor, records: Records) -> Found:
    knowledge, name = assessor.knowledge, str(path)
    if path == STDIN:
        raw = sys.stdin.buffer.read(SIZE_LIMIT + 1)
        return Found(read_intake(raw, "stdin", knowledge), path)
    named = path.suffix.lower() not in FILES and not there(path)
    store = records() if named else None
    if store is None:
        return Found(load_intake(path, knowledge), path)
    case = one_case(store, name)
    return Found(load_case(store, case, name, knowledge), path, case)


def open_row(table: Path, row: int, map_file: Path | None, knowledge: KnowledgeBase) -> Case:
    """Return the case in a row of a table, as `screening batch` reads it."""
    from screening.batch.single_row import case_at  # noqa: PLC0415 - only tables pay for it

    said = ColumnMap() if map_file is None else load_column_map(map_file, knowledge)
    return case_at(table, row, knowledge, said)
