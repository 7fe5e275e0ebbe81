"""The case library, concluded by the reference, and which mutants its expectations notice.

A mutant that no example can tell from its rule takes a case, and what that must expect is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from screening.assess.assess import Assessor, ConcludedCase
from screening.assess.conflict_resolution import combine
from screening.assess.fired_conclusions import Effects
from screening.engines.reference import evaluate
from screening.model.case_library import KnownCase
from screening.model.conclusions import claim_of, noticed_by
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Find, Head, Rule
from screening.model.vocabularies import Truth
from screening.mutation.mutant import Mutant, MutatedPart, planted
from screening.testing.fixtures import AnswerSheet
from screening.testing.run_cases import as_case, failures

ANYTHING_ELSE = frozenset((Truth.FALSE, Truth.UNDECIDED))


@dataclass(frozen=True)
class Known:
    """A case, what the reference concludes about it, and the places where that is not expected."""

    case: KnownCase
    concluded: ConcludedCase
    failed: frozenset[str]


class CaseBook:
    """The cases of one knowledge base, each concluded once, unless it was `concluded` before."""

    def __init__(
        self,
        knowledge: KnowledgeBase,
        concluded: Mapping[str, ConcludedCase] = MappingProxyType({}),
    ) -> None:
        self.knowledge = knowledge
        self.concluded = concluded

    @cached_property
    def known(self) -> tuple[Known, ...]:
        """The cases in order of id."""
        return tuple(self._known())

    @cached_property
    def by_id(self) -> Mapping[str, Known]:
        """The cases by id."""
        return {known.case.id: known for known in self.known}

    def _known(self) -> Iterator[Known]:
        assessor = Assessor(self.knowledge)
        for case in self.knowledge.cases.values():
            concluded = self.concluded.get(case.id)
            if concluded is None:
                client, _ = as_case(assessor, case, assessor.preview)
                concluded = assessor.preview(client)
            yield Known(case, concluded, _failed(self.knowledge, concluded, case))

    def sheets(self, rule: Rule) -> Iterator[AnswerSheet]:
        """Yield a sheet for each case that names a rule, in order of id."""
        for known in self.known:
            expect = known.case.expect
            outcome = known.concluded.outcome
            answers, findings = known.concluded.answers, outcome.findings
            if any(named.rule == rule.id for named in expect.rules):
                yield AnswerSheet(known.case.id, answers, findings, frozenset((Truth.TRUE,)))
            if any(named.rule == rule.id for named in expect.not_rules):
                yield AnswerSheet(known.case.id, answers, findings, ANYTHING_ELSE)

    def touched(self, mutant: Mutant, first: str) -> tuple[Known, ...]:
        """Return the cases a rule says something in, or still could.

        Where a cell of the catalogue is gone, what is avoided reaches further: every case, then.
        The case `first` comes first, then those it speaks in, before them those that name it.
        """
        rule = self.knowledge.rules[mutant.rule]
        everywhere = rule.cell and mutant.change is MutatedPart.RULE
        silent = {known.case.id: not _speaks(rule, known) for known in self.known}
        found = (known for known in self.known if everywhere or not silent[known.case.id])
        return tuple(
            sorted(
                found,
                key=lambda one: (
                    one.case.id != first,
                    silent[one.case.id],
                    not _names(one.case, rule),
                ),
            )
        )

    def killer(self, mutant: Mutant, first: str = "") -> str:
        """Return the id of a case whose expectations a mutant breaks; empty when none does."""
        rule = self.knowledge.rules[mutant.rule]
        changed: KnowledgeBase | None = None
        for known in self.touched(mutant, first):
            if notices(self.knowledge, known.case, rule, mutant):
                changed = changed or planted(self.knowledge, mutant)
                if self._breaks(known, changed, mutant):
                    return known.case.id
        return ""

    def _breaks(self, known: Known, changed: KnowledgeBase, mutant: Mutant) -> bool:
        made = known.concluded
        rule = self.knowledge.rules[mutant.rule]
        finds = any(isinstance(said, Find) for said in rule.then)
        if finds or mutant.change is MutatedPart.UNKNOWN:
            outcome = evaluate(changed, made.answers)
        else:
            heads = {head: made.outcome.heads[head] for head in changed.heads}
            outcome = replace(made.outcome, heads=heads)
        effects = Effects(changed, outcome)
        live = {one.question: one.could_change for one in made.assessment.open}
        assessment = combine(effects, made.answers, made.case, live=live)
        concluded = replace(made, outcome=outcome, assessment=assessment)
        return _failed(changed, concluded, known.case) != known.failed


def _failed(knowledge: KnowledgeBase, concluded: ConcludedCase, case: KnownCase) -> frozenset[str]:
    return frozenset(message for _, message in failures(knowledge, concluded, case.expect))


def _speaks(rule: Rule, known: Known) -> bool:
    """Tell whether a rule says something in a case, or still could."""
    heads = (Head(rule.id, reading) for reading in rule.readings)
    return any(known.concluded.outcome.heads[head] is not Truth.FALSE for head in heads)


def _names(case: KnownCase, rule: Rule) -> bool:
    return any(named.rule == rule.id for named in case.expect.rules)


def notices(knowledge: KnowledgeBase, case: KnownCase, rule: Rule, mutant: Mutant) -> bool:
    """Tell whether a case might notice a mutant; false only where it certainly cannot."""
    changed = set(rule.then) ^ set(() if mutant.mutated is None else mutant.mutated.then)
    if mutant.mutated is None or not changed:
        return True
    by = [noticed_by(conclusion, knowledge.exercises_in) for conclusion in changed]
    claims = (*case.expect.must, *case.expect.must_not)
    return any(
        noticing is None
        or any(c.verb in noticing.verbs or c.target in noticing.targets for c in claims)
        for noticing in by
    )


def telling_case(rule: Rule, mutant: Mutant) -> str:
    """Return what a case expects that the rule meets and the mutant does not, as it is written.

    Empty where no claim speaks about it. The case has to fire the rule, and no other rule may
    conclude the same.
    """
    now, then = () if mutant.mutated is None else mutant.mutated.then, rule.then
    lost = [claim_of(one) for one in then if one not in now]
    new = [claim_of(one) for one in now if one not in then]
    must = [met.words for met in lost if met is not None]
    must_not = [met.words for met in new if met is not None and met.firm]
    lists = {"must": must, "must_not": must_not}
    return ", ".join(f"`{key}: [{', '.join(said)}]`" for key, said in lists.items() if said)
