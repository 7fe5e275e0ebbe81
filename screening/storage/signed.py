"""Files that only their owner can have written: a cache that cannot be poisoned by others.

Each carries a code (HMAC-SHA-256) over its name and its bytes, made with a key that lies beside it
and that only its owner can read. What is missing, damaged or made by somebody else is not there.
"""

from __future__ import annotations

import hmac
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from screening.storage.whole import aside

KEY, KEY_BYTES = "key", 32
CODE_BYTES = 64  # in hex


@dataclass(frozen=True)
class SignedFolder:
    """A folder of signed files of one user."""

    folder: Path

    def read(self, name: str) -> bytes | None:
        """Return the bytes kept under a name; None when they are not there to be trusted."""
        key = self._key()
        with suppress(OSError):
            code, _, body = _private_bytes(self.folder / name).partition(b"\n")
            if key is not None and hmac.compare_digest(code, _code(key, name, body)):
                return body
        return None

    def write(self, name: str, body: bytes) -> bool:
        """Keep bytes under a name; tell whether it was possible, which a full disk forbids."""
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            key = self._key()
            if key is None:
                key = os.urandom(KEY_BYTES)
                _put(self.folder / KEY, key)
            _put(self.folder / name, _code(key, name, body) + b"\n" + body)
            return True
        return False

    def keep_newest(self, most: int) -> None:
        """Remove all but so many files, the newest."""
        with suppress(OSError):
            found = [path for path in self.folder.iterdir() if path.name != KEY]
            found.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
            for path in found[most:]:
                path.unlink()

    def _key(self) -> bytes | None:
        """Return the owner's key; None while there is none."""
        with suppress(OSError):
            key = _private_bytes(self.folder / KEY)
            if len(key) == KEY_BYTES:
                return key
        return None


def _code(key: bytes, name: str, body: bytes) -> bytes:
    return hmac.new(key, f"{name}\n".encode() + body, "sha256").hexdigest().encode()


def _put(path: Path, raw: bytes) -> None:
    with aside(path, private=True) as part:
        part.write_bytes(raw)


def _private_bytes(path: Path) -> bytes:
    """Return the bytes of a file of the user's own that nobody else can write to.

    Raises:
        OSError: when it is not there, or not so.

    """
    with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:  # noqa: PTH123 - flags: a pipe must not hang
        state = os.fstat(file.fileno())
        mine = not hasattr(os, "getuid") or (
            state.st_uid == os.getuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        )
        if not mine or not stat.S_ISREG(state.st_mode):
            raise PermissionError(path)
        return file.read()
