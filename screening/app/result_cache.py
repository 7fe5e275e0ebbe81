"""What was found out about rules and cases on this machine, kept for the next run of the tests.

Texts are kept, signed, under the digest of all they depend on and of this program. What is
missing, damaged or made by somebody else only means that the work is done again.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field

from screening.app.home import home
from screening.storage.program import program_digest
from screening.storage.signed import SignedFolder

BOOK = "results.json"
LARGEST = 20_000  # entries: some thirty times the rules; beyond, begin afresh


@dataclass
class Remembered:
    """One file of results in a folder; `save` writes what was added."""

    files: SignedFolder
    program: str
    entries: dict[str, str] = field(default_factory=dict)
    changed: bool = False

    def take(self, name: str) -> str:
        """Return the text under a name, or nothing."""
        return self.entries.get(self._place(name), "")

    def put(self, name: str, text: str) -> None:
        """Keep a text under a name."""
        place = self._place(name)
        if self.entries.get(place) != text:
            self.entries[place] = text
            self.changed = True

    def load(self) -> None:
        """Read what was kept; nothing where it is not there to be trusted."""
        with suppress(ValueError):
            kept = json.loads(self.files.read(BOOK) or b"null")
            pairs = kept.items() if isinstance(kept, dict) else ()
            self.entries = {str(name): str(text) for name, text in pairs}

    def save(self) -> None:
        """Write what is kept; a disk that cannot be written to is no trouble."""
        if self.changed:
            newest = dict(list(self.entries.items())[-LARGEST:])
            self.files.write(BOOK, json.dumps(newest).encode())

    def _place(self, name: str) -> str:
        return f"{self.program[:16]}-{name}"


def remembered() -> Remembered:
    """Return what this user's tests found out, with this program as it is."""
    memory = Remembered(SignedFolder(home() / "tested"), program_digest())
    memory.load()
    return memory
