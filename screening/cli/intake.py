"""The case a command is about, and how wide it prints."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from screening.app.conclude import case_in
from screening.app.conclude import case_in_row as open_row
from screening.app.history import Records
from screening.assess import Assessor
from screening.cli.common import tell
from screening.cli.records import Place, open_records
from screening.load.source import SIZE_LIMIT
from screening.model.case import Case
from screening.records import Store
from screening.records.database import exists

__all__ = ["open_intake", "open_row", "page_width", "records_of"]
STDIN = Path("-")
WIDEST = 110  # longer lines are harder to read


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

    Raises:
        BadInputError: when it cannot be used.
        UnknownTargetError: when it is no file, and the records have no such case.

    """
    raw = sys.stdin.buffer.read(SIZE_LIMIT + 1) if path == STDIN else None
    return case_in(path, raw, assessor, records, tell)


def page_width() -> int:
    """Return how wide to print: the terminal, within reason, or 80 columns without one."""
    return min(shutil.get_terminal_size().columns, WIDEST)
