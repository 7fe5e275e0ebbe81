"""Many clients in memory on the columnar engine: by number of rows, and by number of rules."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable

import polars as pl
from cohort import cohort
from generated import generated
from measure import Row, Section, median_of, peak_mib

from screening.engines.columnar import ColumnarEngine, kind_of
from screening.load import load, shipped_knowledge
from screening.model.circuit import Plans, Replaces, Wire
from screening.model.knowledge import KnowledgeBase

MILLION = 1_000_000
BLOCK = 100_000
SIZES = (1_000, 10_000, 100_000, MILLION, 10 * MILLION)
RULES = (50, 100, 200, 500, 1_000, 2_000)
TURNS = 5


def sections() -> list[Section]:
    """Return what a million clients cost, and how that grows with the rules."""
    knowledge = load(shipped_knowledge())
    blocks = (cohort(BLOCK, seed) for seed in range(1, MILLION // BLOCK + 1))
    answers = pl.concat([typed(knowledge, block) for block in blocks], rechunk=True)
    return [by_rows(knowledge, answers), by_rules(answers.head(BLOCK))]


def typed(knowledge: KnowledgeBase, table: pl.DataFrame) -> pl.DataFrame:
    """Return a table of answers as the columnar engine takes it."""
    kinds = {name: kind_of(question) for name, question in knowledge.questions.items()}
    return table.select(pl.col(name).cast(kind) for name, kind in kinds.items())


def wanted(engine: ColumnarEngine) -> tuple[Wire, ...]:
    """Return everything concluded but verdicts on a programme, and each rule behind each."""
    outputs = [
        concluded
        for output, concluded in engine.circuit.outputs.items()
        if not isinstance(output, Plans | Replaces)
    ]
    behind = (rule.when for one in outputs for rule in one.rules)
    return (*(one.when for one in outputs), *dict.fromkeys(behind))


def by_rows(knowledge: KnowledgeBase, answers: pl.DataFrame) -> Section:
    """Return the cost by number of clients; beyond a million the same ones come again."""
    engine = ColumnarEngine(knowledge)
    wires = wanted(engine)
    rows = []
    for size in SIZES:
        plan = engine.gates(answers.head(size).lazy(), wires)

        def work(plan: pl.LazyFrame = plan, times: int = max(1, size // MILLION)) -> None:
            for _ in range(times):
                plan.collect()

        whole = size == MILLION
        row = measured(f"{size:,} clients", size, work)
        rows.append(
            row._replace(
                floor=_copied(answers, len(wires)) if whole else "",
                budget="≥ 1,000,000 a second" if whole else "",
                memory=f"{peak_mib():,.0f} MiB",
            )
        )
    note = (
        f"{len(knowledge.live_rules)} rules, {len(knowledge.questions)} questions. From typed "
        f"answers to {len(set(wires)):,} columns of true or false: every conclusion but "
        "verdicts on a programme, and for each the rules behind it. Texts, as `screening batch` "
        "writes them, come below. Ten millions are ten times a million. One core: what all were "
        f"busy together. The answers take {answers.estimated_size('mb'):.0f} MiB of the memory."
    )
    return Section("A million clients in memory", rows, note)


def _copied(answers: pl.DataFrame, columns: int) -> str:
    """Return how long the memory takes to copy so much as is read and written."""
    bits = answers.height * columns // 8
    block = bytes(int(answers.estimated_size()) + bits)
    took = median_of(lambda: bytearray(block), TURNS)
    return f"copying {len(block) >> 20} MiB in memory {took:.0f} ms"


def by_rules(answers: pl.DataFrame) -> Section:
    """Return the cost by number of generated rules."""
    rows = []
    for size in RULES:
        engine = ColumnarEngine(generated(size))
        plan = engine.gates(answers.lazy(), wanted(engine))
        rows.append(measured(f"{size:,} rules", answers.height, plan.collect))
    note = f"{answers.height:,} clients and generated rules, all different."
    return Section("Clients in memory by number of rules", rows, note)


def measured(what: str, clients: int, work: Callable[[], object]) -> Row:
    """Return a line with the rate by the clock, and for each core."""
    work()
    took, busy = [], []
    for _ in range(TURNS):
        start, before = time.perf_counter(), _busy()
        work()
        took.append(time.perf_counter() - start)
        busy.append(_busy() - before)
    seconds, core = statistics.median(took), statistics.median(busy)
    return Row(
        what,
        f"{seconds:.3f} s ({clients / seconds:,.0f} a second)",
        f"{min(took):.3f} to {max(took):.3f}",
        peer=f"one core {core:.3f} s ({clients / core:,.0f} a second)",
    )


def _busy() -> float:
    """Return how long the cores have worked for this process, in seconds."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
