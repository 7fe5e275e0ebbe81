"""Compare every engine on generated and on the shipped knowledge, in a process of its own.

Prints, as JSON, how many pairs of a knowledge base and an answer sheet were compared and what
differed. `test_parity.py` starts it under several hash seeds, each with examples of its own.

    python tests/parity_worker.py SEED BASES SHEETS SHIPPED STOCK
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine_list import ENGINES, Sheet, differences
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from strategies import answer_sheets, intakes, knowledge_bases

from screening.load import load, shipped_knowledge
from screening.model.case import Case, Outcome

STOCK = "Experta with the stock matcher"  # slow on the shipped knowledge: compared on a few


@dataclass
class Compared:
    """How many pairs were compared, what differed, and how often each truth came up."""

    pairs: int = 0
    shipped: int = 0
    different: list[str] = field(default_factory=list)
    truths: Counter[str] = field(default_factory=Counter)

    def compare(self, outcomes: Mapping[str, Sequence[Outcome]]) -> None:
        """Compare the outcomes of some sheets with one knowledge base."""
        self.pairs += len(outcomes["reference"])
        self.different += differences(outcomes)
        for outcome in outcomes["reference"]:
            self.truths.update(truth.value for truth in outcome.heads.values())


def main(number: int, bases: int, sheets: int, shipped: int, stock: int) -> Compared:
    """Return what came of comparing so many of each."""
    compared = Compared()
    quiet = settings(
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )

    @seed(number)
    @settings(quiet, max_examples=bases)
    @given(st.data())
    def generated(data: st.DataObject) -> None:
        knowledge = data.draw(knowledge_bases())
        engines = {name: compiled(knowledge) for name, compiled in ENGINES.items()}
        answers = [data.draw(answer_sheets(knowledge)) for _ in range(sheets)]
        compared.compare({name: conclude(answers) for name, conclude in engines.items()})

    real, intaken = load(shipped_knowledge()), list[Sheet]()
    engines = {name: compiled(real) for name, compiled in ENGINES.items()}

    @seed(number)
    @settings(quiet, max_examples=shipped)
    @given(intakes(real))
    def on_the_shipped(case: Case) -> None:
        intaken.append(case.answers)

    generated()
    on_the_shipped()
    compared.shipped = len(intaken)
    compared.compare(
        {
            name: conclude(intaken[: stock if name == STOCK else None])
            for name, conclude in engines.items()
        }
    )
    return compared


if __name__ == "__main__":
    result = main(*(int(argument) for argument in sys.argv[1:]))
    report = {
        "pairs": result.pairs,
        "shipped": result.shipped,
        "different": result.different[:20],
        "truths": result.truths,
    }
    sys.stdout.write(json.dumps(report))
