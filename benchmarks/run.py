"""Measure the budgets of the design: `python benchmarks/run.py [--write]`.

Every figure is a ratio to a named peer measured in the same run, in turn (A B A B …), because the
machine's own speed drifts. `--write` puts the table into docs/performance.md.
"""

from __future__ import annotations

import argparse
import datetime
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from screening.assess import Assessor  # noqa: E402
from screening.author.examples import with_harmless_rest  # noqa: E402
from screening.check import check  # noqa: E402
from screening.engines.applicable import with_inapplicable  # noqa: E402
from screening.engines.experta import ExpertaEngine  # noqa: E402
from screening.engines.reference import evaluate  # noqa: E402
from screening.interview.planner import next_question  # noqa: E402
from screening.load import load, shipped_knowledge  # noqa: E402
from screening.lower import lower  # noqa: E402
from screening.model.case import Case  # noqa: E402

PAGE = ROOT / "docs" / "performance.md"
GARDENER = {
    "gardening_floor_work": "provokes",
    "sitting_slouched": "provokes",
    "bend_forward": "provokes",
}


@dataclass(frozen=True)
class Row:
    """One line of the table; times in milliseconds."""

    what: str
    median: float
    spread: str
    ratio: str
    peer: str
    budget: str


def timed(work: Callable[[], object]) -> float:
    """Return how long one call takes, in milliseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def paired(work: Callable[[], object], peer: Callable[[], object], runs: int) -> list[tuple[float, float]]:
    """Return the times of both, taken in turn, after one warm-up of each."""
    work(), peer()
    return [(timed(work), timed(peer)) for _ in range(runs)]


def row(what: str, pairs: Iterable[tuple[float, float]], peer: str, budget: str) -> Row:
    """Return a line from paired times: medians, spread, and the median of the ratios."""
    pairs = list(pairs)
    mine = [a for a, _ in pairs]
    ratio = statistics.median(a / b for a, b in pairs)
    return Row(what, statistics.median(mine), spread(mine), f"{ratio:.2f}", peer, budget)


def spread(times: list[float]) -> str:
    """Return the smallest and the largest time."""
    return f"{min(times):.1f} to {max(times):.1f}"


def process(*arguments: str) -> Callable[[], object]:
    """Return a run of a whole Python process, without input."""
    with tempfile.TemporaryDirectory(delete=False) if sys.version_info >= (3, 12) else tempfile.TemporaryDirectory() as home:
        pass
    environment = {"PATH": "/usr/bin:/bin", "HOME": home, "SCREENING_HOME": home, "PYTHONPATH": str(ROOT)}

    def run() -> object:
        return subprocess.run(
            [sys.executable, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment,
            check=False,
        )

    return run
