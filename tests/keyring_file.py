"""A keyring in a file, through keyring's own way of choosing a backend; it can be locked."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

FILE = "TEST_KEYRING"  # the variable that names the file


class FileKeyring(KeyringBackend):
    """Keeps passwords in the file `TEST_KEYRING` names; a file `locked` beside it locks it."""

    priority = 9

    def get_password(self, service: str, username: str) -> str | None:
        found = self._read().get(f"{service} {username}")
        return None if found is None else str(found)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write(self._read() | {f"{service} {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        kept = self._read()
        if kept.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError
        self._write(kept)

    def _read(self) -> dict[str, str]:
        path = Path(os.environ[FILE])
        if path.with_name("locked").exists():
            raise KeyringLocked("the collection is locked")
        return dict(json.loads(path.read_text("utf-8"))) if path.exists() else {}

    def _write(self, kept: dict[str, str]) -> None:
        Path(os.environ[FILE]).write_text(json.dumps(kept), "utf-8")
