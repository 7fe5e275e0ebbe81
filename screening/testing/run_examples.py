"""Runs the examples inside rules on the reference and on Experta."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from screening.assess.assess import ConcludedCase
from screening.compile import lower
from screening.diagnostics import Code, Diagnostic
from screening.engines.applicable import with_inapplicable
from screening.engines.experta import ExpertaEngine
from screening.engines.reference import evaluate
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Example, Head, Rule
from screening.model.vocabularies import Truth
from screening.testing.fixtures import example_answers
from screening.testing.memo import Addresses, Memory, NoMemory

PASSED = "passed"
SAID = {Truth.TRUE: "fires", Truth.FALSE: "silent", Truth.UNDECIDED: "undecided"}


@dataclass(frozen=True)
class Tested:
    """How many examples or cases ran, and those that came out otherwise than expected.

    `concluded` holds what was concluded about the cases that were not only counted.
    """

    run: int
    failed: tuple[Diagnostic, ...]
    concluded: Mapping[str, ConcludedCase] = field(default_factory=dict, compare=False, repr=False)


def run_examples(
    knowledge: KnowledgeBase, only: Collection[str] = (), memory: Memory | None = None
) -> Tested:
    """Run every example (or those of some rules) on both engines.

    The examples of a rule that all passed before, with everything it rests on as it is now, are
    counted and not run again.
    """
    conclusions = _Conclusions(knowledge)
    kept, addresses = memory or NoMemory(), Addresses(knowledge)
    run = 0
    failed: list[Diagnostic] = []
    for rule in knowledge.live_rules:
        if rule.examples and (not only or rule.id in only):
            run += len(rule.examples)
            place = f"examples-{addresses.rule(rule)}"
            if kept.take(place) != PASSED:
                found = [
                    f for example in rule.examples for f in _failures(conclusions, rule, example)
                ]
                failed += found
                if not found:
                    kept.put(place, PASSED)
    return Tested(run, tuple(failed))


class _Conclusions:
    """What the engines conclude about rules, each sheet of answers concluded once."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self.known: dict[frozenset[tuple[str, Value]], Mapping[str, Mapping[Head, Truth]]] = {}

    @cached_property
    def engine(self) -> ExpertaEngine:
        """Experta, compiled when the first example needs it."""
        return ExpertaEngine(lower(self.knowledge))

    def of(self, answers: Mapping[str, Value]) -> Mapping[str, Mapping[Head, Truth]]:
        """Return the truth of every rule by the name of the engine."""
        sheet = frozenset(answers.items())
        if sheet not in self.known:
            read = with_inapplicable(self.knowledge, answers)
            self.known[sheet] = {
                "the reference": evaluate(self.knowledge, answers).heads,
                "Experta": self.engine.conclude(read).heads,
            }
        return self.known[sheet]


def _failures(conclusions: _Conclusions, rule: Rule, example: Example) -> Iterator[Diagnostic]:
    answers = example_answers(conclusions.knowledge, example)
    for name, heads in conclusions.of(answers).items():
        truth = heads[Head(rule.id)]
        level = rule.refers({reading: heads[Head(rule.id, reading)] for reading in rule.readings})
        if truth is example.expect and example.refers not in {None, level}:
            refers = "" if example.refers is None else example.refers.word
            message = (
                f"`{rule.id}`: “{example.name}” should refer {refers}, {name} says {level.word}"
            )
            yield Diagnostic(Code.failed_example, message, example.at)
        if truth is not example.expect:
            message = (
                f"`{rule.id}`: “{example.name}” should be {SAID[example.expect]}, "
                f"{name} says {SAID[truth]}"
            )
            yield Diagnostic(Code.failed_example, message, example.at)
