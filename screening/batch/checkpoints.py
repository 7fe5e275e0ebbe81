"""The folder of finished parts beside OUT: what it was begun with, and what is done.

A part is finished when its record is there; everything is written aside and then renamed.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from screening.batch.table_source import refuse
from screening.diagnostics import Code, quoted
from screening.errors import UnwritableError
from screening.storage.codec import Tree, from_tree, object_of
from screening.storage.whole import aside

MANIFEST = "manifest.json"
PARTS = ".parts"


@dataclass(frozen=True, slots=True)
class Begun:
    """What finished parts rest on: a table, knowledge, a program, and what was asked."""

    table: str
    knowledge: str
    options: str
    program: str


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a chunk, or of many.

    `numbers` says of each column of numbers how many cells hold one and how many are out of
    range; `counts` says how often each thing was concluded. `referred` counts rejected rows that
    refer all the same, by level; `spread` how often each number was given, by question.
    """

    rows: int = 0
    written: int = 0
    rejected: int = 0
    numbers: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    referred: Mapping[str, int] = field(default_factory=dict)
    spread: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def __add__(self, other: Done) -> Done:
        numbers = {name: tuple(pair) for name, pair in self.numbers.items()}
        for name, (held, out) in other.numbers.items():
            before = numbers.get(name, (0, 0))
            numbers[name] = (before[0] + held, before[1] + out)
        spread = {
            name: _summed(self.spread.get(name, {}), other.spread.get(name, {}))
            for name in dict.fromkeys((*self.spread, *other.spread))
        }
        return Done(
            self.rows + other.rows,
            self.written + other.written,
            self.rejected + other.rejected,
            {name: (held, out) for name, (held, out) in numbers.items()},
            _summed(self.counts, other.counts),
            _summed(self.referred, other.referred),
            spread,
        )


def _summed(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in dict.fromkeys((*one, *other))}


@dataclass(frozen=True, slots=True)
class Parts:
    """The folder of parts of one result."""

    folder: Path

    @staticmethod
    def beside(out: Path) -> Parts:
        """Return the folder of parts of a result."""
        return Parts(out.with_name(f"{out.name}{PARTS}"))

    def begin(self, begun: Begun) -> None:
        """Make the folder, or take up what was begun with the very same.

        Raises:
            BadInputError: when the parts there were begun with something else.
            UnwritableError: when the folder cannot be made.

        """
        manifest = self.folder / MANIFEST
        with writing(self.folder):
            if not manifest.exists():
                self._make()
                _put(manifest, json.dumps(object_of(begun), indent=2) + "\n")
                return
            before = _read(manifest)
        for name, now in object_of(begun).items():
            if before.get(name) != now:
                message = f"the parts there were begun with another {name}"
                help_ = f"remove {self.folder} to begin anew"
                refuse(Code.changed_batch, str(self.folder), message, help_)

    def _make(self) -> None:
        """Make the folder; one that is there must be empty but for what a kill left of this.

        Raises:
            BadInputError: when somebody keeps something else in it.

        """
        if self.folder.is_symlink():
            message = "this is a link, where a folder for the parts of the result is to be"
            refuse(Code.changed_batch, str(self.folder), message, "take the link away")
        self.folder.mkdir(mode=0o700, exist_ok=True)
        for one in sorted(self.folder.iterdir()):
            if not one.name.lstrip(".").startswith(MANIFEST):
                message = f"the folder holds {quoted(one.name)}, and no batch was begun in it"
                help_ = "move the folder away, or give the result another name"
                refuse(Code.changed_batch, str(self.folder), message, help_)

    def done(self, number: int) -> Done | None:
        """Return what became of a chunk; None while it is not finished."""
        record = _read(self.folder / f"{number:06}.json")
        sizes = [_size(path) for path in (self.rows(number), self.out(number))]
        return from_tree(Done, record) if record.get("sizes") == sizes else None

    def finish(self, number: int, rows: pl.DataFrame, rejected: pl.DataFrame, done: Done) -> None:
        """Keep a finished part."""
        sizes = []
        for frame, path in ((rows, self.rows(number)), (rejected, self.out(number))):
            with aside(path, private=True, lasting=True) as part:
                frame.write_parquet(part)
            sizes.append(_size(path))
        _put(self.folder / f"{number:06}.json", json.dumps({**object_of(done), "sizes": sizes}))

    def rows(self, number: int) -> Path:
        """Return the file of a part's results."""
        return self.folder / f"{number:06}.rows.parquet"

    def out(self, number: int) -> Path:
        """Return the file of a part's rejections."""
        return self.folder / f"{number:06}.rejected.parquet"

    def remove(self) -> None:
        """Remove the folder, what tells that it is one of parts last of all."""
        for one in self.folder.iterdir():
            if one.name != MANIFEST and one.is_file():
                one.unlink()
        shutil.rmtree(self.folder)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what a disk says no to into a message that names the path.

    Raises:
        UnwritableError: when the system, or Polars, cannot write.

    """
    try:
        yield
    except (OSError, pl.exceptions.ComputeError) as error:
        said = str(error).splitlines()[0].rpartition(": ")[2]  # Polars puts its own view before it
        reason = getattr(error, "strerror", None) or said
        out = path.with_name(path.name.removesuffix(PARTS))
        if out.is_file() and isinstance(error, FileNotFoundError):
            path, reason = out, "another run of the same batch finished it meanwhile"
        raise UnwritableError(f"{path}: {reason.lower()}") from error


def _read(path: Path) -> dict[str, Tree]:
    """Return what a record holds; nothing when it is not there or not whole."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -1


def _put(path: Path, text: str) -> None:
    with aside(path, private=True, lasting=True) as part:
        part.write_text(text, encoding="utf-8")
