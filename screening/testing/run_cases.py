"""Runs the case library on Experta, re-derived by the reference."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from screening.assess.assess import Assessor, Concluded
from screening.diagnostics import Code, Diagnostic, Span
from screening.follow import earlier_from
from screening.model.case import Case, Earlier
from screening.model.case_library import Expected, KnownCase
from screening.model.knowledge import KnowledgeBase
from screening.model.question import Value
from screening.model.rule import Head
from screening.model.vocabularies import Level, Truth
from screening.testing.claims import Standings
from screening.testing.default_answers import harmless_rest
from screening.testing.memo import Addresses, Memory, NoMemory
from screening.testing.run_examples import PASSED, SAID, Tested


@dataclass(frozen=True)
class Tried:
    """A known case, what was concluded, and where that is not what was expected."""

    case: KnownCase
    harmless: Mapping[str, Value]
    concluded: Concluded
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
    concluded: dict[str, Concluded] = {}
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
    client, harmless = client_of(assessor, case)
    concluded = assessor.conclude(client)
    failed = tuple(
        Diagnostic(Code.failed_case, f"`{case.id}` {message}", at if at.path else case.at)
        for at, message in failures(assessor.knowledge, concluded, case.expect)
    )
    return Tried(case, harmless, concluded, failed)


def client_of(
    assessor: Assessor, case: KnownCase, conclude: Callable[[Case], Concluded] | None = None
) -> tuple[Case, Mapping[str, Value]]:
    """Return a known case as one to conclude, and which of its answers it takes as harmless.

    `conclude` concludes the case it follows, if there is one; by both engines unless said.
    """
    earlier: Earlier | None = None
    if case.follows:
        before, _ = client_of(assessor, assessor.knowledge.cases[case.follows], conclude)
        made = (conclude or assessor.conclude)(before)
        earlier = earlier_from(assessor.knowledge, made.case, made.assessment)
    client = Case({**case.answers, **case.assumed}, case.programme, earlier=earlier)
    harmless = harmless_rest(assessor.knowledge, client, case.harmless_from)
    return replace(client, answers={**client.answers, **harmless}), harmless


def failures(
    knowledge: KnowledgeBase, concluded: Concluded, expect: Expected
) -> Iterator[tuple[Span, str]]:
    """Yield each expectation that is not met: where it stands, and what was found instead."""
    yield from _wrong_level(concluded, expect)
    yield from _wrong_claims(Standings(knowledge, concluded), expect)
    heads = concluded.outcome.heads
    for named in expect.rules:
        truth = heads.get(Head(named.rule), Truth.FALSE)
        if truth is not Truth.TRUE:
            yield named.at, f"should fire `{named.rule}`; found: {SAID[truth]}"
    for named in expect.not_rules:
        if heads.get(Head(named.rule)) is Truth.TRUE:
            yield named.at, f"should not fire `{named.rule}`; found: {SAID[Truth.TRUE]}"


def _wrong_level(concluded: Concluded, expect: Expected) -> Iterator[tuple[Span, str]]:
    made = concluded.assessment.referral
    if not expect.at_least <= made.level <= expect.at_most:
        by = f" ({', '.join(made.decisive)})" if made.level > Level.NONE else ""
        yield expect.referral_at, f"should refer {expect.level}; found: {made.level.word}{by}"


def _wrong_claims(standings: Standings, expect: Expected) -> Iterator[tuple[Span, str]]:
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
