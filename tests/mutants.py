"""Plant one-line mutants in the core and see the suite fail on each.

Run it by hand after changing a pass or a test of one; it takes some minutes:

    python tests/mutants.py            # all
    python tests/mutants.py kleene     # those in files with `kleene` in the name

Each mutant is planted in a copy of the tree, and the tests of the core are run on the copy until
the first failure. Prints which test caught it; exits with 1 if any mutant survives.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
COPIED = ("screening", "knowledge", "tests", "docs", "pyproject.toml")
CORE = ("tests/engines", "tests/compile", "tests/test_gardener.py")


@dataclass(frozen=True)
class Mutant:
    """A change that makes the program wrong, in words and as a patch of one file."""

    wrong: str
    file: str
    old: str
    new: str


M = Mutant
MUTANTS = (
    # lowering
    M(
        "too few of n are counted as n - k",
        "screening/compile/lower.py",
        "else len(parts) - count + 1",
        "else len(parts) - count",
    ),
    M(
        "`all` and `any` change places on the false side",
        "screening/compile/lower.py",
        "needed = count if positive is self.truth else len(parts) - count + 1",
        "needed = count",
    ),
    M(
        "a question that does not apply is not read as false",
        "screening/compile/literals.py",
        "- words | INAPPLICABLE",
        "- words",
    ),
    M(
        "unknown answers settle the wrong side",
        "screening/compile/literals.py",
        "settles = Unsure.MET if truth else Unsure.NOT_MET",
        "settles = Unsure.NOT_MET if truth else Unsure.MET",
    ),
    # the meaning
    M(
        "an undecided part makes `all` false",
        "screening/engines/kleene.py",
        "return F if F in seen else U if U in seen else T",
        "return F if F in seen or U in seen else T",
    ),
    M(
        "`met` and `not_met` change places",
        "screening/engines/kleene.py",
        "{Unsure.MET: T, Unsure.NOT_MET: F,",
        "{Unsure.MET: F, Unsure.NOT_MET: T,",
    ),
    M(
        "an unknown movement is read as not moving",
        "screening/engines/kleene.py",
        "        if value is None or value in ASKED_UNKNOWN:\n            return U\n"
        "        return T if value in effect.answers else F",
        "        if value is None:\n            return U\n"
        "        return T if value in effect.answers else F",
    ),
    M(
        "the opposite of a count needs one too many",
        "screening/engines/kleene.py",
        "count if positive else len(parts) - count + 1",
        "count if positive else len(parts) - count + 2",
    ),
    # Experta and its matcher
    M(
        "a rule is ready one pattern early",
        "screening/engines/matcher.py",
        "return self.unmet[slot.rule] == 0",
        "return self.unmet[slot.rule] == min(1, len(matched) - 1)",
    ),
    M(
        "predicates are not asked",
        "screening/engines/matcher.py",
        "return all(test(fact[key]) for key, test in self.predicates)",
        "return True",
    ),
    M(
        "what one client said is kept for the next",
        "screening/engines/experta.py",
        "        engine.record = _Record()\n",
        '        engine.record = getattr(engine, "record", _Record())\n',
    ),
    M(
        "the matcher does not forget",
        "screening/engines/matcher.py",
        '        """Forget every fact."""\n',
        '        """Forget every fact."""\n        if hasattr(self, "unmet"): return\n',
    ),
    M(
        "k of n concludes at the first",
        "screening/engines/experta.py",
        "if len(counted) == clause.count:",
        "if len(counted) == 1:",
    ),
    # what an outcome adds up to
    M(
        "an open alarm does not withhold exercise",
        "screening/assess/conflict_resolution.py",
        "if self.effects.open_alarms or self.unasked_emergencies:",
        "if self.unasked_emergencies:",
    ),
)


def caught(mutant: Mutant) -> str:
    """Return the first test that fails with a mutant planted, or nothing if it survives."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for part in COPIED:
            source = ROOT / part
            if source.is_dir():
                shutil.copytree(source, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, copy / part)
        path = copy / mutant.file
        text = path.read_text("utf-8")
        if text.count(mutant.old) != 1:
            sys.exit(
                f"{mutant.file} no longer holds `{mutant.old}` once: bring the mutant up to date"
            )
        path.write_text(text.replace(mutant.old, mutant.new), "utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *CORE],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy)},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode == 0:
        return ""
    failed = re.search(r"^(?:FAILED|ERROR) (.+?)(?: - |$)", done.stdout, re.MULTILINE)
    return failed[1] if failed else f"pytest exited with {done.returncode}"


def main(only: str) -> int:
    """Plant every mutant in a file with `only` in its name; return how many survived."""
    failing = caught(Mutant("nothing", "pyproject.toml", "[project]", "[project]"))
    if failing:
        sys.exit(f"the suite fails without a mutant: {failing}")
    mutants = [mutant for mutant in MUTANTS if only in mutant.file]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(caught, mutants))
    for mutant, test in zip(mutants, results, strict=True):
        sys.stdout.write(f"{mutant.file}: {mutant.wrong}: {test or 'SURVIVED'}\n")
    return results.count("")


if __name__ == "__main__":
    sys.exit(bool(main("".join(sys.argv[1:]))))
