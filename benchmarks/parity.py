"""Compare the engines on random intakes: `python benchmarks/parity.py [ROWS] [--write]`.

Every row and every column of the columnar engine is compared with the reference and the fixed
combination: the truth of each rule and finding, each output and the rules behind it; Experta and
CLIPS on a sample. `--write` puts the counts into docs/performance.md. Exits 1 on any difference.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]

from circuits import Shown, by_assessment  # noqa: E402
from clips_engine import ClipsEngine  # noqa: E402
from engine_list import column_outcomes  # noqa: E402
from population import client  # noqa: E402
from run import machine, write  # noqa: E402
from tabulate import tabulate  # noqa: E402

from screening.assess.assess import ConcludedCase  # noqa: E402
from screening.assess.conflict_resolution import Combination  # noqa: E402
from screening.assess.fired_conclusions import Effects  # noqa: E402
from screening.compile import lower  # noqa: E402
from screening.engines.applicable import with_harmless_rest, with_inapplicable  # noqa: E402
from screening.engines.columnar import ColumnarEngine, frame  # noqa: E402
from screening.engines.experta import ExpertaEngine  # noqa: E402
from screening.engines.reference import evaluate  # noqa: E402
from screening.follow import in_force  # noqa: E402
from screening.load import load, shipped_knowledge  # noqa: E402
from screening.model.case import Case, Outcome  # noqa: E402
from screening.model.circuit import Blocks, Output, Plans, Replaces  # noqa: E402
from screening.model.knowledge import KnowledgeBase  # noqa: E402
from screening.model.question import Question, Value  # noqa: E402
from screening.model.rule import Head  # noqa: E402
from screening.model.vocabularies import (  # noqa: E402
    ASKED_UNKNOWN,
    Kind,
    Level,
    Strength,
    Truth,
)

ROWS, SAMPLE, BLOCK = 100_000, 2_000, 1_000
DOING = 2  # exercises in each client's programme
CHANGED = (0, 1, 1, 2, 2, 4, 8, 30, 100)
SEED = 20261125


class Report(NamedTuple):
    """What was compared, how often each truth and the block came up, and what differed."""

    rows: int
    sampled: int
    cells: int
    seen: Counter[str]
    outputs: frozenset[Output]
    different: tuple[str, ...]


class Drawn:
    """Random intakes: of nobody asked, of quiet clients, and of the simulated population."""

    def __init__(self, knowledge: KnowledgeBase, seed: int) -> None:
        self.knowledge = knowledge
        self.chance = random.Random(seed)
        quiet = with_harmless_rest(knowledge, {})
        cleared = with_harmless_rest(knowledge, {}, least=Level.SAME_DAY)
        self.bases: tuple[Mapping[str, Value], ...] = ({}, cleared, quiet, quiet)

    def case(self) -> Case:
        """Return one intake: a base with some answers changed, added or taken out."""
        answers = dict(self.chance.choice(self.bases))
        if self.chance.randrange(3) == 0:
            answers |= client(self.chance, low_risk=self.chance.random() < 1 / 2)
        questions = list(self.knowledge.questions.values())
        for question in self.chance.sample(questions, self.chance.choice(CHANGED)):
            answers.pop(question.id, None)
            if self.chance.randrange(6):
                answers[question.id] = self._answer(question)
        doing = self.chance.sample(list(self.knowledge.exercises), DOING)
        return Case(answers, tuple(doing))

    def _answer(self, question: Question) -> Value:
        if self.chance.randrange(8) == 0:
            return self.chance.choice(ASKED_UNKNOWN)
        if question.kind is Kind.NUMBER:
            return self.chance.randint(question.low, question.high)
        return self.chance.choice(question.words)


def by_columns(engine: ColumnarEngine, cases: list[Case]) -> Iterator[tuple[Outcome, Shown]]:
    """Yield what the columnar engine says of each client, with the rules behind it."""
    sheets = [case.answers for case in cases]
    outputs = engine.circuit.outputs
    wanted = {w for c in outputs.values() for w in (c.when, *(b.when for b in c.rules))}
    worked = engine.gates(frame(engine.knowledge, sheets).lazy(), sorted(wanted)).collect()
    places = {wire: at for at, wire in enumerate(sorted(wanted))}
    named = [
        (output, places[when], [(b.rule, places[b.when]) for b in rules])
        for output, (when, rules) in outputs.items()
    ]
    outcomes = column_outcomes(engine, sheets)
    for row, case, outcome in zip(worked.iter_rows(), cases, outcomes, strict=True):
        yield (
            outcome,
            {
                output: tuple(dict.fromkeys(rule for rule, place in rules if row[place]))
                for output, when, rules in named
                if row[when] and _said(output, case)
            },
        )


def _said(output: Output, case: Case) -> bool:
    """Tell whether an assessment of this case names an output: only its programme's verdicts."""
    if isinstance(output, Replaces):
        return False  # an assessment does not say which rules are behind it; tests compare these
    return not isinstance(output, Plans) or output.exercise in case.programme


