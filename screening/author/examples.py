"""Runs the examples inside rules on the reference and on Experta."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from screening.diagnostics import Code, Diagnostic
from screening.engines.applicable import applies, summed_up, with_inapplicable
from screening.engines.experta import ExpertaEngine
from screening.engines.reference import evaluate
from screening.lower import lower
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Example, Head, Rule
from screening.model.words import Level, Truth, Unknown

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


def with_harmless_rest(
    knowledge: KnowledgeBase, given: Mapping[str, Value], *, least: Level = Level.NONE
) -> dict[str, Value]:
    """Return the answers, and the harmless one to every other question that applies.

    A question that follows from its parts among the answers is left to follow from them.
    With `least`, only to questions whose answers can raise that level or a higher one.
    """
    answers, read = dict(given), dict(given)
    for question in knowledge.questions.values():  # those it depends on come before it
        if question.id in given:
            continue
        if applies(knowledge, question, read) is Truth.FALSE:
            read[question.id] = Unknown.NOT_APPLICABLE
        elif question.sums_up and (summary := summed_up(knowledge, question, given)) is not None:
            read[question.id] = summary
        elif question.safety >= least:
            answers[question.id] = read[question.id] = question.harmless
    return answers


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
