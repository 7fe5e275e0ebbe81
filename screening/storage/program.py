"""What tells one state of this program from another, for all that is kept of its work."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAME = "screening"
REQUIRED = re.compile(r"^Requires-Dist: *([\w.-]+)(.*)", re.MULTILINE)


def program_digest(root: Path = ROOT, places: Sequence[str] | None = None) -> str:
    """Return the digest of the program, in hex: the same state has the same, wherever it lies.

    It covers the bytes of every Python file of the package, at any depth; the version of every
    installed distribution that the package requires, with its extras, and what those require in
    turn; and Python. It does not cover the knowledge, which has a digest of its own, nor what
    somebody edits by hand in an installed distribution without giving it another version.

    Everything is read each time (some 8 ms): sizes and times of files would be twice as fast, and
    a file put back by a tool that also puts back its times would be missed. Versions are in the
    names of the folders beside the distributions; `importlib.metadata` reads the same, in 25 ms.
    """
    versions = sorted(_versions(sys.path if places is None else places))
    sha = hashlib.sha256("\n".join((sys.version, *versions, "")).encode())
    for name, file in _files(root):
        raw = Path(file).read_bytes()
        sha.update(f"{name} {len(raw)}\n".encode() + raw)
    return sha.hexdigest()


def _files(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the name below the root and the path of every Python file, folder by folder."""
    folders = [("", str(root))]
    for above, folder in folders:
        with os.scandir(folder) as found:
            for one in sorted(found, key=lambda entry: entry.name):
                if one.name.endswith(".py"):
                    yield f"{above}{one.name}", one.path
                elif one.is_dir():
                    folders.append((f"{above}{one.name}/", one.path))


def _versions(places: Iterable[str]) -> Iterator[str]:
    """Yield the names and versions of what is required; of all there is where nothing says it."""
    installed = _installed(places)
    needed = [NAME] if NAME in installed else list(installed)
    for name in needed:
        where = installed.get(name)
        if where is not None:
            yield where.name
            needed += sorted(_required(where).difference(needed))


def _installed(places: Iterable[str]) -> dict[str, Path]:
    """Return the folder of each installed distribution by its name; the first found counts."""
    found: dict[str, Path] = {}
    for place in map(Path, places):
        names = os.listdir(place) if place.is_dir() else ()  # noqa: PTH208 - ten times as fast
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                found.setdefault(_normal(name.split("-")[0]), place / name)
    return found


def _required(where: Path) -> set[str]:
    """Return the names a distribution requires; the package's own extras count, others' do not."""
    try:
        head = (where / "METADATA").read_text("utf-8", "replace").partition("\n\n")[0]
    except OSError:
        return set()
    extras = _normal(where.name.split("-")[0]) == NAME
    found = REQUIRED.findall(head)
    return {_normal(name) for name, when in found if extras or "extra ==" not in when}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
