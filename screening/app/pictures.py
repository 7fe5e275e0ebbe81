"""Pictures of the rules that lead to something, as files."""

from __future__ import annotations

from pathlib import Path

from screening.app.knowledge import open_knowledge
from screening.diagnostics import quoted
from screening.errors import UnwritableError
from screening.render.page import clean, counted
from screening.render.rule_picture import leading_to, picture_file


def picture_written(directory: Path | None, target: str, path: Path | None) -> str:
    """Write the picture of what leads to something; return what to say of it.

    Raises:
        UnknownTargetError: when no rule leads to anything of that name.
        UnwritableError: when the file cannot be written.

    """
    knowledge = open_knowledge(directory)
    graph = leading_to(knowledge, target)
    place = path or Path(f"{target}.svg")
    try:
        place.write_text(picture_file(knowledge, graph), "utf-8")
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", "") or "this is not a file name").lower()
        message = f"{quoted(str(place))} cannot be written: {reason}"
        raise UnwritableError(message) from error
    return f"{clean(str(place))}: {clean(graph.title)}, {counted(len(graph.rules), 'rule')}"
