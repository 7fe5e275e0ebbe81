"""Whole processes up to their first word, against importing click."""

from __future__ import annotations

import subprocess
import sys
import tempfile

from measure import Peer, Section, Work, against, environment, median_of, process


def sections() -> list[Section]:
    """Return what starting costs, once the knowledge was checked on this machine."""
    rows = []
    with tempfile.TemporaryDirectory() as home:
        floor = f"`python -c pass` {median_of(process(home, '-c', 'pass')):.0f} ms"
        click = Peer('`python -c "import click"`', process(home, "-c", "import click"))
        for what, run, budget in (
            ("`screening --version`", process(home, "-m", "screening", "--version"), "≤ 3×"),
            ("first question on screen", until_first_question(home), "≤ 8×"),
            ("`knowledge check`", process(home, "-m", "screening", "knowledge", "check"), "≤ 1 s"),
        ):
            rows.append(against(what, run, click, floor=floor, budget=budget))
    return [Section("Starting", rows, "Whole processes, wall-clock.")]


def until_first_question(home: str) -> Work:
    """Return a run of an interview up to its first question; nothing is answered."""

    def run() -> object:
        pipe = subprocess.PIPE
        words = [sys.executable, "-m", "screening", "interview"]
        with subprocess.Popen(
            words, stdin=pipe, stdout=pipe, stderr=pipe, env=environment(home)
        ) as child:
            seen = b""
            while not seen.endswith(b"> ") and (byte := child.stderr.read(1)):
                seen += byte
            child.kill()
        return seen

    return run
