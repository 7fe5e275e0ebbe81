"""Every engine that concludes, under one name each: what one must say, all must say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from clips_engine import ClipsEngine

from screening.engines.applicable import with_inapplicable
from screening.engines.experta import ExpertaEngine
from screening.engines.reference import evaluate
from screening.lower import lower
from screening.model.case import Outcome
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value

Conclude: TypeAlias = Callable[[Mapping[str, Value]], Outcome]


def _reference(knowledge: KnowledgeBase) -> Conclude:
    return lambda answers: evaluate(knowledge, answers)


def _experta(knowledge: KnowledgeBase) -> Conclude:
    engine = ExpertaEngine(lower(knowledge))
    return lambda answers: engine.conclude(with_inapplicable(knowledge, answers))


def _stock_matcher(knowledge: KnowledgeBase) -> Conclude:
    engine = ExpertaEngine(lower(knowledge), rete=True)
    return lambda answers: engine.conclude(with_inapplicable(knowledge, answers))


def _clips(knowledge: KnowledgeBase) -> Conclude:
    engine = ClipsEngine(lower(knowledge))
    return lambda answers: engine.conclude(with_inapplicable(knowledge, answers))


ENGINES: Mapping[str, Callable[[KnowledgeBase], Conclude]] = {
    "reference": _reference,
    "Experta": _experta,
    "Experta with the stock matcher": _stock_matcher,
    "CLIPS": _clips,
}


def differences(outcomes: Mapping[str, Outcome]) -> list[str]:
    """Return every rule and finding on which an engine differs from the reference, in words."""
    meaning = outcomes["reference"]
    found = []
    for name, outcome in outcomes.items():
        if outcome.heads.keys() != meaning.heads.keys():
            found.append(f"{name} decides other rules")
        if outcome.findings.keys() != meaning.findings.keys():
            found.append(f"{name} decides other findings")
        found += [
            f"{name}: {head} is {truth.value}, the reference says {meaning.heads[head].value}"
            for head, truth in outcome.heads.items()
            if truth is not meaning.heads[head]
        ]
        found += [
            f"{name}: {finding} is {truth.value}, the reference says "
            f"{meaning.findings[finding].value}"
            for finding, truth in outcome.findings.items()
            if truth is not meaning.findings[finding]
        ]
    return found
