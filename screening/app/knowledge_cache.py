"""Knowledge that passed its check on this machine, kept compiled for later starts.

A file is named after the digests of the knowledge files and of this program, and signed. What is
missing, stale, damaged or made by somebody else only means that the files are read and checked
again.
"""

from __future__ import annotations

from dataclasses import dataclass

from screening.app.home import home
from screening.load.compiled import UnreadableError, compiled, from_compiled
from screening.model.knowledge import KnowledgeBase
from screening.storage.program import program_digest
from screening.storage.signed import SignedFolder

KEPT = 8  # files of half a megabyte; an author changes knowledge many times a day


@dataclass(frozen=True)
class Shelf:
    """The compiled knowledge of one user and one state of the program."""

    files: SignedFolder
    program: str

    def take(self, digest: str) -> KnowledgeBase | None:
        """Return the knowledge with this digest, or None when it is not there to be trusted."""
        body = self.files.read(self.name(digest))
        try:
            knowledge = None if body is None else from_compiled(body)
        except UnreadableError:
            return None
        return knowledge if knowledge is not None and knowledge.digest == digest else None

    def put(self, knowledge: KnowledgeBase) -> None:
        """Keep knowledge that passed its check; a disk that cannot be written to is no trouble."""
        if self.files.write(self.name(knowledge.digest), compiled(knowledge)):
            self.files.keep_newest(KEPT)

    def name(self, digest: str) -> str:
        """Return the name of the file that keeps the knowledge with this digest."""
        return f"{digest[:32]}-{self.program[:16]}"


def shelf() -> Shelf:
    """Return the shelf of this user and this program."""
    return Shelf(SignedFolder(home() / "compiled"), program_digest())
