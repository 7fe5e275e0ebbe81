"""The files of a knowledge base that conclude, and the digest of their content."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

COVERAGE = "coverage.yaml"
CASES = "cases"  # neither these nor what rules cover conclude anything: no part of the digest


def concludes(name: str) -> bool:
    """Tell whether a file of a knowledge base, by its path inside it, can change a conclusion."""
    return name != COVERAGE and not name.startswith(f"{CASES}/")


def yaml_files(root: Path) -> list[str]:
    """Return the YAML files below a directory in order of their path, hidden ones left out."""
    found: list[str] = []
    for folder, folders, files in os.walk(root):
        folders[:] = (name for name in folders if not name.startswith("."))
        below = Path(folder).relative_to(root).as_posix()
        start = "" if below == "." else f"{below}/"
        found += [start + f for f in files if f.endswith(".yaml") and f[0] != "."]
    return sorted(found)


def concluding_files(root: Path) -> dict[str, bytes]:
    """Return the files that conclude, by their path inside the knowledge base, in its order."""
    return {name: (root / name).read_bytes() for name in yaml_files(root) if concludes(name)}


def content_digest(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of files and their paths, in hex: the digest of a knowledge base.

    >>> content_digest({"a.yaml": b"x"}) == content_digest({"b.yaml": b"x"})
    False
    """
    sha = hashlib.sha256()
    for name, raw in sorted(files.items()):
        sha.update(os.fsencode(name) + f"\0{len(raw)}\0".encode() + raw)
    return sha.hexdigest()
