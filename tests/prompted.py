"""A command in a process of its own on a pseudo-terminal, answered prompt by prompt."""

from __future__ import annotations

import os
import pty
import select
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PATIENCE = 30  # seconds until a prompt must have come, on a busy machine


def prompted(
    words: list[str], answers: list[tuple[str, str]], env: dict[str, str]
) -> tuple[int, str]:
    """Run a command, type each answer when its prompt has come; return exit code and screen."""
    command = [sys.executable, str(ROOT / "cli.py"), *words]
    pid, terminal = pty.fork()
    if not pid:
        os.execve(sys.executable, command, {**os.environ, **env})  # noqa: S606
    shown, seen = "", 0
    for prompt, answer in answers:
        while (place := shown.find(prompt, seen)) < 0:
            more = _more(terminal)
            assert more, f"no {prompt!r} in {shown!r}"
            shown += more
        seen = place + len(prompt)
        time.sleep(0.1)  # what is typed before the echo is off is thrown away
        os.write(terminal, f"{answer}\n".encode())
    while more := _more(terminal):
        shown += more
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown


def _more(terminal: int) -> str:
    ready, _, _ = select.select([terminal], [], [], PATIENCE)
    try:
        return os.read(terminal, 65536).decode(errors="replace") if ready else ""
    except OSError:
        return ""
