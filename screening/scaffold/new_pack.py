"""Begins a knowledge base: a copy of the shipped one, or one with only what each must have."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from screening.diagnostics import quoted
from screening.errors import UnwritableError
from screening.load import shipped_knowledge
from screening.write.disk import files_of, put, read_text

EMPTY = Path(__file__).parent / "empty"


class Start(Enum):
    """What a new knowledge base begins with."""

    SHIPPED = "shipped"
    EMPTY = "empty"


def begin(folder: Path, start: Start) -> int:
    """Write a knowledge base into a new or empty folder; return how many files it has.

    Raises:
        UnwritableError: when something is in the folder, or it cannot be written.

    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        odd = "is not empty" if folder.is_dir() else "is a file"
        raise UnwritableError(
            f"{quoted(str(folder))} {odd}\n  help: name a new or an empty folder"
        )
    origin = EMPTY if start is Start.EMPTY else shipped_knowledge()
    files = files_of(origin)
    for file in files:
        put(folder / file.relative_to(origin), read_text(file))
    return len(files)
