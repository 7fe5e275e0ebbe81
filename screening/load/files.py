"""From a directory, or a snapshot of one, to the trees of its knowledge files and their digest."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Protocol

from screening.diagnostics import Code, Problems, Span
from screening.load.source import decode, read_bytes, within_limit
from screening.load.strange_files import note_strange
from screening.load.tree import Node, parse

COVERAGE = "coverage.yaml"
SAFETY = "safety.yaml"
WAIVERS = "waivers.yaml"
ACCEPTED = "accepted.yaml"
RENAMED = "renamed.yaml"
RULES = "rules"
CASES = "cases"
REVIEWS = "reviews"
FIGURES = "figures"
CONCLUDES_NOTHING = frozenset((COVERAGE, SAFETY, WAIVERS, ACCEPTED))
LIBRARY = (f"{CASES}/", f"{REVIEWS}/")
"""Files and folders that have no part in the digest."""


class Source(Protocol):
    """Where knowledge files are read from, each by its path below the top."""

    @property
    def names(self) -> list[str]:
        """The YAML files in order of path, hidden ones left out."""

    def read(self, name: str, problems: Problems) -> bytes | None:
        """Return a file's bytes, or None with the reason noted."""

    def shown(self, name: str) -> str:
        """Return a file's path as it stands in diagnostics."""

    def holds(self, name: str) -> bool:
        """Tell whether anything is there, readable or not."""

    def holds_folder(self, name: str) -> bool:
        """Tell whether a folder is there."""


@dataclass(frozen=True)
class Directory:
    """A directory on disk."""

    root: Path

    @cached_property
    def names(self) -> list[str]:
        """The YAML files below the root in order of path, hidden ones left out."""
        found: list[str] = []
        for folder, folders, files in os.walk(self.root):
            folders[:] = (name for name in folders if not name.startswith("."))
            below = Path(folder).relative_to(self.root).as_posix()
            start = "" if below == "." else f"{below}/"
            found += [start + f for f in files if f.endswith(".yaml") and f[0] != "."]
        return sorted(found)

    def read(self, name: str, problems: Problems) -> bytes | None:
        """Return a file's bytes, or None with the reason noted."""
        return read_bytes(self.root / name, self.shown(name), problems, regular=True)

    def shown(self, name: str) -> str:
        """Return a file's path as a person would write it from here."""
        return f"{self.here}/{name}" if self.here else name

    @cached_property
    def here(self) -> str:
        """The directory as a person would write it from here; nothing when it is this one."""
        try:
            return self.root.resolve().relative_to(Path.cwd()).as_posix().removeprefix(".")
        except (ValueError, OSError, RuntimeError):  # RuntimeError: a link to itself, until 3.12
            return self.root.as_posix()

    def holds(self, name: str) -> bool:
        """Tell whether anything is there, readable or not."""
        return os.path.lexists(self.root / name)

    def holds_folder(self, name: str) -> bool:
        """Tell whether a folder is there."""
        return (self.root / name).is_dir()


@dataclass(frozen=True)
class Snapshot:
    """The files of a directory as they were, by path below it; `title` stands for the directory.

    Nothing is on disk: knowledge kept with a record is read without the directory it came from.
    """

    files: Mapping[str, bytes]
    title: str = "snapshot"

    @property
    def names(self) -> list[str]:
        """The files in order of path."""
        return sorted(self.files)

    @property
    def digest(self) -> str:
        """The digest of the files, which is that of the knowledge they make."""
        return digest_of(self.files)

    def read(self, name: str, problems: Problems) -> bytes | None:
        """Return a file's bytes, or None when they are too many."""
        return within_limit(self.files[name], self.shown(name), problems)

    def shown(self, name: str) -> str:
        """Return a file's path below the title."""
        return f"{self.title}/{name}"

    def holds(self, name: str) -> bool:
        """Tell whether a file or a folder is there."""
        return name in self.files or self.holds_folder(name)

    def holds_folder(self, name: str) -> bool:
        """Tell whether files are below a folder of this name."""
        return any(file.startswith(f"{name}/") for file in self.files)


def concludes(name: str) -> bool:
    """Tell whether a file has a part in what is concluded, and so in the digest.

    >>> concludes("rules/safety/fever.yaml"), concludes("cases/p01.yaml")
    (True, False)
    """
    return name not in CONCLUDES_NOTHING and not name.startswith(LIBRARY)


def digest_of(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of files by path, in hex.

    >>> digest_of({"a": b"1", "b": b"2"}) == digest_of({"b": b"2", "a": b"1"})
    True
    """
    sha = hashlib.sha256()
    for name in sorted(files):
        sha.update(os.fsencode(name) + f"\0{len(files[name])}\0".encode() + files[name])
    return sha.hexdigest()


def concluding(source: Source, problems: Problems) -> dict[str, bytes]:
    """Return the bytes of every file that concludes, by path, in order; what fails is noted.

    So is what a directory holds beside them that is not read.
    """
    if isinstance(source, Directory):
        note_strange(source.root, source.here, problems)
    read = ((name, source.read(name, problems)) for name in source.names if concludes(name))
    return {name: raw for name, raw in read if raw is not None}


@dataclass
class Files:
    """The files of a source, read and parsed once, and the digest of those that conclude."""

    source: Source
    problems: Problems
    digest: str = ""
    trees: dict[str, Node] = field(default_factory=dict)
    drawings: dict[str, str] = field(default_factory=dict)
    """The files of figures as text: nothing but a drawing needs them."""

    def take(self, *, library: bool, promises: bool = False) -> Mapping[str, bytes]:
        """Return the bytes of the YAML files; if asked, the library's or what is proved."""
        files = concluding(self.source, self.problems)
        self.digest = digest_of(files)
        if library:
            files.update(self._library())
        elif promises:
            files.update(file for file in self._library() if file[0] == SAFETY)
        return files

    def parse(self, files: Mapping[str, bytes]) -> None:
        """Read the YAML in these files, in order of path."""
        for name in sorted(files):
            text = decode(files[name], self.shown(name), self.problems)
            if text is not None and name.startswith(f"{FIGURES}/"):
                self.drawings[name] = text
            elif text is not None:
                tree = parse(text, self.shown(name), self.problems)
                if tree is not None:
                    self.trees[name] = tree

    def _library(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files that conclude nothing: the cases, what rules cover, what was signed."""
        for name in self.source.names:
            if not concludes(name):
                raw = self.source.read(name, self.problems)
                if raw is not None:
                    yield name, raw

    def shown(self, name: str) -> str:
        """Return a file's path as it stands in diagnostics."""
        return self.source.shown(name)

    def one(self, name: str) -> Node | None:
        """Return the tree of one file, noting when it is missing."""
        file = f"{name}.yaml"
        at = Span(self.shown(file))
        if self.source.holds_folder(file):
            message = "a file is expected, this is a directory"
            self.problems.add(Code.not_a_file, at, message)
        elif not self.source.holds(file):
            self.problems.add(Code.missing_file, at, "this file is missing")
        return self.trees.get(file)

    def below(self, folder: str) -> list[tuple[PurePosixPath, Node]]:
        """Return the files below a folder, in order of path."""
        return [
            (PurePosixPath(name), tree)
            for name, tree in self.trees.items()
            if name.startswith(f"{folder}/")
        ]
