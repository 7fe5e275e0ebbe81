"""The simulation of false alarms counts what the reference says of each client."""

from __future__ import annotations

from collections import Counter

from complete_clients import complete_clients
from false_alarms import concluded

from screening.assess.fired_conclusions import Effects
from screening.engines.columnar import ColumnarEngine
from screening.engines.reference import evaluate
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Level

CLIENTS = range(200)


def test_clients_are_counted_as_the_reference_refers_them(shipped: KnowledgeBase) -> None:
    sheets = [case.answers for case in complete_clients(shipped, CLIENTS)]
    levels: Counter[Level] = Counter()
    made: Counter[tuple[str, Level]] = Counter()
    alone: Counter[str] = Counter()
    for answers in sheets:
        effects = Effects(shipped, evaluate(shipped, answers))
        levels[effects.level] += 1
        made.update({(rule.id, level) for level, rule, _ in effects.referrals})
        early = {rule.id for level, rule, _ in effects.referrals if level >= Level.WITHIN_DAYS}
        alone.update(early if len(early) == 1 else ())
    tally = concluded(ColumnarEngine(shipped), sheets)
    assert (+tally.levels, +tally.made, +tally.alone) == (levels, made, alone)
