"""One full intake on each engine, and how its cost grows with the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from answering import gardener
from clips_engine import ClipsEngine
from generated import generated, some_answers
from measure import Peer, Row, Section, against, in_turn, median_of, ratio

from screening.compile import lower
from screening.engines.applicable import with_inapplicable
from screening.engines.experta import ExpertaEngine
from screening.engines.reference import evaluate
from screening.load import load, shipped_knowledge
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value

SIZES = (50, 100, 200, 500, 1000, 2000)
FEW = 5  # runs of what takes long
STOCK_UP_TO = 500  # rules; from there on Experta's own matcher takes many seconds an intake


def sections() -> list[Section]:
    """Return the engines side by side on the shipped knowledge, then on generated ones."""
    return [shipped(), growth()]


def shipped() -> Section:
    """Return one full intake of the gardener on each engine, same program, same run."""
    knowledge = load(shipped_knowledge())
    given = gardener(knowledge)
    program, answers = lower(knowledge), with_inapplicable(knowledge, given)
    engine, clips = ExpertaEngine(program), ClipsEngine(program)
    stock = ExpertaEngine(program, rete=True)
    peer = Peer("CLIPS", lambda: clips.conclude(answers))
    mine = Peer("Experta, indexed", lambda: engine.conclude(answers))
    floor = f"one dictionary look-up a clause {median_of(_look_ups(len(program.clauses))):.2f} ms"
    rows = [
        against("Experta", mine.work, peer, floor=floor, budget="≤ 1×"),
        against("reference", lambda: evaluate(knowledge, given), peer, floor=floor),
        against(
            "Experta, stock RETE",
            lambda: stock.conclude(answers),
            mine,
            budget="Experta ≥ 10× faster",
            runs=FEW,
        ),
    ]
    size = f"{len(knowledge.live_rules)} rules, {len(program.clauses)} clauses"
    note = f"{size}, {len(given)} answers. CLIPS through clipspy, the same program."
    return Section("One full intake", rows, note)


def growth() -> Section:
    """Return the cost of one intake by the number of generated rules."""
    rows = []
    for size in SIZES:
        knowledge = generated(size)
        answers = with_inapplicable(knowledge, some_answers(knowledge))
        rows.append(_grown(knowledge, answers))
    note = "Generated rules, all different, every question answered. Budget: no worse than linear."
    return Section("One intake by number of rules", rows, note)


def _grown(knowledge: KnowledgeBase, answers: Mapping[str, Value]) -> Row:
    """Return a line for Experta beside CLIPS and, while it takes seconds, the stock matcher."""
    program, size = lower(knowledge), len(knowledge.rules)
    engine, clips = ExpertaEngine(program), ClipsEngine(program)
    pairs = in_turn(
        lambda: engine.conclude(answers), Peer("CLIPS", lambda: clips.conclude(answers)), FEW
    )
    mine = sorted(a for a, _ in pairs)
    theirs = sorted(b for _, b in pairs)[FEW // 2]
    cost = mine[FEW // 2]
    stock = ""
    if size <= STOCK_UP_TO:
        rete = ExpertaEngine(program, rete=True)
        stock = f"; stock RETE {median_of(lambda: rete.conclude(answers), 1):.0f} ms"
    return Row(
        f"{size} rules, {len(program.clauses)} clauses",
        f"{cost:.1f} ms ({1000 * cost / size:.0f} µs a rule)",
        f"{mine[0]:.1f} to {mine[-1]:.1f}",
        f"{ratio(pairs):.2f}",
        f"CLIPS ({theirs:.1f} ms){stock}",
    )


def _look_ups(count: int) -> Callable[[], None]:
    table = dict.fromkeys(range(count))

    def look_up() -> None:
        for number in table:
            table[number]

    return look_up
