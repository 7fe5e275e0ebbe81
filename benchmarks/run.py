"""Measure the budgets of the design: `python benchmarks/run.py [NAME…] [--write]`.

Each figure is a ratio to a named peer, measured in the same run and in turn (A B A B …), because
the machine's own speed drifts. NAME is a part, such as `start_up`; `--write` puts the tables of
the parts that ran into docs/performance.md, and leaves those of the others.
"""

from __future__ import annotations

import os
import platform
import re
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]

from measure import HEADER, RUNS, Section  # noqa: E402
from tabulate import tabulate  # noqa: E402

PAGE = ROOT / "docs" / "performance.md"
PARTS = ("start_up", "answering", "one_client", "knowing", "planting", "in_memory", "batches")
"""Modules with `sections() -> list[Section]`; what a trainer feels comes first."""


def main() -> None:
    """Print the tables, and write them when asked."""
    words = sys.argv[1:]
    wanted = [word for word in words if word != "--write"] or list(PARTS)
    unknown = set(wanted) - set(PARTS)
    if unknown:
        sys.exit(f"no part `{min(unknown)}`; parts: {', '.join(PARTS)}")
    for part in wanted:
        text = "\n\n".join(shown(section) for section in import_module(part).sections())
        print(f"{text}\n")
        if "--write" in words:
            write(part, f"{text}\n\n{machine()}")


def shown(section: Section) -> str:
    """Return a table as Markdown, without the columns that are empty in it."""
    used = [n for n in range(len(HEADER)) if any(row[n] for row in section.rows)]
    rows = [[row[n] for n in used] for row in section.rows]
    header = [HEADER[n] for n in used]
    table = tabulate(rows, header, tablefmt="github", disable_numparse=True)
    return "\n\n".join(part for part in (f"## {section.title}", section.note, table) if part)


def machine() -> str:
    """Return what it was measured on, and how busy that was in the quarter of an hour before."""
    load = f", load {os.getloadavg()[2]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"*Python {platform.python_version()}, {os.cpu_count()} processors{load}, "
        f"{platform.machine()}; {RUNS} runs each unless it says otherwise.*"
    )


def write(part: str, text: str, path: Path = PAGE) -> None:
    """Replace one part of a page."""
    page = path.read_text(encoding="utf-8")
    begin, end = f"<!-- {part} -->", f"<!-- /{part} -->"
    block = f"{begin}\n\n{text}\n\n{end}"
    if begin not in page:
        page = f"{page.rstrip()}\n\n{block}\n"
    pattern = f"{re.escape(begin)}.*?{re.escape(end)}"
    path.write_text(re.sub(pattern, lambda _: block, page, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    main()