def by_reference(knowledge: KnowledgeBase, case: Case) -> tuple[Outcome, Shown]:
    """Return what the reference and the combination say of a client.

    What is still open is left out: it takes longest, and no compared column depends on it.
    """
    counting = in_force(knowledge, case)
    answers, outcome = with_inapplicable(knowledge, counting), evaluate(knowledge, counting)
    combined = Combination(Effects(knowledge, outcome), answers, case)
    vars(combined)["live"] = {}
    concluded = ConcludedCase(case, answers, outcome, combined.assessment())
    return outcome, by_assessment(knowledge, concluded)


def compared(task: tuple[int, int, int]) -> Report:
    """Return what came of comparing one block of rows, the first few on all engines."""
    seed, rows, sampled = task
    knowledge = load(shipped_knowledge())
    drawn = Drawn(knowledge, seed)
    cases = [drawn.case() for _ in range(rows)]
    engine, program = ColumnarEngine(knowledge), lower(knowledge)
    others: dict[str, ExpertaEngine | ClipsEngine] = {}
    if sampled:
        others = {"Experta": ExpertaEngine(program), "CLIPS": ClipsEngine(program)}
    seen: Counter[str] = Counter()
    outputs: set[Output] = set()
    different = []
    for number, (case, mine) in enumerate(zip(cases, by_columns(engine, cases), strict=True)):
        meant = by_reference(knowledge, case)
        if mine != meant:
            different.append(f"columnar, row {number} of seed {seed}")
        if number < sampled:
            read = with_inapplicable(knowledge, in_force(knowledge, case))
            different += [
                f"{name}, row {number} of seed {seed}"
                for name, other in others.items()
                if _truths(other.conclude(read)) != _truths(meant[0])
            ]
        seen.update(truth.value for truth in meant[0].heads.values())
        seen["blocked"] += Blocks() in meant[1]
        outputs |= meant[1].keys()
    cells = rows * (len(knowledge.heads) + len(knowledge.finders) + len(engine.circuit.outputs))
    return Report(rows, sampled, cells, seen, frozenset(outputs), tuple(different))


def _truths(outcome: Outcome) -> tuple[dict[Head, Truth], dict[tuple[str, Strength], Truth]]:
    return dict(outcome.heads), dict(outcome.findings)


def blocks(rows: int) -> Iterator[tuple[int, int, int]]:
    """Yield a seed, a number of rows and a number of them to sample, for each block."""
    sample = min(SAMPLE, rows) * BLOCK // rows
    for number, at in enumerate(range(0, rows, BLOCK)):
        size = min(BLOCK, rows - at)
        yield SEED + number, size, min(sample, size)


def total(reports: list[Report]) -> Report:
    """Return the reports added up."""
    return Report(
        sum(r.rows for r in reports),
        sum(r.sampled for r in reports),
        sum(r.cells for r in reports),
        sum((r.seen for r in reports), Counter()),
        frozenset().union(*(r.outputs for r in reports)),
        tuple(text for r in reports for text in r.different),
    )


def page(report: Report, seconds: float) -> str:
    """Return what was compared, as Markdown."""
    truths = sum(report.seen[truth.value] for truth in Truth)
    shares = ", ".join(f"{report.seen[t.value] / truths:.0%} {t.value}" for t in Truth)
    rows = [
        ("columnar = reference", f"{report.rows:,} intakes, {report.cells:,} cells"),
        ("Experta = CLIPS = reference", f"{report.sampled:,} of these intakes"),
        ("different", f"{len(report.different):,}"),
        ("truths of rules", shares),
        ("intakes with every exercise withheld", f"{report.seen['blocked'] / report.rows:.0%}"),
        ("different things concluded", f"{len(report.outputs):,}"),
    ]
    note = (
        "`python benchmarks/parity.py --write`: random intakes of the shipped knowledge. Compared "
        "are the truth of every rule and finding, every output, and the rules behind it. "
        f"{seconds / 60:.0f} minutes, nearly all of it the reference."
    )
    table = tabulate(rows, ("what", "found"), tablefmt="github", disable_numparse=True)
    return f"## Do the engines agree?\n\n{note}\n\n{table}"


def main() -> int:
    """Compare, print, and write when asked."""
    words = [word for word in sys.argv[1:] if word != "--write"]
    start = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        tasks = list(blocks(int(words[0]) if words else ROWS))
        report = total(list(pool.imap_unordered(compared, tasks)))
    print(*report.different[:20], sep="\n")
    text = page(report, time.perf_counter() - start)
    print(text)
    if "--write" in sys.argv:
        write("parity", f"{text}\n\n{machine()}")
    return 1 if report.different else 0


if __name__ == "__main__":
    sys.exit(main())
