"""Knowledge that passed its check on this machine, kept compiled for later starts.

A file is named after the digest of the knowledge files and the state of this program, and carries
a code (HMAC-SHA-256) made with a key only its owner can read. What is missing, stale, damaged or
made by somebody else only means that the files are read and checked again.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import screening
from screening.app.home import home
from screening.load.compiled import UnreadableError, compiled, from_compiled
from screening.model.knowledge import KnowledgeBase

LOOKED_AT = ("check", "load", "model")  # the packages whose change makes a check run again
KEY, KEY_BYTES = "key", 32
CODE_BYTES = hashlib.sha256().digest_size
KEPT = 8  # files of half a megabyte; an author changes knowledge many times a day


@dataclass(frozen=True)
class Shelf:
    """The compiled knowledge of one user and one state of the program."""

    folder: Path
    program: str

    def take(self, digest: str) -> KnowledgeBase | None:
        """Return the knowledge with this digest, or None when it is not there to be trusted."""
        try:
            key = private_bytes(self.folder / KEY)
            raw = private_bytes(self._path(digest))
        except OSError:
            return None
        code, body = raw[:CODE_BYTES], raw[CODE_BYTES:]
        if len(key) != KEY_BYTES or not hmac.compare_digest(code, self._code(key, digest, body)):
            return None
        try:
            knowledge = from_compiled(body)
        except UnreadableError:
            return None
        return knowledge if knowledge.digest == digest else None

    def put(self, knowledge: KnowledgeBase) -> None:
        """Keep knowledge that passed its check; a disk that cannot be written to is no trouble."""
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            key, body = self._key(), compiled(knowledge)
            path = self._path(knowledge.digest)
            write_whole(path, self._code(key, knowledge.digest, body) + body)
            self._tidy()

    def _path(self, digest: str) -> Path:
        return self.folder / f"{digest[:32]}-{self.program}"

    def _code(self, key: bytes, digest: str, body: bytes) -> bytes:
        """Return what proves that the owner of the key compiled this body from these files."""
        return hmac.digest(key, f"{self.program} {digest}\n".encode() + body, "sha256")

    def _key(self) -> bytes:
        """Return the owner's key, made on first use."""
        path = self.folder / KEY
        with suppress(OSError):
            key = private_bytes(path)
            if len(key) == KEY_BYTES:
                return key
        key = secrets.token_bytes(KEY_BYTES)
        write_whole(path, key)
        return key

    def _tidy(self) -> None:
        """Remove all but the newest files."""
        kept = [path for path in self.folder.iterdir() if path.name != KEY]
        kept.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for path in kept[KEPT:]:
            path.unlink()


def shelf() -> Shelf:
    """Return the shelf of this user and this program."""
    return Shelf(home() / "compiled", _program())


def private_bytes(path: Path) -> bytes:
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


def write_whole(path: Path, raw: bytes) -> None:
    """Write a file whole, for its owner alone."""
    handle, temporary = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


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
