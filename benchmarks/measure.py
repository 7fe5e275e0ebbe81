"""Timing in turn with a named peer, and the tables the figures go into."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
RUNS = 15
PASSPHRASE = "four words that differ"  # noqa: S105 - it opens nothing else
HEADER = ("what", "median", "spread", "ratio", "peer (its median)", "floor", "budget", "memory")

Work = Callable[[], object]


class Row(NamedTuple):
    """One line of a table.

    `floor` is the least the machine needs for the same work, `memory` the most held at once.
    """

    what: str
    median: str
    spread: str = ""
    ratio: str = ""
    peer: str = ""
    floor: str = ""
    budget: str = ""
    memory: str = ""


class Section(NamedTuple):
    """One table, with what must be known to read it."""

    title: str
    rows: Sequence[Row]
    note: str = ""


class Peer(NamedTuple):
    """What something is compared with, and its name."""

    name: str
    work: Work


@contextmanager
def folder() -> Iterator[Path]:
    """Yield an empty folder on a real disk."""
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as name:
        yield Path(name)


def timed(work: Work) -> float:
    """Return how long one call takes, in milliseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def in_turn(work: Work, peer: Peer, runs: int = RUNS) -> list[tuple[float, float]]:
    """Return the times of both taken in turn (A B A B …), after one warm-up of each."""
    work()
    peer.work()
    return [(timed(work), timed(peer.work)) for _ in range(runs)]


def ratio(pairs: list[tuple[float, float]]) -> float:
    """Return the median of the ratios pair by pair: it holds when the machine's speed drifts."""
    return statistics.median(a / b for a, b in pairs)


def against(  # noqa: PLR0913 - one line of a table has so many columns
    what: str, work: Work, peer: Peer, *, floor: str = "", budget: str = "", runs: int = RUNS
) -> Row:
    """Return a line from work and peer taken in turn."""
    pairs = in_turn(work, peer, runs)
    mine, theirs = zip(*pairs, strict=True)
    peer_ms = statistics.median(theirs)
    return Row(
        what,
        f"{statistics.median(mine):.1f} ms",
        f"{min(mine):.1f} to {max(mine):.1f}",
        f"{ratio(pairs):.2f}",
        f"{peer.name} ({peer_ms:.1f} ms)",
        floor,
        budget,
    )


def median_of(work: Work, runs: int = RUNS) -> float:
    """Return the median time of some calls after a warm-up, in milliseconds."""
    work()
    return statistics.median(timed(work) for _ in range(runs))


def process(home: str, *arguments: str) -> Work:
    """Return a run of a whole Python process without input."""

    def run() -> object:
        return subprocess.run(
            [sys.executable, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(home),
            check=False,
        )

    return run


def environment(home: str) -> dict[str, str]:
    """Return surroundings in which the program keeps everything in `home`.

    Modules are compiled once, as they are where it was installed.
    """
    here = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    compiled = {"PYTHONPYCACHEPREFIX": str(Path(home, "compiled"))}
    return here | compiled | {"SCREENING_HOME": home, "PYTHONPATH": str(ROOT)}


def peak_mib() -> float:
    """Return the most memory this process has held so far, in MiB."""
    return mebibytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def mebibytes(most: int) -> float:
    """Return what the system calls `ru_maxrss` in MiB."""
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)
