"""For any client: every conclusion has a why, everything else a why-not, and no word reassures."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import intakes

from screening.assess import Assessor
from screening.explain import Ground, Standing, find_target, how, why, why_not
from screening.model.case import Case
from screening.model.knowledge import KnowledgeBase
from screening.render.explained import Ask, explained
from screening.render.markdown import markdown
from screening.render.output import assessment_output
from screening.render.table import text

BANNED = re.compile(r"\bsafe\b|ruled out|nothing serious|all clear|diagnos", re.IGNORECASE)
DISCLAIMERS = re.compile(r"not[- ]a[- ]diagnosis|no-diagnosis|does not diagnose", re.IGNORECASE)


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


def _reassuring(ground: Ground, page: str) -> list[str]:
    """Return banned words outside disclaimers and titles of publications."""
    flat = " ".join(page.split())
    for source in ground.knowledge.sources.values():
        flat = flat.replace(source.citation, "")
    return BANNED.findall(DISCLAIMERS.sub("", flat))


@settings(max_examples=25)
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
        found = why(ground, find_target(shipped, word))
        assert found.standing is not Standing.REFUTED, word
        assert found.reasons or found.blocked_by or found.open, word
        if _rule_of(ground, word) and found.standing is Standing.CONCLUDED:
            assert _rule_of(ground, word) & {r.rule for r in found.reasons}, word
    for withheld in ground.assessment.withheld:
        found = why(ground, find_target(shipped, withheld.target))
        assert found.standing in (Standing.WITHHELD, Standing.OVERRIDDEN), withheld
    for word in (*shipped.categories, *shipped.exercises):
        if word not in concluded:
            refused = why_not(ground, find_target(shipped, word))
            kept = refused.standing is Standing.CONCLUDED and refused.says.startswith("keep")
            unsaid = refused.says.endswith("no rule says so yet")
            assert kept or unsaid or refused.blocked_by or refused.open, word


@settings(max_examples=25)
@given(st.data())
def test_no_output_reassures_or_diagnoses(
    assessor: Assessor, shipped: KnowledgeBase, data: st.DataObject
) -> None:
    case = data.draw(intakes(shipped))
    ground = Ground(assessor, assessor.conclude(case))
    for form in ("table", "markdown", "json"):
        shown = assessment_output(ground.assessment, shipped, form, "x.yaml")
        assert _reassuring(ground, shown) == []
    word = data.draw(
        st.sampled_from((*shipped.categories, *shipped.exercises, "referral", "none"))
    )
    for ask in (Ask.HOW, Ask.WHY, Ask.WHY_NOT):
        page, _ = explained(ground, ask, (word,) if ask is not Ask.HOW else (), "x.yaml")
        for laid in (text(page), markdown(page)):
            assert _reassuring(ground, laid) == []


KINDS = [
    "rules", "questions", "findings", "categories", "exercises", "clearances", "trainer_questions",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_of_the_knowledge_reassures_or_diagnoses(
    assessor: Assessor, shipped: KnowledgeBase, kind: str
) -> None:
    from screening.render.knowledge_page import show_page  # noqa: PLC0415 - only here

    ground = Ground(assessor, assessor.conclude(Case({})))
    for name in getattr(shipped, kind):
        assert _reassuring(ground, text(show_page(shipped, name))) == [], name
