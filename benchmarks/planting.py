"""How long `knowledge test --mutants` takes: at first, and after one rule was edited."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import Row, Section, environment

from screening.load import shipped_knowledge

RULE = "rules/clearance/parq-too-old.yaml"
FINDS = "rules/patterns/flexion-sensitive-supported.yaml"
EDITS = (
    ("nothing", RULE, "", ""),
    ("a rule's words", RULE, "title: ", "title: Really a "),
    ("an example", RULE, "name: 13 months old", "name: Thirteen months old"),
    ("a rule's condition", RULE, "parq_months > 12", "parq_months >= 13"),
    (
        "the condition of a rule that finds something",
        FINDS,
        "- not: any flexion movement relieves",
        "- not: {any: [any flexion movement relieves]}",
    ),
)


def sections() -> list[Section]:
    """Return the times of a first run, and of one after each edit, all undone again."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "knowledge")
        shutil.copytree(shipped_knowledge(), root)
        seconds, found = run(root, folder)
        rows = [Row("at first", f"{seconds:.1f} s", budget="≤ 10 min")]
        for what, file, old, new in EDITS:
            path = root / file
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
            again, _ = run(root, folder)
            path.write_text(text, encoding="utf-8")
            rows.append(Row(f"after a change of {what}", f"{again:.1f} s", budget="≤ 10 s"))
    note = (
        f"`screening knowledge test --mutants`: {found}. Processor time of the one core it uses: "
        "what there is to wait for while the machine does nothing else."
    )
    return [Section("Testing with mutants", rows, note)]


def run(root: Path, home: str) -> tuple[float, str]:
    """Return the processor time it takes, and what becomes of the mutants."""
    words = ["-m", "screening", "knowledge", "test", "--mutants", "--format", "json"]
    begun = busy()
    done = subprocess.run(
        [sys.executable, *words, "--knowledge", str(root)],
        env=environment(home),
        stdout=subprocess.PIPE,
        check=True,
    )
    seconds = busy() - begun
    fates = [mutant["fate"] for mutant in json.loads(done.stdout)["mutants"]]
    counts = ", ".join(f"{fates.count(fate):,} {fate}" for fate in sorted(set(fates)))
    return seconds, f"{len(fates):,} mutants, {counts}"


def busy() -> float:
    """Return how long the processes that have ended kept a core busy, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
