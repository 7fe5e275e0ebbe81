"""From a git revision to the knowledge files it holds."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from screening.diagnostics import Code, Diagnostic, Span, quoted
from screening.errors import BadInputError
from screening.load.files import Snapshot

FOLDER = "knowledge"  # where a revision without a path has its knowledge
SUFFIX = ".yaml"


def load_revision(name: str, folder: Path) -> Snapshot:
    """Return the knowledge files of `REVISION` or `REVISION:PATH` in the repository of a folder.

    Raises:
        BadInputError: when git is not there, or knows no such revision or path.

    """
    revision, _, path = name.partition(":")
    wanted = f"{revision}:{path or FOLDER}"
    tree = _git(folder, "rev-parse", "--verify", "--end-of-options", wanted)
    if tree is None:
        message = f"{quoted(name)} is no directory, and no revision git knows with knowledge in it"
        help_ = "name a directory, or a revision such as `HEAD~1` or `HEAD~1:my-knowledge`"
        raise BadInputError((Diagnostic(Code.missing_file, message, Span(name), help_),))
    blobs = _blobs(
        _git(folder, "ls-tree", "-r", "-z", "--full-tree", tree.decode().strip()) or b""
    )
    names = "".join(f"{blob}\n" for blob in blobs.values()).encode()
    printed = _git(folder, "cat-file", "--batch", given=names) or b""
    return Snapshot(dict(zip(blobs, _contents(printed), strict=True)), name)


def _blobs(listed: bytes) -> dict[str, str]:
    """Return the names of the contents of the knowledge files in a listing, by path."""
    found = {}
    for entry in filter(None, listed.split(b"\0")):
        head, _, place = entry.partition(b"\t")
        _, kind, blob = head.split()
        file = os.fsdecode(place)
        hidden = any(part.startswith(".") for part in PurePosixPath(file).parts)
        if kind == b"blob" and file.endswith(SUFFIX) and not hidden:
            found[file] = blob.decode()
    return found


def _contents(printed: bytes) -> Iterator[bytes]:
    """Yield each content of a batch that git printed: a line that ends in the size, then it."""
    place = 0
    while place < len(printed):
        start = printed.index(b"\n", place) + 1
        end = start + int(printed[place:start].split()[-1])
        yield printed[start:end]
        place = end + 1


def _git(folder: Path, *words: str, given: bytes = b"") -> bytes | None:
    """Return what git prints; None when it is not there or says no."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell; what the user wrote stands after `--end-of-options`
            ["git", "-C", str(folder), *words],  # noqa: S607 - the user's own git
            input=given,
            capture_output=True,
            check=False,
        )
    except (OSError, ValueError):
        return None
    return done.stdout if done.returncode == 0 else None
