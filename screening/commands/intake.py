"""Reading the case a command is about, and writing what it found."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from screening.assess import Assessor
from screening.commands.cases import SAFE, drafts_folder, load_case
from screening.commands.earlier import with_earlier
from screening.interview.draft import path_of
from screening.load import load_intake, read_intake
from screening.load.column_map import load_column_map
from screening.load.source import SIZE_LIMIT
from screening.model.case import Case
from screening.model.column_map import ColumnMap
from screening.model.knowledge import KnowledgeBase

STDIN = Path("-")
WIDEST = 110  # longer lines are harder to read


def open_intake(path: Path, assessor: Assessor) -> Case:
    """Return the case in a file, on stdin for `-`, or the saved case of that name.

    A case that follows an earlier one comes with what that one left behind.
    """
    knowledge = assessor.knowledge
    if path == STDIN:
        raw = sys.stdin.buffer.read(SIZE_LIMIT + 1)
        return with_earlier(read_intake(raw, "stdin", knowledge), path, assessor)
    name = str(path)
    saved = path_of(drafts_folder(), name) if SAFE.fullmatch(name) else None
    if saved is not None and saved.exists() and not path.exists():
        return load_case(name, knowledge)
    return with_earlier(load_intake(path, knowledge), path, assessor)


def open_row(table: Path, row: int, map_file: Path | None, knowledge: KnowledgeBase) -> Case:
    """Return the case in a row of a table, as `screening batch` reads it."""
    from screening.batch.one import case_at  # noqa: PLC0415 - only tables pay for it

    said = ColumnMap() if map_file is None else load_column_map(map_file, knowledge)
    return case_at(table, row, knowledge, said)


def page_width() -> int:
    """Return how wide to print: the terminal, within reason, or 80 columns without one."""
    return min(shutil.get_terminal_size().columns, WIDEST)
