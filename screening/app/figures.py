"""Writes the contact sheets of figures into a folder that is new, empty, or holds earlier ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from screening.app.knowledge import open_knowledge
from screening.diagnostics import quoted
from screening.draw.choices import LEAST, thin_choices, undrawn
from screening.errors import UnwritableError
from screening.model.knowledge import KnowledgeBase
from screening.render.figure_sheets import FIRST, MARK, figure_files
from screening.render.page import clean, counted


def figures_written(directory: Path | None, folder: Path) -> str:
    """Write every figure of a knowledge base, and sheets of all; return what to say of it.

    Raises:
        UnwritableError: when the folder holds something else, or cannot be written.

    """
    knowledge = open_knowledge(directory)
    files = figure_files(knowledge)
    try:
        _claim(folder)
        _put(files, folder)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        reason = (getattr(error, "strerror", "") or "this is not a file name").lower()
        shown = quoted(str(folder))
        raise UnwritableError(f"figures cannot be written to {shown}: {reason}") from error
    written = f"{len(files)} files written. Begin with {clean(str(folder / FIRST))}"
    return "\n".join((written, *_missing(knowledge)))


def _missing(knowledge: KnowledgeBase) -> Iterator[str]:
    """Yield which exercises of a session have no figure, and where another one is needed."""
    left = undrawn(knowledge)
    if left:
        names = ", ".join(knowledge.exercises[name].name for name in left)
        yield clean(f"No figure: {counted(len(left), 'exercise')} of sessions: {names}")
    for one in thin_choices(knowledge):
        pattern, names = one.pattern, ", ".join(one.undrawn)
        where = f"{one.slot}, {one.place.value}, {pattern}"
        yield clean(f"Fewer than {LEAST} drawn choices: {where}. Not drawn: {names}")


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
