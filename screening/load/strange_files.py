"""What stands in a folder of knowledge and is not read, or leads out of it: each is named.

`README`, `LICENSE` and hidden files are for people and tools, and passed by.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from screening.diagnostics import Code, Problems, Span, quoted, suggestion
from screening.schema.files import FILES, FOLDERS

SUFFIX = ".yaml"
FOR_PEOPLE = ("readme", "license", "licence")


def note_strange(root: Path, shown: str, problems: Problems) -> None:
    """Note every file below a folder that is not read, and every link that leads out of it."""
    here = root.resolve()
    for name in _all_below(root):
        at = Span(f"{shown}/{name}" if shown else name)
        path = root / name
        if path.is_symlink() and (path.is_dir() or not _leads_to(path, here)):
            message = "this is a link, and what it leads to is not read"
            problems.add(Code.unread_file, at, message, "put the file itself here")
        elif why := unread(name):
            problems.add(Code.unread_file, at, *why)


def _leads_to(path: Path, here: Path) -> bool:
    """Tell whether a link leads into a folder; one that leads nowhere is noted when it is read."""
    try:
        return path.resolve().is_relative_to(here)
    except (OSError, RuntimeError):  # RuntimeError: a link to itself, until 3.12
        return True


def _all_below(root: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = Path(folder).relative_to(root)
        links = (name for name in folders if (Path(folder) / name).is_symlink())
        for name in sorted((*files, *links)):
            if not name.startswith("."):
                yield (below / name).as_posix()


def unread(name: str) -> tuple[str, str] | None:
    """Return why a file is not read, and what to do; None for one that is.

    >>> unread("rules/safety/fever.yaml"), unread("README.md"), unread("advice.yml")
    (None, None, ('this file is not read: knowledge ends in `.yaml`', 'call it `advice.yaml`'))
    """
    path = PurePosixPath(name)
    if path.name.lower().startswith(FOR_PEOPLE):
        return None
    if path.suffix != SUFFIX:
        like = path.stem if path.suffix.lower() in {".yml", SUFFIX, ".json"} else ""
        help_ = f"call it {quoted(like + SUFFIX)}" if like else "keep it outside of the knowledge"
        return "this file is not read: knowledge ends in `.yaml`", help_
    if len(path.parts) == 1:
        known, what = FILES, path.stem
    else:
        known, what = FOLDERS, path.parts[0]
    if what in known:
        return None
    kind = "folder" if known is FOLDERS else "file"
    return f"this file is not read: no {kind} of knowledge is called so", suggestion(what, known)
