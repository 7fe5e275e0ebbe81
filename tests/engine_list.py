"""Every engine that concludes, under one name each: what one must say, all must say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from clips_engine import ClipsEngine

from screening.compile import lower
from screening.engines.applicable import with_inapplicable
from screening.engines.columnar import ColumnarEngine, frame
from screening.engines.experta import ExpertaEngine
from screening.engines.reference import evaluate
from screening.follow import in_force
from screening.model.case import Case, Outcome
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.vocabularies import Truth

Sheet: TypeAlias = Mapping[str, Value]
Conclude: TypeAlias = Callable[[Sequence[Sheet]], Sequence[Outcome]]
TRUTHS = {True: Truth.TRUE, False: Truth.FALSE, None: Truth.UNDECIDED}


def _one_by_one(conclude: Callable[[Sheet], Outcome]) -> Conclude:
    return lambda sheets: [conclude(sheet) for sheet in sheets]


def _reference(knowledge: KnowledgeBase) -> Conclude:
    return _one_by_one(lambda sheet: evaluate(knowledge, in_force(knowledge, Case(sheet))))


def _read(knowledge: KnowledgeBase, sheet: Sheet) -> dict[str, Value]:
    """Return answers as engines are given them that do not read answers themselves."""
    return with_inapplicable(knowledge, in_force(knowledge, Case(sheet)))


def _experta(knowledge: KnowledgeBase) -> Conclude:
    engine = ExpertaEngine(lower(knowledge))
    return _one_by_one(lambda sheet: engine.conclude(_read(knowledge, sheet)))


def _stock_matcher(knowledge: KnowledgeBase) -> Conclude:
    engine = ExpertaEngine(lower(knowledge), rete=True)
    return _one_by_one(lambda sheet: engine.conclude(_read(knowledge, sheet)))


def _clips(knowledge: KnowledgeBase) -> Conclude:
    engine = ClipsEngine(lower(knowledge))
    return _one_by_one(lambda sheet: engine.conclude(_read(knowledge, sheet)))


def column_outcomes(engine: ColumnarEngine, sheets: Sequence[Sheet]) -> list[Outcome]:
    """Return what each client's answers decide by the columnar engine; no firings are kept."""
    heads, findings = engine.knowledge.heads, tuple(engine.knowledge.finders)
    rows = engine.truths(frame(engine.knowledge, sheets).lazy()).collect().iter_rows()
    truths = [[TRUTHS[cell] for cell in row] for row in rows]
    return [
        Outcome(
            dict(zip(heads, row[: len(heads)], strict=True)),
            dict(zip(findings, row[len(heads) :], strict=True)),
        )
        for row in truths
    ]


def _columnar(knowledge: KnowledgeBase) -> Conclude:
    engine = ColumnarEngine(knowledge)
    return lambda sheets: column_outcomes(engine, sheets)


ENGINES: Mapping[str, Callable[[KnowledgeBase], Conclude]] = {
    "reference": _reference,
    "Experta": _experta,
    "Experta with the stock matcher": _stock_matcher,
    "CLIPS": _clips,
    "columnar": _columnar,
}


def differences(outcomes: Mapping[str, Sequence[Outcome]]) -> list[str]:
    """Return every rule and finding on which an engine differs from the reference, in words.

    An engine may have concluded fewer sheets than the reference, the first ones.
    """
    meaning = outcomes["reference"]
    return [
        difference
        for name, concluded in outcomes.items()
        for outcome, meant in zip(concluded, meaning, strict=False)
        for difference in _differences(name, outcome, meant)
    ]


def _differences(name: str, outcome: Outcome, meaning: Outcome) -> list[str]:
    found = []
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
        f"{name}: {finding} is {truth.value}, the reference says {meaning.findings[finding].value}"
        for finding, truth in outcome.findings.items()
        if truth is not meaning.findings[finding]
    ]
    return found
