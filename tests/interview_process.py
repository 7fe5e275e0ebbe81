"""A real interview in a process of its own: piped, or on a pseudo-terminal."""

from __future__ import annotations

import os
import pty
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

from kept_cases import make_store
from simulated_clients import interviewed

from screening.interview.planner import Ask, AskList, Planner
from screening.interview.reply import keys
from screening.interview.session import Order
from screening.interview.ticks import typed_ticks
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.vocabularies import Kind, Unknown

ROOT = Path(__file__).parents[1]
PATIENCE = 60  # seconds until a prompt must have come, on a busy machine


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return surroundings with their own home, and no keyring of the machine's."""
    more.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("SCREENING", "COLUMNS", "LINES"))
    }
    return {**kept, "SCREENING_HOME": str(home), "PYTHONPATH": str(ROOT), **more}


def command(*words: str) -> list[str]:
    return [sys.executable, "-W", "error", str(ROOT / "cli.py"), *words]


def piped(
    home: Path, lines: list[str], *options: str, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run an interview on piped lines, recorded in the store of the home."""
    make_store(home)
    return ran(home, lines, "interview", *options, **more)


def ran(
    home: Path, lines: list[str], *words: str, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a command on piped lines, in a home as it is."""
    return subprocess.run(
        command(*words),
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
        env=environment(home, **more),
        timeout=60,
    )


def typed(question: Question, value: Value) -> str:
    """What a trainer types for an answer."""
    if isinstance(value, Unknown):
        return {"dont_know": "dk", "declined": "pns"}[value.value]
    if question.kind is Kind.NUMBER:
        return str(value)
    return next(key for key, answer in keys(question).items() if answer == value)


def listed(knowledge: KnowledgeBase, step: AskList, sheet: Mapping[str, Value]) -> str:
    """What a trainer types at a tick list."""
    return typed_ticks(tuple(knowledge.questions[name] for name in step.questions), sheet)


def script(
    planner: Planner, sheet: Mapping[str, Value], order: Order = Order.ADAPTIVE
) -> list[str]:
    """What a trainer types for a client with this answer sheet and no programme."""
    lines = []
    for plan in interviewed(planner, sheet, order)[1]:
        if isinstance(plan.step, Ask):
            name = plan.step.question
            lines.append(typed(planner.knowledge.questions[name], sheet[name]))
        elif isinstance(plan.step, AskList):
            lines.append(listed(planner.knowledge, plan.step, sheet))
        else:
            lines.append("")
    return lines[:-1]


class Sitting:
    """An interview on a pseudo-terminal; what it shows is kept in `shown`.

    The home gets a store, unless it is to be the first interview there.
    """

    def __init__(
        self,
        home: Path,
        *options: str,
        verb: str = "interview",
        columns: int = 80,
        rows: int = 50,
        first: bool = False,
        **more: str,
    ) -> None:
        words = tuple(filter(None, (verb, *options)))
        if not first:
            make_store(home)
        self.pid, self.terminal = pty.fork()
        if not self.pid:
            signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may ignore it
            ioctl(0, TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execve(sys.executable, command(*words), environment(home, **more))  # noqa: S606
        self.shown = ""
        self.seen = 0

    def until(self, text: str) -> str:
        """Wait for a text that has not been waited for; return what came before it."""
        deadline = time.monotonic() + PATIENCE
        while (place := self.shown.find(text, self.seen)) < 0:
            assert self._more(deadline), f"no {text!r} in:\n{self.shown[self.seen :]}"
        before, self.seen = self.shown[self.seen : place], place + len(text)
        return before

    def _more(self, deadline: float) -> bool:
        ready, _, _ = select.select([self.terminal], [], [], max(0, deadline - time.monotonic()))
        try:
            chunk = os.read(self.terminal, 65536) if ready else b""
        except OSError:
            chunk = b""
        self.shown += chunk.decode(errors="replace")
        return bool(chunk)

    def press(self, keys: str) -> None:
        """Press keys at the next prompt."""
        self.until("> ")
        self.press_now(keys)

    def press_now(self, keys: str) -> None:
        """Press keys without waiting for a prompt."""
        time.sleep(0.02)  # the mode of the terminal changes just after the prompt
        os.write(self.terminal, keys.encode())

    def enter_now(self, line: str) -> None:
        """Type a line without waiting for a prompt."""
        self.press_now(line + "\r")

    def enter(self, line: str) -> None:
        """Type a line at the next prompt."""
        self.press(line + "\r")

    def end(self) -> int:
        """Return the exit code, once it has ended."""
        deadline = time.monotonic() + PATIENCE
        while self._more(deadline):
            pass
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def kill(self) -> None:
        """End it, unless it has ended."""
        with suppress(ProcessLookupError, ChildProcessError):
            self.signal(signal.SIGKILL)
            os.waitpid(self.pid, 0)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to it."""
        os.kill(self.pid, number)
