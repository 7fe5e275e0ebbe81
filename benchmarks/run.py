"""Measure the budgets of the design: `python benchmarks/run.py [--write]`.

Each figure is a ratio to a named peer, measured in the same run and in turn (A B A B …), because
the machine's own speed drifts. `--write` puts the table into docs/performance.md.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import yaml  # noqa: E402
from clips_engine import ClipsEngine  # noqa: E402
from tabulate import tabulate  # noqa: E402

from screening.check import check  # noqa: E402
from screening.engines.applicable import with_harmless_rest, with_inapplicable  # noqa: E402
from screening.engines.experta import ExpertaEngine  # noqa: E402
from screening.engines.reference import evaluate  # noqa: E402
from screening.interview.planner import Ask, AskProgramme, Planner  # noqa: E402
from screening.interview.session import Session  # noqa: E402
from screening.load import load, shipped_knowledge  # noqa: E402
from screening.lower import lower  # noqa: E402
from screening.records.event import Kept, Listed  # noqa: E402

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

    from screening.model.knowledge import KnowledgeBase
    from screening.model.question import Value

PAGE = ROOT / "docs" / "performance.md"
RUNS = 15
HURTS = ("gardening_floor_work", "sitting_slouched", "bend_forward")
CLICK = ("-c", "import click")


class Row(NamedTuple):
    """One line of the table; times in milliseconds."""

    what: str
    median: str
    spread: str
    ratio: str
    peer: str
    budget: str


def timed(work: Callable[[], object]) -> float:
    """Return how long one call takes, in milliseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def against(
    what: str, work: Callable[[], object], peer: str, other: Callable[[], object], budget: str
) -> Row:
    """Return a line from both taken in turn, after one warm-up of each."""
    work()
    other()
    pairs = [(timed(work), timed(other)) for _ in range(RUNS)]
    mine = [a for a, _ in pairs]
    ratio = statistics.median(a / b for a, b in pairs)
    theirs = statistics.median(b for _, b in pairs)
    return Row(
        what,
        f"{statistics.median(mine):.1f}",
        f"{min(mine):.1f} to {max(mine):.1f}",
        f"{ratio:.2f}",
        f"{peer} ({theirs:.1f})",
        budget,
    )


