"""Which knowledge has passed its check on this machine: an empty file for each, never its content.

A name says the digest of the files and the state of this program. A file that is missing, or
cannot be written, only means that the check runs again.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import screening
from screening.commands.cases import home

LOOKED_AT = ("check", "load", "model")  # the packages whose change makes a check run again


@dataclass(frozen=True)
class Passed:
    """The knowledge that passed, by digest."""

    folder: Path

    def __contains__(self, digest: object) -> bool:
        """Tell whether knowledge with this digest has passed."""
        return (self.folder / f"{digest}").is_file()

    def add(self, digest: str) -> None:
        """Note that knowledge with this digest has passed."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.folder / digest).touch(mode=0o600)
        except OSError:
            return  # a full or read-only disk: it is checked again next time


def passed() -> Passed:
    """Return what has passed with this program as it is."""
    return Passed(home() / "checked" / _program())


def _program() -> str:
    """Return what tells this state of the program from others, in hex."""
    root = Path(screening.__file__).parent
    sha = hashlib.sha256()
    for package in LOOKED_AT:
        with os.scandir(root / package) as files:
            for file in sorted(files, key=lambda entry: entry.name):
                if file.name.endswith(".py"):
                    state = file.stat()
                    sha.update(
                        f"{package}/{file.name} {state.st_size} {state.st_mtime_ns}".encode()
                    )
    return sha.hexdigest()[:16]
