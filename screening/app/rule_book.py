"""Writes the rule book into a folder; nothing of somebody else's is put out of the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from screening.app.knowledge import open_knowledge
from screening.diagnostics import quoted
from screening.errors import UnwritableError
from screening.render.page import clean
from screening.render.rule_book import MARK, rule_book

FIRST = "index.md"


def written(directory: Path | None, folder: Path) -> str:
    """Write the rule book of a knowledge base; return what to say of it."""
    pages = rule_book(open_knowledge(directory, library=True))
    put(pages, folder)
    return f"{len(pages)} pages written. Begin with {clean(str(folder / FIRST))}"


def put(pages: Mapping[str, str], folder: Path) -> None:
    """Write the pages of a rule book, and remove those of an earlier one that it no longer has.

    Raises:
        UnwritableError: when the folder holds something else, or cannot be written.

    """
    try:
        _claim(pages, folder)
        for name, text in pages.items():
            page = folder / name
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, encoding="utf-8", newline="\n")
        for page in _earlier(folder):
            if page.relative_to(folder).as_posix() not in pages:
                page.unlink()
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        reason = (getattr(error, "strerror", "") or "this is not a file name").lower()
        shown = quoted(str(folder))
        raise UnwritableError(f"the rule book cannot be written to {shown}: {reason}") from error


def _claim(pages: Mapping[str, str], folder: Path) -> None:
    """Refuse a folder that is not free, and pages that are not ours to overwrite."""
    if not folder.exists():
        return
    if any(folder.iterdir()) and not _ours(folder / FIRST):
        raise UnwritableError(
            f"{quoted(str(folder))} is not empty and holds no rule book\n"
            "  help: name a new or an empty folder: `--output FOLDER`"
        )
    for name in pages:
        page = folder / name
        if (page.exists() or page.is_symlink()) and not _ours(page):
            raise UnwritableError(
                f"{quoted(str(page))} was not written by this command\n"
                "  help: move it away, or name another folder: `--output FOLDER`"
            )


def _earlier(folder: Path) -> Iterator[Path]:
    """Yield every page in a folder that this command wrote, in order of path."""
    pages = sorted(path for depth in ("*.md", "*/*.md", "*/*.svg") for path in folder.glob(depth))
    return (page for page in pages if _ours(page))


def _ours(page: Path) -> bool:
    """Tell whether a file begins with the mark of this command."""
    if not page.is_file() or page.is_symlink():
        return False
    with page.open("rb") as file:
        return file.read(len(MARK.encode())) == MARK.encode()
