"""One client, start to end: read, conclude by Experta, re-derive by the reference, combine.

Doubts are answers worth asking about again: they do not fit together, or should not have been
asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from screening.assess.conflict_resolution import combine
from screening.assess.contradictions import out_of_place
from screening.assess.fired_conclusions import Effects, agreement
from screening.compile import lower
from screening.diagnostics import Code, Diagnostic, Severity, Span
from screening.engines.applicable import with_inapplicable
from screening.engines.reference import evaluate
from screening.errors import DisagreementError
from screening.follow import in_force
from screening.load.gc_pause import collector_paused
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.vocabularies import Truth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.engines.experta import ExpertaEngine
    from screening.model.assessment import Assessment
    from screening.model.case import Case, Outcome


@dataclass(frozen=True)
class ConcludedCase:
    """An assessment with what stands behind it.

    `answers` are those in force: given, carried and worked out, with `NOT_APPLICABLE` where a
    question does not apply.
    """

    case: Case
    answers: Mapping[str, Value]
    outcome: Outcome
    assessment: Assessment


KEPT = 3  # knowledge bases whose engine is kept: with library and without, and one to compare


@lru_cache(maxsize=KEPT)
def _made(kind: type[ExpertaEngine], knowledge: KnowledgeBase) -> ExpertaEngine:
    with collector_paused():
        return kind(lower(knowledge))


class Assessor:
    """Assesses clients with one knowledge base; Experta is loaded and compiled on first use."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge

    @cached_property
    def engine(self) -> ExpertaEngine:
        """The compiled Experta engine."""
        from screening.engines.experta import ExpertaEngine  # noqa: PLC0415 - a slow import

        return _made(ExpertaEngine, self.knowledge)

    def conclude(self, case: Case) -> ConcludedCase:
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
        return ConcludedCase(case, answers, outcome, assessment)

    def preview(self, case: Case) -> ConcludedCase:
        """Return what the reference alone derives: for planning and searching, not for display."""
        counting = in_force(self.knowledge, case)
        answers = with_inapplicable(self.knowledge, counting)
        outcome = evaluate(self.knowledge, counting)
        assessment = combine(Effects(self.knowledge, outcome, agreement(case)), answers, case)
        return ConcludedCase(case, answers, outcome, assessment)


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


def doubts(concluded: ConcludedCase, knowledge: KnowledgeBase) -> tuple[Diagnostic, ...]:
    """Return a warning for each doubtful answer, at its place in the intake, in order of place.

    All of the answers count, so the more urgent one decides (safety.md, G10).
    """
    found = (*concluded.case.dated, *_doubts(concluded, knowledge))
    return tuple(sorted(found, key=lambda d: (d.at.line, d.at.column)))


def _doubts(concluded: ConcludedCase, knowledge: KnowledgeBase) -> Iterator[Diagnostic]:
    given, answers = concluded.case.answers, concluded.answers
    ruled_out = {question.id for question in out_of_place(knowledge, answers, given)}
    for one in concluded.assessment.contradictions:
        code, names = Code.contradictory_answers, f"`{one.question}` and `{one.against.question}`"
        message = f"the answers to {names} do not fit together"
        help_ = "ask the client again; until then the more urgent one counts"
        if one.question in ruled_out:
            code = Code.inapplicable_answer
            message = (
                f"`{one.question}` does not apply after the answer to `{one.against.question}`"
            )
            help_ = "the answer still counts; check the answer before it"
        yield _warning(code, concluded, one.question, message, help_)


def _warning(
    code: Code, concluded: ConcludedCase, question: str, message: str, help_: str
) -> Diagnostic:
    at = concluded.case.places.get(question, Span(concluded.case.client or "case"))
    return Diagnostic(code, message, at, help_, Severity.WARNING)