def process(home: str, *arguments: str) -> Callable[[], object]:
    """Return a run of a whole Python process without input."""
    environment = os.environ | {"SCREENING_HOME": home, "PYTHONPATH": str(ROOT)}

    def run() -> object:
        return subprocess.run(
            [sys.executable, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            check=False,
        )

    return run


def until_first_question(home: str) -> Callable[[], object]:
    """Return a run of an interview up to its first question; nothing is answered."""
    environment = os.environ | {"SCREENING_HOME": home, "PYTHONPATH": str(ROOT)}

    def run() -> object:
        words = [sys.executable, "-m", "screening", "interview"]
        pipe = subprocess.PIPE
        with subprocess.Popen(
            words, stdin=pipe, stdout=pipe, stderr=pipe, env=environment
        ) as child:
            seen = b""
            while not seen.endswith(b"> ") and (byte := child.stderr.read(1)):
                seen += byte
            child.kill()
        return seen

    return run


def start_up() -> list[Row]:
    """Return whole-process figures against importing click."""
    rows = []
    with tempfile.TemporaryDirectory() as home:
        click = process(home, *CLICK)
        version = process(home, "-m", "screening", "--version")
        checked = process(home, "-m", "screening", "knowledge", "check")
        for what, run, budget in (
            ("`screening --version`", version, "≤ 3×"),
            ("first question on screen", until_first_question(home), "≤ 8×"),
            ("`screening knowledge check`", checked, "≤ 1 s"),
        ):
            rows.append(against(what, run, '`python -c "import click"`', click, budget))
    return rows


def gardener(knowledge: KnowledgeBase) -> dict[str, Value]:
    """Return the answers of the reference case."""
    return with_harmless_rest(knowledge, dict.fromkeys(HURTS, "provokes"))


def interview(knowledge: KnowledgeBase) -> list[float]:
    """Return the time from each answer of one interview to the next question, in milliseconds."""
    planner, answers = Planner(knowledge), gardener(knowledge)
    session, times = Session(), []
    while True:
        start = time.perf_counter()
        step = planner.plan(session).step
        times.append((time.perf_counter() - start) * 1000)
        if isinstance(step, Ask):
            value = answers.get(step.question, knowledge.questions[step.question].harmless)
            session = session.after(session.reply(knowledge.questions[step.question], value))
        elif isinstance(step, AskProgramme):
            session = session.after(Listed(("back_squat", "deadlift")))
        elif hasattr(step, "rule"):
            session = session.after(Kept(step.rule))
        else:
            return times


def per_answer(knowledge: KnowledgeBase) -> list[Row]:
    """Return the median and the 99th percentile over whole interviews."""
    times = sorted(t for _ in range(RUNS) for t in interview(knowledge))
    p50, p99 = times[len(times) // 2], times[int(len(times) * 0.99)]
    spread = f"{times[0]:.1f} to {times[-1]:.1f}"
    what = f"answer → next question, {len(times)} answers"
    return [
        Row(f"{what}, p50", f"{p50:.1f}", spread, "", "", ""),
        Row(f"{what}, p99", f"{p99:.1f}", spread, "", "", "≤ 50 ms"),
    ]


def engines(knowledge: KnowledgeBase) -> list[Row]:
    """Return one full intake on each engine against CLIPS with the same program."""
    program = lower(knowledge)
    given = gardener(knowledge)
    answers = with_inapplicable(knowledge, given)
    clips, experta = ClipsEngine(program), ExpertaEngine(program)
    rete = ExpertaEngine(program, rete=True)
    name = f"CLIPS, {len(program.clauses)} clauses"

    def run_clips() -> object:
        return clips.conclude(answers)

    return [
        against(what, work, name, run_clips, budget)
        for what, work, budget in (
            ("one intake, Experta", lambda: experta.conclude(answers), "reported (≤ 1× later)"),
            ("one intake, reference", lambda: evaluate(knowledge, given), ""),
            ("one intake, Experta with stock RETE", lambda: rete.conclude(answers), ""),
        )
    ]


def knowledge_rows(knowledge: KnowledgeBase, today: datetime.date) -> list[Row]:
    """Return loading and checking against composing the same files."""
    texts = [path.read_text(encoding="utf-8") for path in shipped_knowledge().rglob("*.yaml")]

    def compose() -> None:
        for text in texts:
            yaml.compose(text, Loader=yaml.CSafeLoader)

    peer = f"yaml.compose of the {len(texts)} files"
    return [
        against("load the knowledge", lambda: load(shipped_knowledge()), peer, compose, ""),
        against("check it", lambda: check(knowledge, today), peer, compose, ""),
    ]


def main() -> None:
    """Print the table, and write it when asked."""
    from datetime import date  # noqa: PLC0415

    knowledge = load(shipped_knowledge())
    rows = [
        *start_up(),
        *per_answer(knowledge),
        *engines(knowledge),
        *knowledge_rows(knowledge, date(2026, 1, 1)),
    ]
    header = ("what", "median ms", "spread ms", "ratio", "peer (its median ms)", "budget")
    table = tabulate(rows, header, tablefmt="github", disable_numparse=True)
    machine = (
        f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.machine()}; "
        f"{RUNS} runs each, in turn with the peer; {len(knowledge.live_rules)} rules, "
        f"{len(knowledge.questions)} questions."
    )
    print(table, machine, sep="\n\n")
    if "--write" in sys.argv[1:]:
        text = PAGE.read_text(encoding="utf-8")
        head = text.partition("<!-- measured -->")[0]
        PAGE.write_text(f"{head}<!-- measured -->\n\n{table}\n\n{machine}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
