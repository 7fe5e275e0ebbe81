"""Many clients in memory on the columnar engine: by number of rows, and by number of rules."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable

import polars as pl
from cohort import cohort
from generated import generated
from measure import Row, Section, median_of

from screening.engines.columnar import ColumnarEngine
from screening.engines.columnar.answers import kind_of
from screening.load import load, shipped_knowledge
from screening.model.circuit import Plans, Replaces, Wire
from screening.model.knowledge import KnowledgeBase
from screening.model.program import RuleAtom
from screening.model.rule import Head

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
    """Return everything concluded but verdicts on a programme, and each rule behind it."""
    outputs = [
        concluded
        for output, concluded in engine.circuit.outputs.items()
        if not isinstance(output, Plans | Replaces)
    ]
    rules = dict.fromkeys(behind.rule for one in outputs for behind in one.rules)
    fired = [engine.circuit.truths[RuleAtom(Head(rule), truth=True)] for rule in rules]
    return (*(one.when for one in outputs), *fired)


def by_rows(knowledge: KnowledgeBase, answers: pl.DataFrame) -> Section:
    """Return the cost by number of clients; beyond a million the same ones come again."""
    engine = ColumnarEngine(knowledge)
    wires = wanted(engine)
    million = answers.to_physical()
    floor = median_of(lambda: million.select(pl.all().sum()), TURNS)
    rows = []
    for size in SIZES:
        some = answers.head(size).lazy()
        clients = pl.concat([some] * (size // MILLION)) if size > MILLION else some
        plan = engine.gates(clients, wires)
        rows.append(
            measured(
                f"{size:,} clients",
                size,
                lambda plan=plan: plan.collect(engine="streaming"),
                floor=f"reading each answer once {floor:.0f} ms" if size == MILLION else "",
                budget="≥ 1,000,000 a second" if size == MILLION else "",
            )
        )
    note = (
        f"{len(knowledge.live_rules)} rules, {len(knowledge.questions)} questions. From typed "
        f"columns of answers to {len(set(wires))} columns: every conclusion but verdicts on a "
        "programme, and every rule behind one. One core: what all were busy together."
    )
    return Section("A million clients in memory", rows, note)


def by_rules(answers: pl.DataFrame) -> Section:
    """Return the cost by number of generated rules."""
    rows = []
    for size in RULES:
        engine = ColumnarEngine(generated(size))
        plan = engine.gates(answers.lazy(), wanted(engine))
        rows.append(measured(f"{size:,} rules", answers.height, lambda plan=plan: plan.collect()))
    note = f"{answers.height:,} clients and generated rules, all different."
    return Section("Clients in memory by number of rules", rows, note)


def measured(
    what: str, clients: int, work: Callable[[], object], *, floor: str = "", budget: str = ""
) -> Row:
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
        floor=floor,
        budget=budget,
    )


def _busy() -> float:
    """Return how long the cores have worked for this process, in seconds."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
