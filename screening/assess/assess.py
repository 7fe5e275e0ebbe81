"""One client, start to end: read, conclude by Experta, re-derive by the reference, combine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from screening.assess.conflict_resolution import combine
from screening.assess.fired_conclusions import Effects
from screening.assess.overrides import agreement
from screening.compile import lower
from screening.engines.applicable import with_inapplicable
from screening.engines.reference import evaluate
from screening.errors import DisagreementError
from screening.follow import in_force

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.engines.experta import ExpertaEngine
    from screening.model.assessment import Assessment
    from screening.model.case import Case, Outcome
    from screening.model.knowledge import KnowledgeBase
    from screening.model.question import Value
    from screening.model.vocabularies import Truth


@dataclass(frozen=True)
class Concluded:
    """An assessment with what stands behind it.

    `answers` are those in force: given, carried and worked out, with `NOT_APPLICABLE` where a
    question does not apply.
    """

    case: Case
    answers: Mapping[str, Value]
    outcome: Outcome
    assessment: Assessment


class Assessor:
    """Assesses clients with one knowledge base; Experta is loaded and compiled on first use."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge

    @cached_property
    def engine(self) -> ExpertaEngine:
        """The compiled Experta engine."""
        from screening.engines.experta import ExpertaEngine  # noqa: PLC0415 - a slow import

        return ExpertaEngine(lower(self.knowledge))

    def conclude(self, case: Case) -> Concluded:
        """Return what Experta concludes, re-derived by the reference.

        Raises:
            DisagreementError: when the two differ in any rule or finding.

        """
        counting = in_force(self.knowledge, case)
        answers = with_inapplicable(self.knowledge, counting)
        outcome = self.engine.conclude(answers)
        differences = tuple(_differences(outcome, evaluate(self.knowledge, counting)))
        if differences:
            raise DisagreementError(differences)
        assessment = combine(Effects(self.knowledge, outcome, agreement(case)), answers, case)
        return Concluded(case, answers, outcome, assessment)

    def preview(self, case: Case) -> Concluded:
        """Return what the reference alone derives: for planning and searching, not for display."""
        counting = in_force(self.knowledge, case)
        answers = with_inapplicable(self.knowledge, counting)
        outcome = evaluate(self.knowledge, counting)
        assessment = combine(Effects(self.knowledge, outcome, agreement(case)), answers, case)
        return Concluded(case, answers, outcome, assessment)


def _differences(experta: Outcome, reference: Outcome) -> list[str]:
    """Return every rule and finding on which two outcomes differ, in words."""
    found = []
    for head, truth in reference.heads.items():
        name = f"rule {head.rule} ({head.reading.value})"
        found += _difference(name, experta.heads[head], truth)
    for (finding, strength), truth in reference.findings.items():
        name = f"finding {finding} ({strength.word})"
        found += _difference(name, experta.findings[finding, strength], truth)
    return found


def _difference(name: str, experta: Truth, reference: Truth) -> list[str]:
    if experta is reference:
        return []
    return [f"{name}: Experta says {experta.value}, the reference {reference.value}"]
