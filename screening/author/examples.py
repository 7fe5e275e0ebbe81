"""Runs the examples inside rules on the reference and on Experta."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from screening.diagnostics import Code, Diagnostic
from screening.engines.applicable import with_harmless_rest, with_inapplicable
from screening.engines.experta import ExpertaEngine
from screening.engines.reference import evaluate
from screening.lower import lower
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Example, Head, Rule
from screening.model.words import Truth

SAID = {Truth.TRUE: "fires", Truth.FALSE: "silent", Truth.UNDECIDED: "undecided"}


@dataclass(frozen=True)
class Tested:
    """How many examples or cases ran, and those that came out otherwise than expected."""

    run: int
    failed: tuple[Diagnostic, ...]


def run_examples(knowledge: KnowledgeBase, only: str = "") -> Tested:
    """Run every example (or those of one rule) on both engines."""
    conclusions = _Conclusions(knowledge)
    run = 0
    failed: list[Diagnostic] = []
    for rule in knowledge.live_rules:
        if only in ("", rule.id):
            for example in rule.examples:
                run += 1
                failed += _failures(conclusions, rule, example)
    return Tested(run, tuple(failed))


def example_answers(knowledge: KnowledgeBase, example: Example) -> Mapping[str, Value]:
    """Return the answers an example stands for."""
    if not example.harmless_rest:
        return example.given
    return with_harmless_rest(knowledge, example.given)


class _Conclusions:
    """What the engines conclude about rules, each sheet of answers concluded once."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self.engine = ExpertaEngine(lower(knowledge))
        self.known: dict[frozenset[tuple[str, Value]], Mapping[str, Mapping[Head, Truth]]] = {}

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
        if truth is not example.expect:
            message = (
                f"`{rule.id}`: “{example.name}” should be {SAID[example.expect]}, "
                f"{name} says {SAID[truth]}"
            )
            yield Diagnostic(Code.failed_example, message, example.at)
