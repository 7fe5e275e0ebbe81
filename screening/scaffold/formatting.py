"""From knowledge files to those whose text is not canonical, with the text they should have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from screening.diagnostics import Problems
from screening.errors import BadInputError
from screening.write import canonical, form_of
from screening.write.disk import files_of, home_of, nowhere, placed, read_text


class Unformatted(NamedTuple):
    """A file that is not canonical, and its canonical text."""

    path: Path
    text: str


class Formatting(NamedTuple):
    """How many files were read, and those that are not canonical."""

    read: int
    unformatted: tuple[Unformatted, ...]


def format_files(paths: Iterable[Path]) -> Formatting:
    """Return what formatting files, and the knowledge files in folders, would change.

    Raises:
        BadInputError: with every file that cannot be read, or is in no knowledge directory.

    """
    problems = Problems()
    read, unformatted = 0, []
    for path, home in dict.fromkeys(_in_homes(paths)):
        try:
            text = read_text(path)
        except BadInputError as error:
            problems.found.extend(error.diagnostics)
            continue
        form = form_of(placed(path).relative_to(home))
        laid = canonical(text, str(path), form, problems)
        read += 1
        if laid is not None and laid != text:
            unformatted.append(Unformatted(path, laid))
    if problems.errors:
        raise BadInputError(problems.sorted())
    return Formatting(read, tuple(unformatted))


def _in_homes(paths: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """Yield each file with the knowledge directory it is in."""
    for path in paths:
        home = home_of(path)
        if home is None:
            raise nowhere(path)
        for file in files_of(path) if path.is_dir() else [path]:
            yield file, home
