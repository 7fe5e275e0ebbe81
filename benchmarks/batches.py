"""Many clients at once: a row of results against one intake on the other engines, and on disk."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import polars as pl
from answering import gardener
from clips_engine import ClipsEngine
from cohort import write
from measure import ROOT, Row, Section, environment, folder, mebibytes, median_of, timed

from screening.batch.cells import Typist
from screening.batch.layout import lay_out
from screening.batch.results import Screener
from screening.batch.rows import NUMBERED, Raw
from screening.batch.table_source import ROWS, open_table
from screening.compile import lower
from screening.engines.applicable import with_inapplicable
from screening.engines.experta import ExpertaEngine
from screening.load import load, shipped_knowledge
from screening.model.column_map import ColumnMap

MILLION = 1_000_000
SIZES = (1_000, 10_000, 100_000, MILLION, 10 * MILLION)
TURNS = 3
WATCHED = """\
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def sections() -> list[Section]:
    """Return what a client costs in memory, and what a table costs on disk."""
    return [in_memory(), on_disk()]


def in_memory() -> Section:
    """Return the cost of one client among many, beside one intake on the other engines."""
    knowledge = load(shipped_knowledge())
    screener = Screener.of(knowledge)
    with folder() as home:
        path = home / "in.parquet"
        write(path, ROWS)
        sheet = open_table(path, ColumnMap())
        layout = lay_out(sheet, knowledge, ColumnMap())
        table = pl.read_parquet(path)
    numbers = pl.int_range(1, ROWS + 1, dtype=pl.UInt64, eager=True).alias(NUMBERED)
    raw, typist = Raw(table.insert_column(0, numbers)), Typist(knowledge, layout)
    answers = typist.typed(raw).answers
    wires = screener._wires(())  # noqa: SLF001 - the gates alone, without their texts
    program, one = lower(knowledge), with_inapplicable(knowledge, gardener(knowledge))
    clips, stock = ClipsEngine(program), ExpertaEngine(program, rete=True)
    peers = {
        "CLIPS": median_of(lambda: clips.conclude(one)),
        "plain Experta": median_of(lambda: stock.conclude(one), TURNS),
    }
    works = {
        "every gate that OUT needs": lambda: screener.engine.gates(
            answers.lazy(), wires
        ).collect(),
        "rows of OUT, with the rules behind each": lambda: screener.results(answers),
        "text typed and checked": lambda: typist.typed(raw),
    }
    rows = []
    for what, work in works.items():
        each = median_of(work, 5) / ROWS
        beside = [f"{name} {1 / (each / ms):,.0f}× ({ms:.1f} ms)" for name, ms in peers.items()]
        peer = ", ".join(beside) if "text" not in what else ""
        rows.append(Row(what, f"{1000 * each:.2f} µs ({1000 / each:,.0f} a second)", peer=peer))
    note = f"Per client, {ROWS:,} clients of {len(table.columns)} columns in memory."
    return Section("Many clients in memory", rows, note)


def on_disk() -> Section:
    """Return `screening batch` from Parquet to Parquet, beside a copy by the same library."""
    with folder() as home:
        rows = [_on_disk(home, size) for size in SIZES]
    note = (
        "The whole command, in turn with the copy, three runs, ten millions once; few rows cost "
        "what starting costs. Memory: the most any of its processes held."
    )
    return Section("Parquet to Parquet", rows, note)


def _on_disk(home: Path, size: int) -> Row:
    """Return a line for a table of so many rows."""
    path, copied, out = home / "in.parquet", home / "copy.parquet", home / "out.parquet"
    write(path, size)
    turns = TURNS if size <= MILLION else 1
    taken = [(screened(path, out, str(home)), copy(path, copied)) for _ in range(turns)]
    mine = statistics.median(ms for (ms, _), _ in taken)
    theirs = statistics.median(ms for _, ms in taken)
    return Row(
        f"{size:,} rows",
        f"{mine / 1000:.2f} s ({1000 * size / mine:,.0f} rows a second)",
        ratio=f"{statistics.median(ms / other for (ms, _), other in taken):.2f}",
        peer=f"copy ({theirs / 1000:.2f} s)",
        floor=f"file copied by the system {timed(lambda: shutil.copy(path, copied)) / 1000:.2f} s",
        budget="≤ 3×" if size == MILLION else "",
        memory=f"{max(held for (_, held), _ in taken):,.0f} MiB",
    )


def screened(path: Path, out: Path, home: str) -> tuple[float, float]:
    """Return how long `screening batch` takes in milliseconds, and how many MiB it holds.

    A small process starts it: what this one holds would be counted as its own.
    """
    command = [sys.executable, "-m", "screening", "batch", str(path), str(out)]
    started = [sys.executable, "-c", WATCHED, *command]
    done = subprocess.run(
        started, cwd=ROOT, env=environment(home), check=True, capture_output=True, text=True
    )
    seconds, held = done.stdout.split()
    return 1000 * float(seconds), mebibytes(int(held))


def copy(path: Path, out: Path) -> float:
    """Return how long Polars takes to read a file and write it again, in milliseconds."""
    return timed(lambda: pl.scan_parquet(path).sink_parquet(out))
