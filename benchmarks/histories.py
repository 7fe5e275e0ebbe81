"""Live a practice at random: `python benchmarks/histories.py [--histories N] [--write]`.

As many histories, and 10,000 steps at least, of the state machine in tests/app/test_histories.py,
25 of a seed (`--seed`); then faults are planted in a copy, one at a time, and must be found. It
takes some 15 minutes. It exits with 1 when something that must hold did not, or a
fault was not found. `--write` puts the figures into docs/reliability.md.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks"), str(ROOT / "tests")]

import stores  # noqa: E402
from app import test_histories  # noqa: E402
from mutant_list import Mutant  # noqa: E402
from mutants import failure  # noqa: E402
from run import machine, write  # noqa: E402
from tabulate import tabulate  # noqa: E402

from screening.records import key_hierarchy  # noqa: E402

PAGE = ROOT / "docs" / "reliability.md"
EACH = 25  # histories of one seed
STEPS = 10_000
TESTS = ("tests/app/test_histories.py",)
FAULTS = (
    Mutant(
        "records",
        "whoever was erased comes back with a copy",
        "    for client in still:\n        erase_unheld",
        "    for client in still[:0]:\n        erase_unheld",
        *TESTS,
    ),
    Mutant(
        "follow",
        "an open referral lapses with the next full screening",
        "still = left.level >= Level.WITHIN_DAYS and left.looked is not Looked.YES",
        "still = False",
        *TESTS,
    ),
    Mutant(
        "follow",
        "an override closes a referral",
        "found = replace(found, overrides=(*found.overrides, override))",
        "found = replace(found, overrides=(*found.overrides, override), looked=Looked.YES)",
        *TESTS,
    ),
    Mutant(
        "records",
        "records stay in plain sight when they are encrypted later",
        "    for place, number in [*store.rows(query, ledger.id)]:",
        "    for place, number in [*store.rows(query, ledger.id)][1:]:",
        *TESTS,
    ),
)


def lived(least: int, first: int) -> tuple[int, int, int]:
    """Return how many histories and steps there were, and the last seed."""
    vars(key_hierarchy)["DERIVATION"] = stores.FAST
    histories = steps = 0
    seed = first
    while histories < least or steps < STEPS:
        steps += test_histories.live(EACH, seed, shrink=False)
        histories, seed = histories + EACH, seed + 1
        sys.stderr.write(f"{histories} histories, {steps:,} steps\n")
    return histories, steps, seed - 1


def found() -> list[str]:
    """Return what became of each planted fault."""
    os.environ.update(SCREENING_HISTORIES="60", SCREENING_SEED="5", SCREENING_SHRINK="0")
    return ["found" if failure(one, one.tests) else "NOT FOUND" for one in FAULTS]


def main() -> int:
    """Print what held, and write it when asked; return the exit code."""
    parser = argparse.ArgumentParser(description="Live a practice at random.")
    parser.add_argument("--histories", type=int, default=500)
    parser.add_argument("--seed", type=int, default=31)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    histories, steps, last = lived(options.histories, options.seed)
    became = found()
    rows = [(f"{histories}", f"{steps:,}", f"{options.seed} to {last}", "0")]
    lines = [f"- {one.wrong}: {said}" for one, said in zip(FAULTS, became, strict=True)]
    table = tabulate(
        rows, ("histories", "steps", "seeds", "violations"), tablefmt="github",
        disable_numparse=True,
    )  # fmt: skip
    text = "\n\n".join((table, "Planted faults:\n\n" + "\n".join(lines)))
    print(text)
    if options.write:
        write("histories", f"{text}\n\n{machine().split(';')[0]}.*", PAGE)
    return int("NOT FOUND" in became)


if __name__ == "__main__":
    sys.exit(main())
