"""Whether a rule takes part in a promise that is broken: a review waits for no others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from screening.assess import Assessor
from screening.model.beneath import beneath
from screening.model.case import Case
from screening.model.expr import asked_in
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Rule
from screening.model.vocabularies import Truth
from screening.verify.proof import Failure, Proof

WORD = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")


@dataclass(frozen=True)
class FailureParts:
    """Tells which rules of a knowledge base take part in what fails."""

    knowledge: KnowledgeBase

    @cached_property
    def _assessor(self) -> Assessor:
        return Assessor(self.knowledge)

    def takes_part(self, rule: Rule, proof: Proof) -> bool:
        """Tell whether a rule is named by a failure, fires in it, or asks what decides in it.

        One that could be at fault counts: a flag that is not heard fails because of a rule that
        does not fire.
        """
        below = (self.knowledge.rules[name] for name in _rules_below(self.knowledge, rule))
        conditions = [one.when for one in (rule, *below)]
        asked = {q for when in conditions for q in asked_in(when, self.knowledge.members)}
        return any(self._in(rule, asked, failure) for failure in proof.failures)

    def _in(self, rule: Rule, asked: set[str], failure: Failure) -> bool:
        if failure.it == rule.id or f"`{rule.id}`" in failure.words:
            return True
        if failure.client is None:
            return not asked.isdisjoint(WORD.findall(failure.it))
        safety = self.knowledge.safety
        flags = () if safety is None else safety.flags
        if any(rule.id in flag.by and flag.words in failure.it for flag in flags):
            return True
        clients = [*_clients(failure)]
        return any(self._decides(asked, one) or self._fires(rule, one) for one in clients)

    def _decides(self, asked: set[str], client: Mapping[str, Value]) -> bool:
        questions = self.knowledge.questions
        return any(q in asked and value != questions[q].harmless for q, value in client.items())

    def _fires(self, rule: Rule, client: Mapping[str, Value]) -> bool:
        heads = self._assessor.preview(Case(client)).outcome.heads
        return any(head.rule == rule.id and truth is Truth.TRUE for head, truth in heads.items())


def _rules_below(knowledge: KnowledgeBase, rule: Rule) -> Iterator[str]:
    return (name for name in beneath(knowledge, rule) if isinstance(name, str))


def _clients(failure: Failure) -> Iterator[Mapping[str, Value]]:
    """Yield the client who shows a failure, and the same after the answer that follows."""
    if failure.client is not None:
        yield failure.client
        if failure.then is not None:
            yield {**failure.client, failure.then[0]: failure.then[1]}
