"""Every result says who stands behind it: what nobody reviewed, what sources disagree on."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from complete_clients import complete_clients
from test_shown import asked, half_asked

from screening.assess import Assessor
from screening.explain import Ground
from screening.model.expr import Compare, leaves
from screening.model.knowledge import KnowledgeBase
from screening.model.rule import Review
from screening.model.vocabularies import Grade, Read, Status
from screening.render.explained import Ask, explained
from screening.render.explanation_page import GRADES, READ
from screening.render.formats import assessment_output, output
from screening.render.knowledge_page import show_page
from screening.render.page import FORMATS
from screening.render.table import text

SEEDS = range(3000, 3012)
WIDE = 100_000
LINE = re.compile(r"Unreviewed: (no|\d+)\b.* behind this\. (.*?) Knowledge: ")


@pytest.fixture(scope="module")
def grounds(assessor: Assessor) -> list[Ground]:
    cases = enumerate(complete_clients(assessor.knowledge, SEEDS))
    return [Ground(assessor, assessor.conclude(half_asked(case, n))) for n, case in cases]


def standing(shown: str, form: str) -> tuple[int, str]:
    """Return how many unreviewed rules an output says are behind it, and what nobody reviewed."""
    if form == "json":
        review = json.loads(shown)["review"]
        return review["unreviewed_rules"], review["says"]
    (found,) = LINE.findall(shown)
    return 0 if found[0] == "no" else int(found[0]), found[1]


def answers_to(ground: Ground, n: int) -> Iterator[dict[str, str]]:
    """Yield each explanation of a client in every format."""
    for ask, words in asked(ground, random.Random(n)):  # noqa: S311 - not secret
        page, form = explained(ground, ask, words, "x")
        yield {name: output(page, form, name, width=WIDE) for name in FORMATS}


def test_every_result_counts_the_rules_nobody_reviewed(
    grounds: list[Ground], shipped: KnowledgeBase
) -> None:
    for ground in grounds:
        said = {
            standing(assessment_output(ground.assessment, shipped, form, "x", width=WIDE), form)
            for form in FORMATS
        }
        assert said == {(ground.assessment.draft_rules, shipped.pack.review)}
        assert ground.assessment.draft_rules >= len(ground.assessment.referral.decisive)


def test_every_explanation_counts_them_alike_in_every_format(
    grounds: list[Ground], shipped: KnowledgeBase
) -> None:
    counts = set()
    for n, ground in enumerate(grounds[:6]):
        for shown in answers_to(ground, n):
            (said,) = {standing(page, form) for form, page in shown.items()}
            assert said[1] == shipped.pack.review
            counts.add(said[0])
    assert len(counts) > 5


def test_the_count_falls_when_a_clinician_has_reviewed(
    grounds: list[Ground], shipped: KnowledgeBase
) -> None:
    """The number is counted, not written down: with every rule reviewed it is none."""
    review = Review(by="somebody in a test")
    rules = {
        name: replace(rule, status=Status.REVIEWED, review=review)
        for name, rule in shipped.rules.items()
    }
    reviewed = Assessor(replace(shipped, rules=rules))
    ground = Ground(reviewed, reviewed.conclude(grounds[0].concluded.case))
    for form in FORMATS:
        shown = assessment_output(ground.assessment, reviewed.knowledge, form, "x", width=WIDE)
        assert standing(shown, form)[0] == 0
        page, made = explained(ground, Ask.HOW, (), "x")
        assert standing(output(page, made, form, width=WIDE), form)[0] == 0


def test_explanations_give_each_reason_its_grade_and_what_was_read(
    grounds: list[Ground], shipped: KnowledgeBase
) -> None:
    seen = disagree = 0
    for n, ground in enumerate(grounds[:6]):
        for shown in answers_to(ground, n):
            made = json.loads(shown["json"])
            for reason in made["reasons"]:
                rule = shipped.rules[reason["rule"]]
                assert reason["sources"], rule.id
                for source in reason["sources"]:
                    assert Grade(source["grade"])
                    assert Read(source["read"])
                assert reason["conflict"] == (rule.conflict or None)
                if made["target"] is not None:  # a why: its page prints every reason
                    strongest = reason["sources"][0]
                    grade = GRADES[Grade(strongest["grade"])]
                    assert f"{strongest['source']}" in shown["table"]
                    assert grade in shown["table"]
                    seen += 1
                    if rule.conflict:
                        assert "Sources disagree" in shown["table"]
                        assert "Sources disagree" in shown["markdown"]
                        disagree += 1
    assert seen > 30
    assert disagree > 5


def test_the_page_of_a_rule_says_status_grade_reading_and_disagreement(
    shipped: KnowledgeBase,
) -> None:
    for rule in shipped.rules.values():
        page = text(show_page(shipped, rule.id), WIDE)
        assert "reviewed by no clinician" in page, rule.id
        assert rule.evidence, rule.id
        for evidence in rule.evidence:
            source = shipped.sources[evidence.source]
            assert GRADES[evidence.grade] in page, rule.id
            assert source.kind == "design" or READ[source.read] in page, rule.id
        assert ("Sources disagree" in page) is bool(rule.conflict), rule.id


def test_the_page_of_a_source_says_what_was_read(shipped: KnowledgeBase) -> None:
    for source in shipped.sources.values():
        assert READ[source.read] in text(show_page(shipped, source.key), WIDE)


def test_every_word_for_grades_and_reading_differs() -> None:
    assert set(GRADES) == set(Grade)
    assert set(READ) == set(Read)
    assert len(set(GRADES.values())) == len(Grade)
    assert len(set(READ.values())) == len(Read)


# what it is for


@pytest.mark.parametrize("name", ["pack", "lower-back"])
def test_what_it_is_for_and_not_can_be_looked_up(shipped: KnowledgeBase, name: str) -> None:
    page = text(show_page(shipped, name), WIDE)
    for said in (shipped.pack.intended_use, *shipped.pack.not_for, shipped.pack.review):
        assert " ".join(said.split()) in page


def test_the_youngest_age_is_one_number_everywhere(shipped: KnowledgeBase, root: Path) -> None:
    (limit,) = leaves(shipped.rules["under-16"].when)
    assert isinstance(limit, Compare)
    youngest = limit.number
    lead_in = next(t.lead_in for t in shipped.topics if t.id == "emergency")
    readme = " ".join((root / "README.md").read_text(encoding="utf-8").split())
    assert f"of {youngest} and over" in lead_in
    assert f"Anyone under {youngest}." in shipped.pack.not_for
    assert f"client of {youngest} or over" in shipped.pack.intended_use
    assert f"under {youngest}" in readme
    assert f"clients are {youngest} or over" in readme
