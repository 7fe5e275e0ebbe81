"""Plant mistakes in the program, one at a time, and see the suite fail on each.

    python tests/mutants.py                 # all; some minutes
    python tests/mutants.py records follow  # those of these packages
    python tests/mutants.py --sample 8      # eight of them, other ones every day: what CI does
    python tests/mutants.py --sample 8 --day 739218   # the eight of another day again

Each mutant of `mutant_list.py` is planted in a copy of the tree, and the tests that should notice
run on the copy until the first failure. Prints which test caught it; exits with 1 if any mutant
survives. A mutant is a fragment of the source that occurs once in its package: it moves with the
code, and when it is no longer found, that is said and is a failure too.
"""

from __future__ import annotations

import argparse
import datetime
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from mutant_list import Mutant, mutants

ROOT = Path(__file__).parents[1]
NO_SUCH_TEST = {4, 5}  # what pytest exits with when a test is not there, or none is
COPIED = ("screening", "knowledge", "tests", "docs", "pyproject.toml", "README.md")


def places(mutant: Mutant, root: Path = ROOT) -> list[Path]:
    """Return the files of the package that hold a mutant's fragment, as often as they hold it."""
    files = sorted((root / "screening" / mutant.package).rglob("*.py"))
    return [path for path in files for _ in range(path.read_text("utf-8").count(mutant.old))]


def outdated(mutant: Mutant) -> str:
    """Return what is wrong with a mutant whose fragment is not in one place, or nothing."""
    found = len(places(mutant))
    if found == 1:
        return ""
    return f"{mutant.name}: OUTDATED: `{mutant.old}` is there {found} times, not once"


def failure(mutant: Mutant | None, tests: tuple[str, ...]) -> str:
    """Return the first test that fails with a mutant planted, or nothing when all pass."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for part in COPIED:
            source = ROOT / part
            if source.is_dir():
                shutil.copytree(source, copy / part)  # with what is compiled: it saves seconds
            else:
                shutil.copy(source, copy / part)
        if mutant is not None:
            (path,) = places(mutant, copy)
            path.write_text(path.read_text("utf-8").replace(mutant.old, mutant.new), "utf-8")
        options = ("-x", "-q", "-n", "0", "-p", "no:cacheprovider")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *tests],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode in NO_SUCH_TEST:
        sys.exit(f"there is no such test: {' '.join(tests)}\n{done.stdout[-500:]}")
    if done.returncode == 0:
        return ""
    failed = re.search(r"^(?:FAILED|ERROR) (.+?)(?: - |$)", done.stdout, re.MULTILINE)
    return failed[1] if failed else f"pytest exited with {done.returncode}: {done.stdout[-500:]}"


def chosen(packages: list[str], sample: int | None, day: int) -> list[Mutant]:
    """Return the mutants to plant: of some packages, or as many as a sample of a day holds."""
    found = [one for one in mutants() if not packages or one.package in packages]
    if sample is None or sample >= len(found):
        return found
    first = day * sample % len(found)
    return (found + found)[first : first + sample]


def main() -> int:
    """Plant the mutants asked for; return how many survived or are outdated."""
    parser = argparse.ArgumentParser(description="Plant mistakes and see the suite fail on each.")
    parser.add_argument("packages", nargs="*")
    parser.add_argument("--sample", type=int, metavar="N", help="only N, other ones every day")
    today = datetime.datetime.now(datetime.timezone.utc).date().toordinal()
    parser.add_argument("--day", type=int, default=today, help="the day of a sample, as a number")
    options = parser.parse_args()
    planted = chosen(options.packages, options.sample, options.day)
    if missing := [said for said in map(outdated, mutants()) if said]:
        sys.stdout.write("\n".join((*missing, "")))
        return len(missing)
    sys.stdout.write(f"{len(planted)} of {len(mutants())} mutants, day {options.day}\n")
    if failing := failure(None, tuple(dict.fromkeys(t for one in planted for t in one.tests))):
        sys.exit(f"the tests fail without a mutant: {failing}")
    survived = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for mutant, test in zip(planted, pool.map(_caught, planted), strict=True):
            survived += not test
            sys.stdout.write(f"{mutant.name}: {test or 'SURVIVED'}\n")
            sys.stdout.flush()
    return survived


def _caught(mutant: Mutant) -> str:
    return failure(mutant, mutant.tests)


if __name__ == "__main__":
    sys.exit(bool(main()))
