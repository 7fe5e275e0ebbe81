"""Files of lines: a client's current programme, and what stands for what is typed."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from screening.diagnostics import Problems
from screening.errors import BadInputError
from screening.load.mapping_reader import Fields
from screening.load.source import decode, read_bytes
from screening.load.tree import parse


def read_programme(path: Path) -> tuple[str, ...]:
    """Return the names in a programme file, in order.

    A text file has one name a line; bullets are left off and `#` starts a comment line. A
    `.yaml` or `.json` file has the list under `programme`.

    Raises:
        BadInputError: when it cannot be read.

    """
    problems = Problems()
    raw = read_bytes(path, str(path), problems)
    text = None if raw is None else decode(raw, str(path), problems)
    names: tuple[str, ...] = ()
    if text is not None and path.suffix in {".yaml", ".yml", ".json"}:
        names = _listed(text, str(path), problems)
    elif text is not None:
        names = tuple(_lines(text.splitlines()))
    if problems.errors:
        raise BadInputError(problems.sorted())
    return names


def typed_lines(path: Path) -> StringIO:
    """Return the lines of a file that stand for what is typed.

    Raises:
        BadInputError: when it cannot be read.

    """
    problems = Problems()
    raw = read_bytes(path, str(path), problems)
    text = None if raw is None else decode(raw, str(path), problems)
    if text is None:
        raise BadInputError(problems.sorted())
    return StringIO(text)


def _lines(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        name = line.strip().lstrip("-*\N{BULLET}").strip()
        if name and not name.startswith("#"):
            yield name


def _listed(text: str, shown: str, problems: Problems) -> tuple[str, ...]:
    tree = parse(text, shown, problems)
    fields = None if tree is None else Fields.of(tree, problems, "a programme")
    if fields is None:
        return ()
    names = fields.words("programme") + fields.words("other_exercises")
    fields.get("programme", required=True)
    fields.done()
    return names
