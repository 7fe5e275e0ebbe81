"""How long the proofs take, and whether every removed emergency rule is named.

python benchmarks/prove.py
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from screening.load import load, shipped_knowledge
from screening.model.knowledge import KnowledgeBase
from screening.model.vocabularies import Level
from screening.verify.prove import prove


def timed(knowledge: KnowledgeBase) -> bool:
    """Print the time of each proof; return whether all hold."""
    begun, holds = time.perf_counter(), True
    for proof in prove(knowledge):
        now = time.perf_counter()
        print(f"{proof.invariant.id:24} {now - begun:6.2f} s  {proof.asked_of} asked of")
        begun, holds = now, holds and proof.holds
    return holds


def unnamed(knowledge: KnowledgeBase) -> list[str]:
    """Return the emergency rules whose removal is not named."""
    urgent = [
        rule.id
        for rule in knowledge.live_rules
        if any(rule.level(reading) is Level.EMERGENCY for reading in rule.readings)
    ]
    missed = []
    for name in urgent:
        rules = {other: rule for other, rule in knowledge.rules.items() if other != name}
        (proof,) = prove(replace(knowledge, rules=rules), "flags-heard")
        if not any(f"`{name}`" in failure.words for failure in proof.failures):
            missed.append(name)
    print(f"{len(urgent)} emergency rules removed one by one, {len(missed)} not named")
    return missed


def main() -> int:
    """Return 1 when a proof fails, or a removed rule is not named."""
    knowledge = load(shipped_knowledge(), promises=True)
    begun = time.perf_counter()
    holds = timed(knowledge)
    print(f"{'all':24} {time.perf_counter() - begun:6.2f} s")
    return int(not holds or bool(unnamed(knowledge)))


if __name__ == "__main__":
    sys.exit(main())
