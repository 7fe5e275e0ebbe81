"""Knowledge files on disk: which may be written, and how without losing any."""

from __future__ import annotations

import os
from pathlib import Path

from screening.diagnostics import Code, Problems, Span, quoted
from screening.errors import BadInputError, UnwritableError
from screening.load.files import Directory
from screening.load.knowledge import PACKAGED
from screening.load.source import decode, read_bytes
from screening.storage.whole import aside

TOP = "pack.yaml"  # stands at the top of every knowledge directory


def writable(root: Path | None) -> Path:
    """Return a knowledge directory in which files may be written.

    Raises:
        UnwritableError: when none is named, or it is the one installed with the program.

    """
    if root is None or root.resolve() == PACKAGED.resolve():
        what = "no knowledge is named" if root is None else "this knowledge belongs to the program"
        raise UnwritableError(
            f"{what}, so nothing is written\n"
            "  help: `screening knowledge init my-knowledge` makes a copy; "
            "then add `--knowledge my-knowledge`"
        )
    return root


def home_of(path: Path) -> Path | None:
    """Return the knowledge directory a file or folder is in; None when it is in none."""
    here = placed(path)
    return next((top for top in (here, *here.parents) if (top / TOP).is_file()), None)


def placed(path: Path) -> Path:
    """Return where a file or folder stands; a file that is a link stands where the link is."""
    return path.resolve() if path.is_dir() else path.parent.resolve() / path.name


def files_of(root: Path) -> list[Path]:
    """Return the knowledge files of a directory in order of path."""
    return [root / name for name in Directory(root).names]


def read_text(path: Path) -> str:
    """Return a file's text.

    Raises:
        BadInputError: when it cannot be read as text.

    """
    problems = Problems()
    raw = read_bytes(path, str(path), problems, regular=True)
    text = None if raw is None else decode(raw, str(path), problems)
    if text is None:
        raise BadInputError(problems.sorted())
    return text


def put(path: Path, text: str) -> None:
    """Write a file whole: what was there stays until the new text is on disk, and a link stays.

    Raises:
        UnwritableError: when it cannot be written.

    """
    path = Path(os.path.realpath(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside(path, private=True) as part:
            part.write_text(text, encoding="utf-8", newline="\n")
            part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        raise UnwritableError(f"{quoted(str(path))} cannot be written: {reason}") from error


def nowhere(path: Path) -> BadInputError:
    """Return the trouble of a file that is in no knowledge directory."""
    problems = Problems()
    help_ = f"a directory of knowledge has a `{TOP}` at its top"
    problems.add(Code.missing_file, Span(str(path)), "this is in no directory of knowledge", help_)
    return BadInputError(problems.sorted())
