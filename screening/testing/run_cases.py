"""Runs the case library on Experta, re-derived by the reference.

A case may leave harmless answers out; a change of the knowledge may change what its clients get.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from screening.assess.assess import Assessor, ConcludedCase
from screening.assess.difference import Change, difference
from screening.diagnostics import Code, Diagnostic, Span
from screening.engines.applicable import applies, with_harmless_rest, with_inapplicable
from screening.follow import earlier_from, in_force
from screening.model.case import Case, Earlier
from screening.model.case_library import Expected, KnownCase
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Question, Value
from screening.model.rule import Head
from screening.model.vocabularies import Level, Truth
from screening.testing.claims import ClaimStandings
from screening.testing.memo import Addresses, Memory, NoMemory
from screening.testing.run_examples import PASSED, SAID, Tested


def harmless_rest(
    knowledge: KnowledgeBase, case: Case, least: Level | None
) -> Mapping[str, Value]:
    """Return the harmless answers to what is left of the questions that raise `least` or more.

    Empty without a level. In a follow-up, what is carried or worked out is not left.
    """
    if least is None:
        return {}
    if case.earlier is None:
        filled = with_harmless_rest(knowledge, case.answers, least=least)
        return {name: value for name, value in filled.items() if name not in case.answers}
    found: dict[str, Value] = {}
    while left := _left(knowledge, case, found, least):
        found.update((question.id, question.harmless) for question in left)
    return found


def _left(
    knowledge: KnowledgeBase, case: Case, found: Mapping[str, Value], least: Level
) -> Iterable[Question]:
    """Return the questions to answer next.

    The gap comes first, because it decides what is carried; then all that certainly apply; then,
    one by one, those that hang on an unknown answer.
    """
    answers = {**case.answers, **found}
    read = with_inapplicable(knowledge, in_force(knowledge, Case(answers, earlier=case.earlier)))
    left = {
        question.id: question
        for question in knowledge.questions.values()
        if question.id not in read and question.derived is None and question.safety >= least
    }
    if knowledge.gap in left:
        return (left[knowledge.gap],)
    certain = [q for q in left.values() if applies(knowledge, q, read) is Truth.TRUE]
    return certain or [*left.values()][:1]


@dataclass(frozen=True)
class Tried:
    """A known case, what was concluded, and where that is not what was expected."""

    case: KnownCase
    harmless: Mapping[str, Value]
    concluded: ConcludedCase
    failed: tuple[Diagnostic, ...]


def run_cases(
    knowledge: KnowledgeBase, only: Collection[str] = (), memory: Memory | None = None
) -> Tested:
    """Run every case of the library (or those of some ids) on both engines.

    A case that passed before with the knowledge as it is now is counted and not run again.

    Raises:
        DisagreementError: when the engines differ.

    """
    assessor = Assessor(knowledge)
    kept, addresses = memory or NoMemory(), Addresses(knowledge)
    run = 0
    failed: list[Diagnostic] = []
    concluded: dict[str, ConcludedCase] = {}
    for case in knowledge.cases.values():
        if not only or case.id in only:
            run += 1
            place = f"case-{addresses.case(case)}"
            if kept.take(place) != PASSED:
                tried = try_case(assessor, case)
                failed += tried.failed
                concluded[case.id] = tried.concluded
                if not tried.failed:
                    kept.put(place, PASSED)
    return Tested(run, tuple(failed), concluded)


def try_case(assessor: Assessor, case: KnownCase) -> Tried:
    """Return a known case concluded by both engines.

    Raises:
        DisagreementError: when the two differ.

    """
    client, harmless = as_case(assessor, case)
    concluded = assessor.conclude(client)
    failed = tuple(
        Diagnostic(Code.failed_case, f"`{case.id}` {message}", at if at.path else case.at)
        for at, message in failures(assessor.knowledge, concluded, case.expect)
    )
    return Tried(case, harmless, concluded, failed)


def as_case(
    assessor: Assessor, case: KnownCase, conclude: Callable[[Case], ConcludedCase] | None = None
) -> tuple[Case, Mapping[str, Value]]:
    """Return a known case as one to conclude, and which of its answers it takes as harmless.

    `conclude` concludes the case it follows, if there is one; by both engines unless said.
    """
    earlier: Earlier | None = None
    if case.follows:
        before, _ = as_case(assessor, assessor.knowledge.cases[case.follows], conclude)
        made = (conclude or assessor.conclude)(before)
        earlier = earlier_from(assessor.knowledge, made.case, made.assessment)
    client = Case({**case.answers, **case.assumed}, case.programme, earlier=earlier)
    harmless = harmless_rest(assessor.knowledge, client, case.harmless_from)
    return replace(client, answers={**client.answers, **harmless}), harmless


def failures(
    knowledge: KnowledgeBase, concluded: ConcludedCase, expect: Expected
) -> Iterator[tuple[Span, str]]:
    """Yield each expectation that is not met: where it stands, and what was found instead."""
    yield from _wrong_level(concluded, expect)
    yield from _wrong_claims(ClaimStandings(knowledge, concluded), expect)
    heads = concluded.outcome.heads
    for named in expect.rules:
        truth = heads.get(Head(named.rule), Truth.FALSE)
        if truth is not Truth.TRUE:
            yield named.at, f"should fire `{named.rule}`; found: {SAID[truth]}"
    for named in expect.not_rules:
        if heads.get(Head(named.rule)) is Truth.TRUE:
            yield named.at, f"should not fire `{named.rule}`; found: {SAID[Truth.TRUE]}"


def _wrong_level(concluded: ConcludedCase, expect: Expected) -> Iterator[tuple[Span, str]]:
    made = concluded.assessment.referral
    if not expect.at_least <= made.level <= expect.at_most:
        by = f" ({', '.join(made.decisive)})" if made.level > Level.NONE else ""
        yield expect.referral_at, f"should refer {expect.level}; found: {made.level.word}{by}"


def _wrong_claims(standings: ClaimStandings, expect: Expected) -> Iterator[tuple[Span, str]]:
    patterns = [(claim, standings.of(claim)) for claim in expect.pattern]
    if patterns and not any(standing.holds for _, standing in patterns):
        found = "; ".join(f"{claim.target} {standing.words}" for claim, standing in patterns)
        one = " or ".join(claim.words.removeprefix("find ") for claim, _ in patterns)
        yield patterns[0][0].at, f"should find {one}; found: {found}"
    for claim in expect.must:
        standing = standings.of(claim)
        if not standing.holds:
            yield claim.at, f"should {claim.words}; found: {standing.words}"
    for claim in expect.must_not:
        standing = standings.of(claim)
        if standing.holds or standing.waiting:
            yield claim.at, f"should not {claim.words}; found: {standing.words}"


class ChangedCase(NamedTuple):
    """A case that is concluded otherwise, and how."""

    case: str
    changes: tuple[Change, ...]


def changed_cases(before: KnowledgeBase, after: KnowledgeBase) -> tuple[ChangedCase, ...]:
    """Return the cases of the library that other knowledge concludes otherwise, in their order.

    A case that reads otherwise afterwards, such as without an answer that is gone, is taken so.
    """
    old, new = Assessor(before), Assessor(after)
    found = []
    for case in before.cases.values():
        client, _ = as_case(old, case)
        there = after.cases.get(case.id, case)
        again = client if there == case else as_case(new, there)[0]
        was, now = old.preview(client).assessment, new.preview(again).assessment
        found.append(ChangedCase(case.id, difference(was, now, before, after)))
    return tuple(one for one in found if one.changes)
