"""From a git revision to the knowledge files it holds."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from screening.diagnostics import Code, Diagnostic, Problems, Span, quoted
from screening.errors import BadInputError
from screening.load.files import Snapshot
from screening.load.strange_files import unread

FOLDER = "knowledge"  # where a revision without a path has its knowledge
SUFFIX = ".yaml"
LINK = b"120000"


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
    listed = _git(folder, "ls-tree", "-r", "-z", "--full-tree", tree.decode().strip())
    problems = Problems()
    blobs = _blobs(listed or b"", name, problems)
    names = "".join(f"{blob}\n" for blob in blobs.values()).encode()
    contents = [*_contents(_git(folder, "cat-file", "--batch", given=names) or b"")]
    if listed is None or None in contents or len(contents) != len(blobs):
        message = f"the repository does not hold all files of {quoted(name)}"
        help_ = "a partial copy was handed over: ask for a whole one; nothing is fetched from here"
        problems.add(Code.missing_file, Span(name), message, help_)
    if problems.errors:
        raise BadInputError(problems.sorted())
    return Snapshot({file: raw or b"" for file, raw in zip(blobs, contents, strict=True)}, name)


def _blobs(listed: bytes, title: str, problems: Problems) -> dict[str, str]:
    """Return the names of the contents of the knowledge files in a listing, by path.

    What is there and would not be read is noted, as in a folder.
    """
    found = {}
    for entry in filter(None, listed.split(b"\0")):
        head, _, place = entry.partition(b"\t")
        mode, kind, blob = head.split()
        file = os.fsdecode(place)
        if any(part.startswith(".") for part in PurePosixPath(file).parts):
            continue
        link = mode == LINK or kind != b"blob"
        why = ("this is a link, and is not read", "") if link else unread(file)
        if why is not None:
            problems.add(Code.unread_file, Span(f"{title}/{file}"), *why)
        elif file.endswith(SUFFIX):
            found[file] = blob.decode()
    return found


def _contents(printed: bytes) -> Iterator[bytes | None]:
    """Yield each content of a batch that git printed: a line that ends in the size, then it.

    None for one that is not there.
    """
    place = 0
    while place < len(printed):
        start = printed.index(b"\n", place) + 1
        size = printed[place:start].split()[-1]
        if size.isdigit():
            yield printed[start : start + int(size)]
            place = start + int(size) + 1
        else:
            yield None
            place = start


QUIET = {
    "protocol.allow": "never",
    "core.sshCommand": "false",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.alternateRefsCommand": "false",
    "credential.helper": "",
}
"""What a repository may set, and what it is then: whoever handed it over runs nothing here."""
KEPT = ("GIT_EXEC_PATH", "GIT_CEILING_DIRECTORIES", "GIT_CONFIG_NOSYSTEM")


def _environment() -> dict[str, str]:
    """Return the environment for git: nothing of another repository, and nothing fetched."""
    own = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k in KEPT}
    return own | {
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_SSH_COMMAND": "false",
        "GIT_ASKPASS": "false",
    }


def _git(folder: Path, *words: str, given: bytes = b"") -> bytes | None:
    """Return what git prints; None when it is not there or says no."""
    quiet = (part for name, value in QUIET.items() for part in ("-c", f"{name}={value}"))
    try:
        done = subprocess.run(  # noqa: S603 - no shell; what the user wrote stands after `--end-of-options`
            ["git", "-C", str(folder), "--no-pager", *quiet, *words],  # noqa: S607 - the user's own
            input=given,
            capture_output=True,
            check=False,
            env=_environment(),
        )
    except (OSError, ValueError):
        return None
    return done.stdout if done.returncode == 0 else None
