"""Writes the contact sheets of figures into a folder that is new, empty, or holds earlier ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from screening.app.knowledge import open_knowledge
from screening.diagnostics import quoted
from screening.errors import UnwritableError
from screening.render.figure_sheets import FIRST, MARK, figure_files
from screening.render.page import clean


def figures_written(directory: Path | None, folder: Path) -> str:
    """Write every figure of a knowledge base, and sheets of all; return what to say of it.

    Raises:
        UnwritableError: when the folder holds something else, or cannot be written.

    """
    files = figure_files(open_knowledge(directory))
    try:
        _claim(folder)
        _put(files, folder)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        reason = (getattr(error, "strerror", "") or "this is not a file name").lower()
        shown = quoted(str(folder))
        raise UnwritableError(f"figures cannot be written to {shown}: {reason}") from error
    return f"{len(files)} files written. Begin with {clean(str(folder / FIRST))}"


def _claim(folder: Path) -> None:
    """Refuse a folder that holds something else."""
    if folder.exists() and any(folder.iterdir()) and not _ours(folder / FIRST):
        raise UnwritableError(
            f"{quoted(str(folder))} is not empty and holds no figures\n"
            "  help: name a new or an empty folder: `--output FOLDER`"
        )


def _ours(page: Path) -> bool:
    """Tell whether a file begins with the mark of this command."""
    return (
        page.is_file()
        and not page.is_symlink()
        and page.read_bytes()[:99].startswith(MARK.encode())
    )


def _put(files: Mapping[str, str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.svg"):
        if not old.is_symlink() and old.name not in files:
            old.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
