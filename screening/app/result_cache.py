"""What was found out about rules and cases on this machine, kept for the next run of the tests.

Texts are kept under the digest of all they depend on and of this program, with a code
(HMAC-SHA-256) made with a key only its owner can read. What is missing, damaged or made by
somebody else only means that the work is done again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import screening
from screening.app.home import home
from screening.app.knowledge_cache import private_bytes, write_whole

KEY, KEY_BYTES = "key", 32
BOOK = "results.json"
LARGEST = 20_000  # entries: some thirty times the rules; beyond, begin afresh


@dataclass
class Remembered:
    """One file of results in a folder; `save` writes what was added."""

    folder: Path
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
        with suppress(OSError, ValueError):
            raw = private_bytes(self.folder / BOOK)
            code, _, body = raw.partition(b"\n")
            if self._key() and hmac.compare_digest(code, self._code(body)):
                kept = json.loads(body)
                pairs = kept.items() if isinstance(kept, dict) else ()
                self.entries = {str(name): str(text) for name, text in pairs}

    def save(self) -> None:
        """Write what is kept; a disk that cannot be written to is no trouble."""
        if not self.changed:
            return
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self._key():
                write_whole(self.folder / KEY, secrets.token_bytes(KEY_BYTES))
            newest = dict(list(self.entries.items())[-LARGEST:])
            body = json.dumps(newest).encode()
            write_whole(self.folder / BOOK, self._code(body) + b"\n" + body)

    def _place(self, name: str) -> str:
        return f"{self.program}-{name}"

    def _code(self, body: bytes) -> bytes:
        return hmac.new(self._key(), body, "sha256").hexdigest().encode()

    def _key(self) -> bytes:
        """Return the owner's key; empty while there is none."""
        with suppress(OSError):
            key = private_bytes(self.folder / KEY)
            if len(key) == KEY_BYTES:
                return key
        return b""


def remembered() -> Remembered:
    """Return what this user's tests found out, with this program as it is."""
    memory = Remembered(home() / "tested", _program())
    memory.load()
    return memory


def _program() -> str:
    """Return what tells this state of the program from others, in hex."""
    root = Path(screening.__file__).parent
    sha = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        state = path.stat()
        sha.update(f"{path.relative_to(root)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return sha.hexdigest()[:16]
