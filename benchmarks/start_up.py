"""Whole processes up to their first word, against importing click."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from measure import (
    PASSPHRASE,
    ROOT,
    Peer,
    Row,
    Section,
    Work,
    against,
    environment,
    folder,
    median_of,
    process,
)

from screening.records.aead import DERIVATION

GARDENER = str(ROOT / "tests" / "intakes" / "gardener.yaml")
COMMANDS = (
    (("--version",), "≤ 2×"),
    (("--help",), "≤ 2×"),
    (("run", "--help"), "≤ 2×"),
    (("run", GARDENER), "≤ 8×"),
    (("explain", GARDENER, "--why", "hinge_squat"), "≤ 10×"),
    (("session", GARDENER), "≤ 10×"),
    (("sheet", GARDENER, "-o", "sheet.html"), "≤ 12×"),
    (("knowledge", "check"), "≤ 1 s"),
)
"""What is typed, and the budget of the design for it; files go into the folder it runs in."""
KEYRING = {"PYTHON_KEYRING_BACKEND": "keyring_file.FileKeyring"}
KEYRING_FILE = "TEST_KEYRING"


def sections() -> list[Section]:
    """Return what starting costs, once the knowledge was checked on this machine."""
    with folder() as home:
        rows = [*_commands(str(home)), *_with_records(home)]
    note = (
        "Whole processes, wall-clock. With records: in an encrypted store that exists. Turning a "
        f"passphrase into a key is slow on purpose ({DERIVATION}), so that guessing is; the "
        "keyring here is a file, a system's own keyring has its own cost."
    )
    return [Section("Starting", rows, note)]


def _click(home: str) -> Peer:
    return Peer('`python -c "import click"`', process(home, "-c", "import click"))


def _commands(home: str) -> list[Row]:
    floor = f"`python -c pass` {median_of(process(home, '-c', 'pass')):.0f} ms"
    works = (
        ("first question on screen", until_first_question(home), "≤ 6×"),
        *(
            (f"`{' '.join(words).replace(GARDENER, 'INTAKE')}`", _command(home, words), budget)
            for words, budget in COMMANDS
        ),
    )
    return [
        against(what, run, _click(home), floor=floor, budget=budget) for what, run, budget in works
    ]


def _command(home: str, words: tuple[str, ...]) -> Work:
    """Return a run of a command, which writes its files into the home of the program."""
    there = tuple(str(Path(home, w)) if w.endswith(".html") else w for w in words)
    return process(home, "-m", "screening", *there)


def _with_records(home: Path) -> list[Row]:
    """Return the first question of a recorded interview, by what opens the records."""
    file = home / "passphrase"
    file.write_text(PASSPHRASE, encoding="utf-8")
    file.chmod(0o600)
    path = os.pathsep.join((str(ROOT), str(ROOT / "tests" / "records")))
    keyring = {**KEYRING, KEYRING_FILE: str(home / "keyring.json"), "PYTHONPATH": path}
    passphrase = {"SCREENING_PASSPHRASE_FILE": str(file)}
    stretched = f"stretching the passphrase {median_of(_stretch):.0f} ms"
    return [
        _first(home / "keyring", "--keyring", keyring, "", "≤ 6×"),
        _first(home / "passphrase-store", "--passphrase", passphrase, stretched, "≤ 6× beyond it"),
    ]


def _first(home: Path, protection: str, more: Mapping[str, str], floor: str, budget: str) -> Row:
    """Return a line for one kind of store, which is made first."""
    words = [sys.executable, "-m", "screening", "store", "create", protection]
    around = environment(str(home)) | dict(more)
    subprocess.run(words, env=around, check=True, capture_output=True)
    run = until_first_question(str(home), more, "--client", "blue-bike")
    what = f"first question, records: `{protection}`"
    return against(what, run, _click(str(home)), floor=floor, budget=budget)


def _stretch() -> object:
    _, cost, size, lanes = DERIVATION.split(":")
    n, r, p = 1 << int(cost), int(size), int(lanes)
    return hashlib.scrypt(b"x" * 20, salt=b"s" * 16, n=n, r=r, p=p, maxmem=1 << 30, dklen=32)


def until_first_question(home: str, more: Mapping[str, str] | None = None, *words: str) -> Work:
    """Return a run of an interview up to its first question; nothing is answered."""
    command = [sys.executable, "-m", "screening", "interview", *words]
    around = environment(home) | dict(more or {})

    def run() -> object:
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=around) as child:
            seen = b""
            while not seen.endswith(b"> ") and (byte := _byte(child.stderr)):
                seen += byte
            child.kill()
        if not seen.endswith(b"> "):
            raise RuntimeError(seen.decode())
        return seen

    return run


def _byte(stream: IO[bytes] | None) -> bytes:
    return stream.read(1) if stream else b""
