"""For any client: every conclusion has a why, and everything else a why-not."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import intakes

from screening.assess import Assessor
from screening.explain import Ground, Standing, find_subject, how, why, why_not
from screening.model.knowledge import KnowledgeBase


def _concluded(ground: Ground) -> Iterator[str]:
    found = ground.assessment
    if found.referral.rules:
        yield "referral"
        yield found.referral.level.word
    if found.clearance is not None:
        yield "clearance"
        yield found.clearance.id
    yield from (one.id for listed in (found.findings, found.stage, found.limits) for one in listed)
    yield from (offered.category for offered in found.recommend)
    yield from (avoided.target for avoided in found.avoid)
    yield from (plan.exercise for plan in found.programme)
    yield from (advised.id for advised in found.advice)
    yield from (one.question for one in found.confirm)


def _rule_of(ground: Ground, word: str) -> set[str]:
    """Return the rules the assessment names for a target."""
    found = ground.assessment
    rules: set[str] = set()
    cleared = (found.clearance,) if found.clearance is not None else ()
    for one in (
        *found.findings,
        *found.stage,
        *found.limits,
        *found.advice,
        *found.avoid,
        *cleared,
    ):
        if word in (getattr(one, "id", ""), getattr(one, "target", "")):
            rules.update(one.rules)
    return rules


@settings(max_examples=2)
@given(st.data())
def test_every_conclusion_has_a_why_and_the_rest_a_why_not(
    assessor: Assessor, shipped: KnowledgeBase, data: st.DataObject
) -> None:
    case = data.draw(intakes(shipped))
    ground = Ground(assessor, assessor.conclude(case))
    concluded = set(_concluded(ground))
    for one in how(ground):
        assert one.reasons or one.open or one.blocked_by, one.target
    for word in sorted(concluded):
        found = why(ground, find_subject(shipped, word))
        assert found.standing is not Standing.REFUTED, word
        assert found.reasons or found.blocked_by or found.open, word
        if _rule_of(ground, word) and found.standing is Standing.CONCLUDED:
            assert _rule_of(ground, word) & {r.rule for r in found.reasons}, word
    for withheld in ground.assessment.withheld:
        found = why(ground, find_subject(shipped, withheld.target))
        assert found.standing in (Standing.WITHHELD, Standing.OVERRIDDEN), withheld
    for word in (*shipped.categories, *shipped.exercises):
        if word not in concluded:
            refused = why_not(ground, find_subject(shipped, word))
            kept = refused.standing is Standing.CONCLUDED and refused.says.startswith("keep")
            unsaid = refused.says.endswith("no rule says so yet")
            assert kept or unsaid or refused.blocked_by or refused.open, word
