"""Reading the case a command is about, and writing what it found."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from screening.commands.cases import SAFE, drafts_folder, load_case
from screening.interview.draft import path_of
from screening.load import load_intake, read_intake
from screening.load.source import SIZE_LIMIT
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase

STDIN = Path("-")
WIDEST = 110  # longer lines are harder to read


def open_intake(path: Path, knowledge: KnowledgeBase) -> Case:
    """Return the case in a file, on stdin for `-`, or the saved case of that name."""
    if path == STDIN:
        raw = sys.stdin.buffer.read(SIZE_LIMIT + 1)
        return read_intake(raw, "stdin", knowledge)
    name = str(path)
    if not path.exists() and SAFE.fullmatch(name) and path_of(drafts_folder(), name).exists():
        return load_case(name, knowledge)
    return load_intake(path, knowledge)


def page_width() -> int:
    """Return how wide to print: the terminal, within reason, or 80 columns without one."""
    return min(shutil.get_terminal_size().columns, WIDEST)
