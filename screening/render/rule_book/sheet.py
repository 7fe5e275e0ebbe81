"""The parts of a Markdown page, from text that is Markdown already."""

from __future__ import annotations

from collections.abc import Iterable

from screening.render.markdown import escaped

Cells = tuple[str, ...]


def titled(words: str, level: int = 2, anchor: str = "") -> str:
    """Return a heading, with a fixed anchor where links lead to it."""
    head = f"{'#' * level} {escaped(words)}"
    return f"{anchored(anchor)}\n\n{head}" if anchor else head


def anchored(anchor: str) -> str:
    """Return the place a link leads to."""
    return f'<a id="{anchor}"></a>'


def bullets(items: Iterable[str]) -> str:
    """Return a list; nothing when it is empty."""
    return "\n".join(f"- {item}" for item in items)


def labelled(rows: Iterable[tuple[str, str]]) -> str:
    """Return labels, each with its text; those without text are left out."""
    return bullets(f"**{escaped(label)}:** {words}" for label, words in rows if words)


def table(headers: Cells, rows: Iterable[Cells]) -> str:
    """Return a table without padding, so that one long cell does not widen every row."""
    lines = [headers, tuple("---" for _ in headers), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def sheet(parts: Iterable[str]) -> str:
    """Return a page of its parts; empty parts are left out."""
    return "\n\n".join(part for part in parts if part) + "\n"
