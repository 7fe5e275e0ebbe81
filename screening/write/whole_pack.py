"""The files of a knowledge directory as texts, and several of them written: all or none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from screening.errors import UnwritableError
from screening.load import Snapshot, load_whole
from screening.load.files import Directory
from screening.model.knowledge import KnowledgeBase
from screening.write.disk import put, read_text

KEPT = ".changing.json"  # hidden, so the loader passes it by: what was there before a change


@dataclass(frozen=True)
class PackTexts:
    """The texts of all files of a knowledge directory, by path below it."""

    root: Path
    texts: Mapping[str, str]

    @staticmethod
    def of(root: Path) -> PackTexts:
        """Return the texts of a directory; a change that was cut off there is put back first.

        Raises:
            BadInputError: when one of them cannot be read.

        """
        undone(root)
        return PackTexts(root, {name: read_text(root / name) for name in Directory(root).names})

    def with_texts(self, texts: Mapping[str, str | None]) -> PackTexts:
        """Return the files with other texts; one that is None is gone."""
        left = {name: text for name, text in {**self.texts, **texts}.items() if text is not None}
        return PackTexts(self.root, left)

    def loaded(self) -> KnowledgeBase:
        """Return the knowledge the files make, nothing of which need be on disk.

        Raises:
            BadInputError: when they make none.

        """
        files = {name: text.encode() for name, text in self.texts.items()}
        return load_whole(Snapshot(files, str(self.root)))

    def put(self, before: PackTexts) -> tuple[str, ...]:
        """Write what differs from the files before, all or nothing; return what was written.

        What was there is kept aside until all is written; what is left of a change that was cut
        off is put back by `undone`.

        Raises:
            UnwritableError: when a file cannot be written; all are then as before.

        """
        names = sorted({*self.texts, *before.texts})
        changed = [name for name in names if self.texts.get(name) != before.texts.get(name)]
        old = {name: before.texts.get(name) for name in changed}
        put(self.root / KEPT, json.dumps(old) + "\n")
        try:
            for name in changed:
                _set(self.root / name, self.texts.get(name))
        except BaseException:
            undone(self.root)
            raise
        (self.root / KEPT).unlink()
        return tuple(changed)


def undone(root: Path) -> bool:
    """Put back what a change that was cut off had begun to write; tell whether there was one.

    Raises:
        UnwritableError: when it cannot be put back.

    """
    kept = root / KEPT
    if not kept.is_file():
        return False
    try:
        old = json.loads(kept.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UnwritableError(f"{kept} cannot be read: a change was cut off here") from error
    for name, text in old.items():
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise UnwritableError(f"{kept} names a file that is not in this knowledge")
        _set(root / name, text)
    kept.unlink()
    return True


def _set(path: Path, text: str | None) -> None:
    """Write a file, or take it away where there is no text."""
    if text is not None:
        put(path, text)
        return
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        reason = (error.strerror or "it cannot be taken away").lower()
        raise UnwritableError(f"`{path}` cannot be taken away: {reason}") from error
